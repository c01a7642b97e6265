"""Setups and batches: one lathe, several lengths of shaft, and a changeover between them that can be made shorter."""
