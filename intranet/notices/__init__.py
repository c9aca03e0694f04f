"""What concerns somebody and is new: who named them, what was promised to them, what waits for their eyes."""
