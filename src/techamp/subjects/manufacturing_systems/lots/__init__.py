"""Lot sizes: what setups and stock cost, and what batches do to lead time."""
