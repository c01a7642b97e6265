"""An experiment in words and tables: for a terminal, for a page to print, for another program."""
