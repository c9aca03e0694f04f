"""The pages of the core, as package data: a package, so that they are found wherever the wheel is installed."""
