"""The language of searches: what a query asks, how its words are spelled in texts, and what a search finds.

Nothing here reads a corpus: `figpath.store` answers these questions.
"""
