"""What the review knows of each feature of the core: sentences for its events, and who may know how much."""
