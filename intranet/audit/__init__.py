"""The director's review of the log: what happened, who read, and the proof that nobody changed it."""
