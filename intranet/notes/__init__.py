"""Notes on a record: taken back by who wrote them, put back, and told without their words while they are withdrawn."""
