"""A fair trial: plan a comparison of two lathes; see how often it finds a difference or gives a false alarm."""
