"""New runs against what the model said they would give."""
