"""A bearing press whose depth drifts, and the run-to-run controller that corrects it."""
