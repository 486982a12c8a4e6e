# `make run` starts the bot, `make test` checks the code.

PYTHON ?= python3
BIN := .venv/bin
INSTALL := $(BIN)/pip install --quiet --disable-pip-version-check --constraint constraints.txt

DATA ?= ../shared/train
EVAL ?= ../shared/eval
SHARED ?= ../shared

.PHONY: run test pytest coverage lint format screenshots bench quality fuzz train clean

run: .venv/run.stamp  ## set up, add the articles, and start: on Discord with a token, else in the preview
	$(BIN)/python -m index add
	@$(BIN)/python -m bot --or-preview

test: lint pytest  ## set up, lint, types, tests

pytest: .venv/test.stamp
	$(BIN)/pytest --numprocesses auto --maxprocesses 4 --dist worksteal

coverage: .venv/test.stamp  ## the lines that the tests do not reach
	$(BIN)/coverage run -m pytest
	$(BIN)/coverage report --skip-covered --skip-empty --show-missing

lint: .venv/test.stamp
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache

format: .venv/test.stamp
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

screenshots: .venv/test.stamp  ## the documentation's pictures (needs chromium)
	$(BIN)/python -m tools.screenshots

bench: .venv/bench.stamp  ## the table of docs/speed.md, from the texts in SHARED; resumes in build/speed
	$(BIN)/python -m benchmarks.speed --data $(SHARED) --plot docs/pictures/growth.svg

quality: .venv/test.stamp  ## the tables of docs/quality.md, from the question sets in EVAL
	$(BIN)/python -m benchmarks.quality --data $(EVAL) --compare
	$(BIN)/python -m benchmarks.duplicates --data $(EVAL)/squad2

fuzz: .venv/fuzz.stamp  ## an hour of inputs that are made to break what reads them
	$(BIN)/python -m benchmarks.fuzz

train: .venv/training.stamp  ## the reader's weights, from the question sets in DATA; resumes where it stopped
	$(BIN)/python -m training --data $(DATA)

clean:  ## delete everything generated, except the library and .env
	rm -rf .venv .mypy_cache .pytest_cache .ruff_cache .hypothesis .coverage build *.egg-info
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# torch comes first: packages that depend on it would install its newest build, with gigabytes of CUDA.
.venv/base.stamp: pyproject.toml constraints.txt
	@echo "Setting up .venv; this takes a few minutes the first time."
	@rm -rf .venv
	$(PYTHON) -m venv .venv
	$(INSTALL) torch
	touch $@

.venv/run.stamp: .venv/base.stamp
	$(INSTALL) --editable ".[preview]"
	touch $@

.venv/test.stamp: .venv/base.stamp
	$(INSTALL) --editable ".[preview,test]"
	touch $@

.venv/bench.stamp: .venv/test.stamp
	$(INSTALL) --editable ".[preview,test,bench]"
	touch $@

.venv/fuzz.stamp: .venv/test.stamp
	$(INSTALL) --editable ".[preview,test,fuzz]"
	touch $@

.venv/training.stamp: .venv/test.stamp
	$(INSTALL) --editable ".[preview,test,training]"
	touch $@
