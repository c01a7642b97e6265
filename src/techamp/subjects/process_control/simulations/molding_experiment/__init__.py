"""An injection molding press, a new mold, and a budget for trials."""
