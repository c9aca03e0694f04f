"""The machinery of the log: storing, proving, encrypting and replaying events."""
