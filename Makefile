# Needs Python 3.11–3.14 and git; the rest comes into .venv. `make help` lists what can be made.
HOST ?= 127.0.0.1
PORT ?= 8000
export HOST PORT
BOOTSTRAP = @sh scripts/python.sh scripts/bootstrap.py
PY = .venv/bin/python

.DEFAULT_GOAL := help
.PHONY: help run environment test test-quick lint format validation bench lock vendor clean

help: ## list what can be made
	@grep -E '^[a-z-]+:.*## ' Makefile | awk -F ':.*## ' '{ printf "  make %-12s %s\n", $$1, $$2 }'

run: ## serve the demo campus at HOST:PORT (default 127.0.0.1:8000)
	$(BOOTSTRAP) run

environment: ## make .venv with everything that runs and checks the project
	$(BOOTSTRAP) environment

test: environment ## check everything: style, types, tests on SQLite and PostgreSQL, in a browser, from a wheel
	@$(PY) scripts/suite.py all

test-quick: environment ## style, types and tests on SQLite; needs neither PostgreSQL nor a browser
	@$(PY) scripts/suite.py quick

lint: environment ## style and types only
	@$(PY) scripts/suite.py lint

format: environment ## put all code into the house's form
	@$(PY) -m ruff check --fix src tests scripts bench curriculum
	@$(PY) -m ruff format src tests scripts bench curriculum

validation: environment ## write docs/validation.md from the tests against published numbers
	@$(PY) scripts/validation.py

bench: environment ## measure what makes us fast, and print all figures
	@$(PY) -m pip install --quiet --require-hashes -r requirements-bench.lock
	@$(PY) -m bench

lock: environment ## pin the newest allowed dependencies by hash
	@$(PY) -m pip install --quiet uv
	@PATH="$(CURDIR)/.venv/bin:$$PATH" scripts/lock.sh

vendor: environment ## fetch other people's JavaScript and fonts into vendor/ (needs npm)
	@$(PY) scripts/vendor.py

clean: ## delete the environment and all caches; what a campus keeps in .techamp stays
	@rm -rf .venv .mypy_cache .pytest_cache .ruff_cache .hypothesis build dist
	@find src tests scripts curriculum -name __pycache__ -type d -prune -exec rm -rf {} +
