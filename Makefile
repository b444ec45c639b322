# Kho Báo. `make demo` and `make test` need Python 3.11 or later, git and make; nothing else.
# Everything is installed into .venv from the pinned and hashed requirements files.
PYTHON ?= python3
BIN := .venv/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet

.PHONY: help demo test test-slow scorecard read-gate pywb lint types check docs lock clean
.DEFAULT_GOAL := help

help:  ## list what can be made
	@grep -hE '^[a-z-]+:.*## ' Makefile | sed -E 's/:.*## /\t/' | expand -t 14

.venv/made:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Python 3.11 or later is needed: name one with make PYTHON=/path/to/python3"; exit 2; }
	$(PYTHON) -m venv .venv
	@touch $@

.venv/runs: .venv/made requirements.txt pyproject.toml
	@echo "installing into .venv (a minute or two the first time)"
	$(PIP) install --require-hashes -r requirements.txt
	$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

.venv/tests: .venv/runs requirements-dev.txt
	$(PIP) install --require-hashes -r requirements-dev.txt
	@touch $@

demo: .venv/runs  ## crawl a fictional paper on loopback, search it, export it, verify it
	@$(BIN)/python -m tests.demo

.venv-pywb/made: requirements-pywb.txt
	$(PYTHON) -m venv .venv-pywb
	.venv-pywb/bin/python -m pip --disable-pip-version-check --quiet install --require-hashes \
	  -r requirements-pywb.txt
	@touch $@

.venv-gate/made: requirements-gate.txt
	$(PYTHON) -m venv .venv-gate
	.venv-gate/bin/python -m pip --disable-pip-version-check --quiet install --require-hashes \
	  -r requirements-gate.txt
	@touch $@

read-gate: .venv/tests .venv-gate/made  ## reading beside other readers, on ../shared/pages (QUICK=1: a sample)
	@$(BIN)/python -m tests.gate.read $(if $(QUICK),--quick)

pywb: .venv-pywb/made  ## a replay system of others, for the tests that use it where it is

# The replay tests run where `make pywb` was made, and say so where not.
export KHOBAO_PYWB := $(wildcard $(CURDIR)/.venv-pywb/bin)
# The suite starts hundreds of processes: where the environment forbids Python to keep what it
# compiled, each of them compiles the house anew (`khobao` 1.3 s of CPU instead of 1.0, a reading
# worker 1.1 instead of 0.8; the installed packages too, 3.1 s, where uv installed them).
export PYTHONDONTWRITEBYTECODE :=
PYTEST := $(BIN)/python -m pytest -q -n auto --dist worksteal

test: .venv/tests  ## the quick suite (under 10 minutes on 2 cores)
	@$(PYTEST) $(if $(CI),--scorecard -)

test-slow: .venv/tests  ## what takes longer
	@$(PYTEST) -m slow

scorecard: .venv/tests  ## the table of archive/README.md (ROW=6: one row; QUICK=1: small counts)
	@$(BIN)/python -m tests.scorecard $(if $(QUICK),--quick) $(ROW:%=--row %) $(if $(WRITE),--write)

lint: .venv/tests  ## ruff: rules and format
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: .venv/tests  ## mypy --strict
	$(BIN)/mypy

check: lint types test  ## all three

docs: .venv/tests  ## write the generated parts of the READMEs again
	$(BIN)/python -m tests.docs

lock:  ## pin requirements*.in again (needs uv)
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
	  --no-emit-find-links --no-header requirements.in -o requirements.txt
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
	  --no-emit-find-links --no-header requirements-dev.in -o requirements-dev.txt
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
	  --no-emit-find-links --no-header requirements-pywb.in -o requirements-pywb.txt
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
	  --no-emit-find-links --no-header -c requirements.txt requirements-gate.in -o requirements-gate.txt

clean:  ## remove what was made, but for archives
	rm -rf .venv .venv-pywb .venv-gate build *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis khobao-demo
