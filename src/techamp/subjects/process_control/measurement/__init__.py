"""Measurement systems: how much of what we see is the gauge, who reads it, and whether it reads true."""
