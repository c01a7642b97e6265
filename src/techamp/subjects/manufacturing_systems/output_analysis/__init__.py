"""What a simulation's numbers are worth: warm-up, intervals, stopping, comparing, ranking, sensitivities, checks.

Everything here works on any process that gives measures for a seed (``Replication``), and loads no SciPy.
"""
