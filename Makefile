# Everything a developer or a visitor does here. `make` alone explains.

PYTHON ?= python3
BIN := .venv/bin
SETUP := PYTHON=$(PYTHON) tools/setup.sh

.DEFAULT_GOAL := help
.PHONY: help setup run test check fix lock bench fuzz faults accuracy docs

help: ## show this
	@echo "Alongside: no adult alone in a digital conversation"
	@echo
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: ## install what the product needs into .venv; the command is .venv/bin/alongside
	@$(SETUP) run

run: setup ## bring up the demonstration: gateway, mail sink, a made-up charity
	@$(BIN)/alongside up --demo $(ARGS)

test: ## run the whole suite, having installed what it needs
	@$(SETUP) test
	PYTHONHASHSEED=0 $(BIN)/pytest -n 2 $(ARGS)

check: ## style, types, floors, migrations, generated docs
	@$(SETUP) test
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports
	DJANGO_SETTINGS_MODULE=alongside.site.settings $(BIN)/django-admin makemigrations --check --dry-run
	$(BIN)/python tools/docs.py --check

fix: ## mend what can be mended by itself
	@$(SETUP) test
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

lock: ## after a change of dependencies: write uv.lock and the files for pip again (needs uv)
	uv lock
	uv export -q --frozen --no-dev --no-emit-project --no-header --no-annotate -o requirements.txt
	uv export -q --frozen --no-emit-project --no-header --no-annotate -o requirements-dev.txt

bench: ## measure it beside Postfix, notmuch and mu (ARGS="--check --docs"; --quick, --goals)
	@$(SETUP) bench
	$(BIN)/python -m bench $(ARGS)

fuzz: ## the laws and the protocol with many more random cases (MINUTES=10)
	@$(SETUP) test
	HYPOTHESIS_PROFILE=night FUZZ_MINUTES=$(or $(MINUTES),10) $(BIN)/pytest -n 2 -m "law" $(ARGS)

faults: ## a next hop that refuses, stalls or is gone; a database that is locked or full
	@$(SETUP) test
	$(BIN)/pytest tests/faults $(ARGS)

accuracy: ## how well the reader of messages does on the labelled corpus (ARGS="--json")
	@$(SETUP) test
	$(BIN)/python -m tests.corpus.measure --split holdout --check $(ARGS)

docs: ## write the generated pages again
	@$(SETUP) test
	$(BIN)/python tools/docs.py
