"""A mechanism in the forms of other programs, one form a file; `figpath.mechanism.formats.registry` lists them."""
