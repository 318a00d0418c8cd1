"""What is written for others, one format a file."""
