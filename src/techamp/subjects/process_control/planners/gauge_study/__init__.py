"""Plan of a gauge study."""
