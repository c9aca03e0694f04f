"""Tables that people bring in a file, from a spreadsheet or as CSV: read as text, nothing run, sizes held."""
