"""Plugin title: what was found or taken in, and who got it back."""
