"""Patterns: what happens where and when, measures that follow from it, and rules that warn in time."""
