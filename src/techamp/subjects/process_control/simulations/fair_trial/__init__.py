"""A fair trial: plan a comparison of two lathes, and see how often the plan finds a difference and cries wolf."""
