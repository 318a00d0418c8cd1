"""From a drawn mechanism to an answer: the signed graph, what follows from it, and how sure that is."""
