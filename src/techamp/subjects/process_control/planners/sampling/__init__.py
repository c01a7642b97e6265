"""A sampling plan for lots: the card to inspect by, and what the plan lets through."""
