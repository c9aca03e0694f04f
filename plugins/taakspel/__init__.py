"""Taakspel: a game in which teams keep their cards by working together."""
