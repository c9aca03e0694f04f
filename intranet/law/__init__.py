"""Rule sets of a law with a date: what it calls an incident, what must be reported, and the yearly evaluation."""
