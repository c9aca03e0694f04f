"""Screens: a page of a plugin in front of a class, opened by a short-lived link where nobody is signed in."""
