"""Simulations of manufacturing systems."""
