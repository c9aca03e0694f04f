"""Emergency access: reading for four hours what is recorded about a pupil, with a reason and a review afterwards."""
