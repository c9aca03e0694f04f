"""Checks a copy of a school's log against a signed checkpoint, without keys, plugins or the product itself."""
