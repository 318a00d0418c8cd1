"""Many figures: each read once, in processes or on Ray, so that nothing is lost or done twice."""
