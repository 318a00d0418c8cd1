"""Where figures come from, one file an origin."""
