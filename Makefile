# `make` lists the targets; CI calls the same ones.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
HOST ?= 127.0.0.1
PORT ?= 8000
export ARCHIVE_HOME ?= data

.DEFAULT_GOAL := help
.PHONY: help run test lint bench samples texts clean

help: ## list the targets
	@grep -E '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /\1\t/' | expand -t 10

run: $(VENV)/installed ## set up, ingest samples/ when the archive is empty, serve on 127.0.0.1:8000
	@$(BIN)/python ingest.py add --if-empty samples/pages samples/warc
	@$(BIN)/python -m web --host $(HOST) --port $(PORT)

test: $(VENV)/installed-dev ## run the whole suite
	@$(BIN)/python -m pytest -n auto $(ARGS)

lint: $(VENV)/installed-dev ## format check, lint, types, layers, spelling
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports
	@$(BIN)/codespell archive index web tests bench docs ingest.py README.md CHANGELOG.md Makefile

bench: $(VENV)/installed-dev ## measure cleaning, relevance, describing, copies, quotations (read ../shared, say so where it is absent) and speed
	@$(BIN)/python -m bench.cleaning
	@$(BIN)/python -m bench.relevance
	@$(BIN)/python -m bench.exactness
	@$(BIN)/python -m bench.hostile
	@$(BIN)/python -m bench.describing
	@$(BIN)/python -m bench.families
	@$(BIN)/python -m bench.passages 2000
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[bench]'
	@$(BIN)/python -m bench.speed --reports 2000

samples: $(VENV)/installed ## make samples/pages, samples/warc and samples/expected from samples/texts again
	@$(BIN)/python -m samples.make

texts: $(VENV)/installed ## take new texts of the interface into web/translations/, to be translated there
	@mkdir -p build
	@$(BIN)/pybabel -q extract -F web/translations/babel.cfg -k msgid -k counted:1,1 -k counted_markup:1,1 --no-location --sort-output -o build/messages.pot web
	@$(BIN)/pybabel -q update -i build/messages.pot -d web/translations --no-fuzzy-matching --ignore-obsolete --ignore-pot-creation-date --no-wrap
	@grep -c '^msgstr ""$$' web/translations/*/LC_MESSAGES/messages.po | sed 's/:1$$/: complete/' || true

clean: ## remove the environment and caches; the data folder stays
	rm -rf $(VENV) *.egg-info build .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or later is needed, this is " + sys.version.split()[0] + ": make run PYTHON=python3.12")'
	@echo "Making the environment in $(VENV) (once, about a minute)"
	@$(PYTHON) -m venv $(VENV)

$(VENV)/installed: pyproject.toml | $(VENV)/bin/python
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
	@touch $@

$(VENV)/installed-dev: pyproject.toml | $(VENV)/bin/python
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	@touch $@ $(VENV)/installed
