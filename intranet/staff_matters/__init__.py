"""Suspicions about a member of staff: straight to the board, seen by nobody who is named (WPO art. 4a)."""
