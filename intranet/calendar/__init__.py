"""The school calendar: holidays, study days and the days on which a school is open."""
