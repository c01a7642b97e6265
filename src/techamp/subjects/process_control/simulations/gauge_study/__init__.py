"""Gauge study: spend sixty readings well, and find out what the gauge really does."""
