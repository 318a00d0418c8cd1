"""Comparison with what experts saw: scores, their intervals, causes of misses, and results kept over time."""
