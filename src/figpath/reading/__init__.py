"""From pixels to text: words and lines with boxes and confidence, exactly as recognised."""
