"""Names and what they can mean, compiled per species into one file."""
