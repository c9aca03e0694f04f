"""The page somebody starts the day with."""
