# walkapp. `make` alone lists what there is to make.
#
# Everything installs into .venv from files locked by hash; a stamp file in .venv remembers what is
# already there, so that a second `make run` starts at once.

PYTHON ?= python3
HOST ?= 127.0.0.1
PORT ?= 8000

VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check -qq
INSTALLS := requirements.txt setup.cfg pyproject.toml
PYTEST := $(BIN)/pytest
export PIP_ROOT_USER_ACTION := ignore

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help run test test-all test-ready lint types types-js format-js test-server test-postgres \
	test-browser soak words docs-screenshots bench clean

help: ## List these targets
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/\1\t\2/p' $(MAKEFILE_LIST) \
		| while IFS="$$(printf '\t')" read -r name words; do \
			printf '  make %-17s %s\n' "$$name" "$$words"; done

run: export WALK_HOST = $(HOST)
run: export WALK_PORT = $(PORT)
run: $(VENV)/.run-installed ## Install, seed a demo district, serve it (HOST=127.0.0.1 PORT=8000)
	@[ -f var/walkapp.sqlite3 ] || $(BIN)/walkapp init --if-missing
	@$(BIN)/walkapp upgrade
	@$(BIN)/walkapp demo --with-year
	@exec $(BIN)/walkapp serve

test: test-ready lint types test-server test-postgres test-browser ## Check everything CI checks (under 20 minutes)

test-all: export TEST_ALL = 1
test-all: export TEST_SEEDS = 300
test-all: test ## The same with every matrix in full

test-ready: $(VENV)/.test-installed
	@tests/system-packages

lint: $(VENV)/.test-installed ## Ruff: faults and formatting
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .

types: $(VENV)/.test-installed build/types ## Mypy: the engine strictly, then the service
	@MYPYPATH=build/types $(BIN)/mypy --strict --follow-imports=silent -p walkapp.sync
	@MYPYPATH=build/types $(BIN)/mypy -p walkapp

types-js: ## TypeScript's checker over the tablet's JSDoc (needs npm)
	@command -v npx >/dev/null || { echo "make types-js needs Node.js with npm; nothing else here does."; exit 1; }
	@npx --yes --package typescript@7.0.2 tsc -p jsconfig.json

format-js: ## Format and lint the tablet's JavaScript with Biome (needs npm, like types-js)
	@command -v npx >/dev/null || { echo "make format-js needs Node.js with npm; nothing else here does."; exit 1; }
	@npx --yes --package @biomejs/biome@2.6.8 biome format --write . && npx --yes --package @biomejs/biome@2.6.8 biome lint .

test-server: $(VENV)/.test-installed ## Engine, service, rubrics, house and JavaScript units, on SQLite
	@$(PYTEST) -n 2 -m "not postgres and not browser"

test-postgres: test-ready ## Models, migrations and the log's contract on a real PostgreSQL
	@$(PYTEST) -n 2 -m postgres

test-browser: test-ready ## Journeys and screens in real Chromium and Firefox ESR
	@$(PYTEST) -n 2 -m browser tests/browser

soak: $(VENV)/.test-installed ## Run the simulation for SOAK_MINUTES=60, from SOAK_FROM on; prints seeds that fail
	@$(BIN)/python -m tests.simulation --from $(or $(SOAK_FROM),$$(date +%s)) --minutes $(or $(SOAK_MINUTES),60)

words: $(VENV)/.test-installed ## Gather every word into the catalogues and make what the tablet reads
	@$(BIN)/python -m tests.languages.gather

docs-screenshots: test-ready ## Take the pictures in docs/pictures anew
	@$(BIN)/python -m tests.browser.pictures

bench: test-ready ## Measure what we claim, beside our peers (needs Node.js with npm; BENCH=--small)
	@$(BIN)/python -m bench.validation
	@$(BIN)/python -m bench.push
	@$(BIN)/python -m bench.capture $(BENCH)
	@$(BIN)/python -m bench.sync $(BENCH)

clean: ## Remove what can be made again (never var/, where the data is)
	rm -rf $(VENV) build *.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis .coverage
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# --- what the targets stand on ---

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "walkapp needs Python 3.11 or newer ($(PYTHON) is older, or is not there)."; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null \
		|| { echo "Python's venv is missing. On Debian and Ubuntu: sudo apt install python3-venv"; exit 1; }
	@echo "Making $(VENV) ..."
	@$(PYTHON) -m venv $(VENV)

# The lock also holds setuptools, so that building the project itself downloads nothing unchecked.
$(VENV)/.run-installed: $(INSTALLS) | $(VENV)/bin/python
	@echo "Installing what walkapp needs ..."
	@$(PIP) install --require-hashes -r requirements.txt
	@$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.test-installed: requirements-test.txt $(VENV)/.run-installed
	@echo "Installing what the tests need ..."
	@$(PIP) install --require-hashes -r requirements-test.txt
	@touch $@

# sync/, rubrics/ and static/ are installed as walkapp.sync and so on. Mypy cannot follow that
# mapping, so it gets a tree in which they lie where they are imported from.
build/types: setup.cfg $(wildcard walkapp/*)
	@rm -rf $@ && mkdir -p $@/walkapp
	@for part in walkapp/* sync rubrics static; do \
		ln -s "$(CURDIR)/$$part" "$@/walkapp/$$(basename "$$part")"; done
