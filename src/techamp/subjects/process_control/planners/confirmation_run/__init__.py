"""The runs that check what an experiment predicts, as a sheet."""
