# Everything is done in .venv; nothing is installed outside this folder.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
READY  := $(VENV)/.ready
LOCK   := requirements/all.txt

# Each file's tests stay in one process, so that what they share is made once.
PARALLEL ?= --numprocesses=auto --dist=loadfile

.PHONY: help setup demo test test-slow test-all check format bench validate lock schemas clean

help:  ## say what can be made
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

setup: $(READY)  ## make .venv with everything installed, models included

$(READY): $(LOCK) pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed: make PYTHON=python3.12 setup")'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --require-hashes --requirement $(LOCK)
	$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

demo: setup  ## interview a simulated candidate, and report on it
	$(BIN)/interviewer demo

test: setup  ## the tests, in under ten minutes on two cores
	$(BIN)/python -m pytest -m "not slow" $(PARALLEL)

test-slow: setup
	$(BIN)/python -m pytest -m slow $(PARALLEL)

test-all: test test-slow  ## the long tests too

check: setup  ## format, lint, types, layers
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

format: setup  ## mend what can be mended without thinking
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

bench: setup  ## measure speed and memory on a real recording
	$(BIN)/python benchmarks/analyze.py --long 60
	$(BIN)/python benchmarks/history.py
	$(BIN)/python benchmarks/draw.py
	$(BIN)/python benchmarks/live.py --minutes 15
	$(BIN)/python benchmarks/sync.py --minutes 10

validate: setup  ## measure against labelled recordings, where they are present
	$(BIN)/python -m pytest -m data -rA

schemas: setup  ## publish the JSON Schemas of the documents
	$(BIN)/python -m interviewer.workflows.schemas docs/schemas

lock:  ## pin every dependency with its hashes (needs uv)
	uv pip compile pyproject.toml requirements/build.in --universal --python-version 3.11 \
	  --extra offline --extra voice --group dev \
	  --generate-hashes --no-emit-index-url --no-annotate --no-header --output-file $(LOCK)
	uv pip compile pyproject.toml --universal --python-version 3.11 \
	  --generate-hashes --no-emit-index-url --no-annotate --no-header --output-file requirements/base.txt

clean:  ## remove what was made
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis build dist
