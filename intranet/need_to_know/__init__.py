"""Who may read what at this school: the table in plain words, and changing a cell of it."""
