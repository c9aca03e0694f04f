"""The core of the intranet: people, schools, pages and what they need."""
