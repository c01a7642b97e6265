"""What to measure, before a study."""
