"""The list of what was promised on incidents and cases: what is open, with whom, and what is late."""
