"""Deming's red beads: a ranking of people who all draw from the same bowl."""
