"""A plugin as a third party would make it, so that the contracts always have one to hold to them."""
