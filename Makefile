# make run   sample dumps in, a published warehouse out     make test   the whole test suite
# make ui    Dagster in the browser                         make lint   what CI checks besides the tests
# make quality   scores on annotated dumps: splitting by kind of file, countries, names, topics, stories
# make fuzz  bytes made up to break the reader and the splitter, for FUZZ_SECONDS (Linux)
# make bench speed, memory and growth, into docs/benchmarks.md (SIZES="1000 10000 50000" for larger dumps)
PYTHON ?= python3
PORT ?= 3000
FUZZ_SECONDS ?= 600
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready

.PHONY: run test quality fuzz bench ui lint format lock clean help
.DEFAULT_GOAL := help

help:
	@sed -n '1,5s/^# //p' Makefile

run: $(READY)
	@$(BIN)/dateline run

ui: $(READY)
	@$(BIN)/dateline ui --port $(PORT)

test: $(READY)
	$(BIN)/pytest -n auto --maxprocesses 4 --dist loadfile --no-loadscope-reorder

quality: $(READY)
	$(BIN)/pytest tests/quality -m quality -q -s

fuzz: $(READY)
	$(BIN)/uv pip install -q --python $(BIN)/python --group fuzz
	$(BIN)/python -m tests.fuzz.reader_and_splitter -max_total_time=$(FUZZ_SECONDS)

bench: $(READY)
	$(BIN)/python -m tests.benchmarks.run $(SIZES)

lint: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/ty check pipelines tests
	cd dbt_project && ../$(BIN)/sqlfluff lint models macros tests

format: $(READY)
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

# The lock file holds every package with its hashes and no index address. uv installs it in seconds; where uv does not
# find the index that pip is set up for, pip does the same in a minute or two.
$(READY): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "Dateline needs Python 3.11 or newer; name one with: make PYTHON=python3.12 …" >&2; exit 1; }
	@echo "setting up $(VENV) (once) …"
	@$(PYTHON) -m venv $(VENV)
	@awk '/^uv==/ {on = 1} on {print; if (!/\\$$/) exit}' requirements.lock > $(VENV)/uv.txt
	@$(BIN)/python -m pip install -q --disable-pip-version-check --no-deps --require-hashes -r $(VENV)/uv.txt
	@$(BIN)/uv pip install -q --python $(BIN)/python --compile-bytecode --require-hashes -r requirements.lock \
		|| $(BIN)/python -m pip install -q --no-deps --require-hashes -r requirements.lock
	@$(BIN)/python -m pip install -q --disable-pip-version-check --no-deps --no-build-isolation -e .
	@cd dbt_project && DATELINE_BUILD_FILE=$(CURDIR)/warehouse/build/news.duckdb ../$(BIN)/dbt parse --quiet
	@touch $@

lock: $(READY)
	$(BIN)/uv pip compile pyproject.toml --group dev --universal --python-version 3.11 --generate-hashes \
		--no-emit-index-url --no-header -o requirements.lock

clean:
	rm -rf $(VENV) dbt_project/target dbt_project/logs warehouse/build
