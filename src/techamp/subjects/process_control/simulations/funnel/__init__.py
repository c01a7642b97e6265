"""Deming's funnel: what adjusting after every drop does."""
