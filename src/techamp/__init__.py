"""TechAMP: runs a certificate program that turns manufacturing workers into technologists."""

__version__ = "0.1.0"
