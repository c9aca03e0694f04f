"""The features: one folder each, nothing shared in here."""
