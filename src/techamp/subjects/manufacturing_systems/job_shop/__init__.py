"""Job shops: jobs with routes over machines, schedules, dispatch rules, critical paths, tabu search, Gantt rows."""
