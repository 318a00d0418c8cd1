"""From text to entities: which genes, families, chemicals and diseases the drawn names stand for."""
