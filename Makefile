# One command each. All of them set up what they need first, and skip the set-up when nothing changed.
#
#   make demo       install, read the example reports, show claims and disputes, write demo/report.html
#   make test       install, run the tests
#   make check      ruff, mypy --strict, import contracts, tests
#   make evaluate   scores against their floors (needs the corpus beside the project), speed
#   make format     let ruff tidy the code

# The first interpreter that really runs and is 3.11 or later; override with `make PYTHON=/path/to/python`.
PYTHON ?= $(shell for p in python3 python3.11 python3.12 python3.13 python; do \
	"$$p" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1 && { echo "$$p"; break; }; done)
VENV   ?= .venv
BIN    := $(VENV)/bin
CORPUS ?= ../shared/corpus
# Only wheels: a bare machine has no compiler. The project itself is pure Python.
PIP    := $(BIN)/python -m pip --disable-pip-version-check install --quiet --prefer-binary

.DEFAULT_GOAL := help
.PHONY: help demo test lint check evaluate scores speed format install develop clean

help:
	@sed -n 's/^#   //p' Makefile

$(BIN)/python:
	@test -n "$(PYTHON)" || { echo "contested needs Python 3.11 or later on the PATH; found none. Name one: make PYTHON=/path/to/python3.11" >&2; exit 1; }
	@echo "making $(VENV) with $(PYTHON)"
	@# Debian's python3 comes without ensurepip: then the pip outside fills the environment.
	@$(PYTHON) -m venv $(VENV) >/dev/null 2>&1 \
	|| { rm -rf $(VENV); $(PYTHON) -m venv --without-pip $(VENV) && $(PYTHON) -m pip --python $@ install --quiet pip; } \
	|| { rm -rf $(VENV); echo "$(PYTHON) can make no virtual environment with pip; on Debian: apt-get install python3-venv" >&2; exit 1; }

# The stamps are rewritten only when pyproject.toml is newer, so a second `make` installs nothing.
$(VENV)/.installed: pyproject.toml | $(BIN)/python
	@echo "installing contested and what it needs"
	@$(PIP) --editable .
	@touch $@

$(VENV)/.developed: pyproject.toml | $(BIN)/python
	@echo "installing contested with what its tests need"
	@$(PIP) --editable '.[dev]'
	@touch $@ $(VENV)/.installed

install: $(VENV)/.installed
develop: $(VENV)/.developed

demo: install
	@$(BIN)/contested read --format table examples/reports
	@mkdir -p demo
	@$(BIN)/contested report examples/reports -o demo/report.html --title "One week in Aleppo, as four sides told it" >/dev/null
	@echo
	@echo "The same as a page, with map and timeline: $(CURDIR)/demo/report.html"
	@echo "Open it in a browser; it needs no network."

test: develop
	$(BIN)/python -m pytest

lint: develop
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo

check: lint test

evaluate: scores speed

scores: develop
	$(BIN)/python -m evaluation.scores --corpus $(CORPUS)

speed: develop
	$(BIN)/python -m evaluation.speed

format: develop
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

clean:
	rm -rf build dist .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
