"""Accounts: who may come in, how they prove who they are, and the sessions in which they work."""
