"""Incidents: recorded in a minute, seen by who may see them, corrected without losing what was said first."""
