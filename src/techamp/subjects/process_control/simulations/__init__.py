"""Simulations of process control: one folder each."""
