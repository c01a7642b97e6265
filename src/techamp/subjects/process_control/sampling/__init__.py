"""Acceptance sampling: which lots a plan lets through, what it costs, and how to find a plan."""
