"""Kanjertraining: the lessons of a school's own programme, who may give them, and what was given."""
