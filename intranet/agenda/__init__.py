"""What waits for somebody, with its day, as a feed for the calendar of their phone: no name and no word in it."""
