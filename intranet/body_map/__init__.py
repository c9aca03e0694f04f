"""Where on the body something was seen: a list of places that can also be pointed at in a drawing."""
