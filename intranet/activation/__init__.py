"""Which plugins a school has: switching them on with a preview, off without losing a fact, and their settings."""
