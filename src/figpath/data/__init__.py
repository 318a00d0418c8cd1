"""Data that figpath carries: the compiled lexicon, drawn names, example figures."""
