# Everything that is typed to work with Claimwatch. A fresh machine needs python3 and make, and pip a package
# index; the rest comes into .venv from the locks, where a changed lock or pyproject.toml is installed again.

PYTHON ?= python3
# Arguments for run, test, bench, day and lock: make run ARGS="--config my.toml"
ARGS ?=

VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --quiet --quiet --disable-pip-version-check --no-input
LOCK := $(BIN)/uv --quiet pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
	--no-emit-find-links --no-annotate --custom-compile-command "make lock" --all-extras --group build

# The tests start the bot many times: what it is made of is compiled once, whatever the environment says.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.SUFFIXES:
.DELETE_ON_ERROR:
.NOTPARALLEL:
.PHONY: help demo run test lint bench day lock words clean

help: ## show this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-6s %s\n", $$1, $$2 }' Makefile

demo: $(VENV)/runtime ## play the sample feeds through the whole bot; needs no token and no network
	@$(BIN)/claimwatch demo $(ARGS)

run: $(VENV)/runtime ## start the bot; ARGS="--config FILE" passes arguments on
	@$(BIN)/claimwatch run $(ARGS)

test: $(VENV)/development ## run the tests, two for each core since many wait
	@$(BIN)/python -m pytest --numprocesses $$((2 * $$(getconf _NPROCESSORS_ONLN))) --dist worksteal $(ARGS)

lint: $(VENV)/development ## check style and types
	@$(BIN)/python -m ruff check .
	@$(BIN)/python -m ruff format --check .
	@$(BIN)/python -m mypy --num-workers $$(getconf _NPROCESSORS_ONLN)

bench: $(VENV)/development ## measure how fast stories are matched, feeds are watched and questions are answered
	@$(BIN)/python -m benchmarks.matching $(ARGS)
	@$(BIN)/python -m benchmarks.watching
	@$(BIN)/python -m benchmarks.answering --stories 10000
	@$(BIN)/python -m benchmarks.site --claims 100 --stories 10000

day: $(VENV)/development ## live a busy day on each platform on loopback; ARGS="--platform slack --stories 2000"
	@$(BIN)/python -m benchmarks.busy_day $(ARGS)

lock: $(VENV)/development ## write the locks anew from pyproject.toml; ARGS=--upgrade takes newer versions
	@$(LOCK) --output-file requirements.lock $(ARGS)
	@$(LOCK) --group dev --constraints requirements.lock --output-file requirements-dev.lock $(ARGS)

words: $(VENV)/runtime ## bring the catalogues of bot/locale up to date with what the source says
	@$(BIN)/pybabel --quiet extract --mapping-file pyproject.toml --keywords _ --keywords N_ --keywords ngettext:1,2 --no-location \
		--project Claimwatch --msgid-bugs-address Claimwatch --output $(VENV)/words.pot .
	@for language in ko ru uk; do $(BIN)/pybabel --quiet update --input-file $(VENV)/words.pot --locale $$language \
		--output-file bot/locale/$$language.po --no-fuzzy-matching --ignore-obsolete --ignore-pot-creation-date --width 110; done

clean: ## remove .venv and what the tools left; the database stays
	@rm -rf $(VENV) dist .pytest_cache .mypy_cache .ruff_cache .hypothesis

$(VENV)/made:
	@command -v $(PYTHON) >/dev/null || { echo "There is no $(PYTHON). On Debian: apt install python3 python3-venv" >&2; exit 2; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
		echo "Claimwatch needs Python 3.11 or newer; $(PYTHON) is $$($(PYTHON) -V)." >&2; \
		echo "Name another with: make PYTHON=python3.12 ... (Debian 12 and newer: apt install python3 python3-venv)" >&2; exit 2; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { \
		echo "$(PYTHON) cannot make a virtual environment. On Debian: apt install python3-venv" >&2; exit 2; }
	@$(PYTHON) -m venv --clear $(VENV)
	@touch $@

$(VENV)/runtime: requirements.lock pyproject.toml | $(VENV)/made
	@echo "Installing (once, about a minute) ..."
	@$(PIP) install --require-hashes --requirement requirements.lock
	@$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/development: requirements-dev.lock $(VENV)/runtime
	@echo "Installing the tools of developers (once) ..."
	@$(PIP) install --require-hashes --requirement requirements-dev.lock
	@touch $@
