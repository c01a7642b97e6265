"""Are they different? Two machines, methods or suppliers compared on real data."""
