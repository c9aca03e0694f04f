"""What happened to a pupil, in a group or in a case, in order: on the screen, and as a file."""
