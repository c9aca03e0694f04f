"""Boards, their schools, and the class groups of a school."""
