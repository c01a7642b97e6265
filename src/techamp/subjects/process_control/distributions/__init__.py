"""Distributions for readings that are not normal: families, how well they fit, and transforms."""
