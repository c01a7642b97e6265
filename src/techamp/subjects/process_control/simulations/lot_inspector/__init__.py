"""Receiving inspection of bought motors: plans, switching rules, and what they cost."""
