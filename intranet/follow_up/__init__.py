"""What follows on an incident: promises in the order of the safety plan, parents informed, closing it."""
