"""Lists that leave the screen: as Excel, as CSV or on paper, with or without names, and always recorded."""
