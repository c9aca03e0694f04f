"""Sharing an incident, a signal or a case with one colleague: until a day, with the reason, taken back at any time."""
