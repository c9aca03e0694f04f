"""Cases: incidents and signals that belong together, with a plan that is evaluated until it is over."""
