"""One station and its queue: how long work waits, and why."""
