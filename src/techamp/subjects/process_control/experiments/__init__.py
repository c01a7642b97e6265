"""Designed experiments: plans, what each can tell apart, effects, models, and the best settings."""
