"""An experiment of one's own: which settings matter, and what to set."""
