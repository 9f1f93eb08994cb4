# Everything that is done with this project, for people and for machines. `make help` lists it.
# All of it needs Python 3.11, make and the Python package index; nothing is installed outside .venv but a browser.

VENV := .venv
BIN := $(VENV)/bin
UV := $(BIN)/uv
INSTALLED := $(VENV)/.installed
LINT := $(VENV)/lint
PORT ?= 8501
WORKERS ?= 2
SCALE ?= small,medium
ROUNDS ?= 3
ARGS ?=

# The first interpreter that is a complete Python 3.11.
PYTHON = $(shell for name in python3.11 python3; do \
	$$name -c 'import ensurepip, sys, venv; sys.exit(sys.version_info[:2] != (3, 11))' >/dev/null 2>&1 \
	&& command -v $$name && break; done)
NO_PYTHON := Python 3.11 was found neither as python3.11 nor as python3. Install it with its venv module \
	(Debian: apt-get install python3.11-venv), then run make again.

# Where the published data of real cities lies beside the project, its tests must have run.
REAL_DATA := $(if $(ARGS),,$(if $(wildcard ../shared/data/.),--require-mark=real_data))

.DEFAULT_GOAL := help
.PHONY: help install run build orchestrate test soak bench chromium lint lint-python lint-types lint-imports lint-sql lint-dbt \
	format lock

help: ## List the targets
	@sed -n 's/^\([a-z-]*\):.* ## \(.*\)/  \1\t\2/p' $(MAKEFILE_LIST) | expand -t 16

install: $(INSTALLED) ## Install everything from requirements.lock into .venv

run: build ## Build the default workspace and serve the dashboards on http://127.0.0.1:8501
	@echo "Dashboards: http://127.0.0.1:$(PORT)  (stop with Ctrl-C)"
	@$(BIN)/sozialraum dashboard --audience internal --port $(PORT)

build: $(INSTALLED) ## Build and publish a release of the default workspace
	@$(BIN)/sozialraum build

orchestrate: $(INSTALLED) ## Start Dagster's webserver and daemon on http://127.0.0.1:3000
	@$(BIN)/sozialraum orchestrate

test: $(INSTALLED) chromium ## Run all tests but the soak test (ARGS="-k word" for some of them)
	PYTHONPATH=tests/plugins $(BIN)/python -m pytest -p required_marks $(REAL_DATA) -m "not soak" \
		-n $(WORKERS) --dist loadfile --durations 15 $(ARGS)

soak: $(INSTALLED) ## Kill builds at random moments; takes long
	$(BIN)/python -m pytest -m soak $(ARGS)

bench: $(INSTALLED) ## Measure speed and write docs/benchmarks/<date>.json (SCALE=small|medium|large, ROUNDS=3)
	$(BIN)/python tests/benchmarks/bench_main.py --scales $(SCALE) --rounds $(ROUNDS) --out docs/benchmarks $(ARGS)

chromium: $(INSTALLED)
	@.ci/chromium $(BIN)

lint: lint-python lint-types lint-imports lint-dbt lint-sql ## Check style, types, room rules, SQL and the dbt project

lint-python: $(INSTALLED)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

lint-types: $(INSTALLED)
	$(BIN)/mypy

lint-imports: $(INSTALLED)
	$(BIN)/lint-imports

lint-sql: $(INSTALLED)
	$(BIN)/sqlfluff lint --disable-progress-bar dbt_project

# Parsed as a build does it: absolute project, a workspace's own metrics beside the product's; deprecations are errors.
lint-dbt: $(INSTALLED)
	@mkdir -p $(LINT)
	cd $(LINT) && SOZIALRAUM_WORKSPACE_METRICS=../seeds/koeln/metrics $(CURDIR)/$(BIN)/dbt --quiet \
		--warn-error-options '{"error": ["Deprecations"]}' parse --no-partial-parse \
		--project-dir $(CURDIR)/dbt_project --profiles-dir $(CURDIR)/dbt_project \
		--target-path $(CURDIR)/$(LINT)/target --log-path $(CURDIR)/$(LINT)/logs

format: $(INSTALLED) ## Format Python and SQL
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .
	$(BIN)/sqlfluff fix --disable-progress-bar dbt_project

lock: $(UV) ## Write requirements.lock anew from pyproject.toml (ARGS=--upgrade for newer versions)
	$(UV) pip compile pyproject.toml --extra dev --python-version 3.11 --generate-hashes --no-emit-index-url \
		--custom-compile-command "make lock" --quiet -o requirements.lock $(ARGS)

# uv comes from the package index in the version and with the hashes of the lock, like everything else.
$(UV):
	@test -n "$(PYTHON)" || { echo "$(NO_PYTHON)" >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)
	awk '/^[^ #]/ { wanted = /^uv==/ } wanted' requirements.lock > $(VENV)/uv.txt
	$(BIN)/python -m pip install --quiet --require-hashes -r $(VENV)/uv.txt

# Bytecode is compiled here, once: importing dbt and Dagster without it takes seconds longer in every process.
$(INSTALLED): requirements.lock pyproject.toml | $(UV)
	$(UV) pip sync --python $(BIN)/python --require-hashes --compile-bytecode requirements.lock
	$(UV) pip install --python $(BIN)/python --no-deps --no-build-isolation --quiet --editable .
	$(BIN)/python -m compileall -q orchestration dashboards
	@touch $@
