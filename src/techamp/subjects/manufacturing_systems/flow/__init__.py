"""Flow through a line: rates, times and WIP, and how good the line is for the WIP that it carries."""
