"""A control chart of real data."""
