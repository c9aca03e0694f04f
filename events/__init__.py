"""The log of a school and the words in which its safety is recorded."""
