"""What people correct in records: each correction a value, a log of them, and the record that they give."""
