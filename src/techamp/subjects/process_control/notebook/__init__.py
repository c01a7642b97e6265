"""Results in a notebook: words, drawing, numbers, the formula. Loaded when a result is looked at, and not before."""
