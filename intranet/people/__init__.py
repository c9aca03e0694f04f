"""The people of a school: pupils, staff and parents, their groups and their duties."""
