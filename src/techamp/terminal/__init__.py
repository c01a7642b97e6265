"""Studies in a terminal: the same analysis as on the workbench page, from a file and a line of options."""
