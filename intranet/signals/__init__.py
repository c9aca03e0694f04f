"""Signals: what somebody notices about children, looked at until it is closed with a reason."""
