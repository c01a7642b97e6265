"""Your own line: a factory as a form, a table, a picture and a text, run at once."""
