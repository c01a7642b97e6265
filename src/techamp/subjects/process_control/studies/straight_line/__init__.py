"""A straight line through real readings: how much one thing follows another."""
