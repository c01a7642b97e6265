"""Center or spread: what each change buys, and what a sample can say about it."""
