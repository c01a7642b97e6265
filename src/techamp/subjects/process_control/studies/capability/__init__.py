"""Capability of real data."""
