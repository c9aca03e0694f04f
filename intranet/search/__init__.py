"""One box that finds people, groups and what plugins know, each only for who may see it."""
