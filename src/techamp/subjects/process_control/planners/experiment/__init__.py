"""A designed experiment as a sheet to run."""
