# `make brief` and `make test` set everything up in a virtual environment of their own and run.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
EXAMPLE := examples/armoured-train
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.PHONY: requirements brief test lint types docs dossier serve bundle clean help

help:
	@echo "make brief    the picture of the example's reports"
	@echo "make test     every test"
	@echo "make lint     ruff"
	@echo "make types    mypy --strict"
	@echo "make docs     the documentation, with its examples run"
	@echo "make dossier  the example as one HTML file"
	@echo "make serve    the example as pages on this machine"
	@echo "make requirements  pin the dependencies anew"
	@echo "make bundle   rebuild the script bundle (needs Node)"

$(VENV)/base: pyproject.toml requirements/base.txt
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --only-binary :all: --require-hashes -r requirements/base.txt
	$(BIN)/python -m pip install --quiet --no-deps -e .
	@touch $@

$(VENV)/dev: $(VENV)/base requirements/dev.txt
	$(BIN)/python -m pip install --quiet --only-binary :all: --require-hashes -r requirements/dev.txt
	@touch $@

# FollowTheMoney's library wants other packages older than Sightline has them, so what reads its entities in the tests lives by itself.
$(VENV)-formats/ready: requirements/formats.txt
	$(PYTHON) -m venv $(VENV)-formats
	$(VENV)-formats/bin/python -m pip install --quiet --only-binary :all: --require-hashes -r requirements/formats.txt
	@touch $@

brief: $(VENV)/base
	$(BIN)/sightline brief $(EXAMPLE)/reports --network $(EXAMPLE)/network.geojson

dossier: $(VENV)/base
	$(BIN)/sightline brief $(EXAMPLE)/reports --network $(EXAMPLE)/network.geojson --format html -o dossier.html

serve: $(VENV)/base
	$(BIN)/sightline add $(EXAMPLE)/reports --db build/example.db
	$(BIN)/sightline serve --db build/example.db

test: $(VENV)/dev $(VENV)-formats/ready
	$(BIN)/python -m pytest -n 2

lint: $(VENV)/dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(VENV)/dev
	$(BIN)/mypy

docs: $(VENV)/dev
	$(BIN)/sphinx-build -q -W -b html docs docs/_build/html

requirements: $(VENV)/dev
	$(BIN)/python -m pip install --quiet uv
	$(BIN)/uv pip compile -q pyproject.toml --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header -o requirements/base.txt
	$(BIN)/uv pip compile -q pyproject.toml --extra all --extra osm --group test --group lint --group docs --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header -o requirements/dev.txt
	$(BIN)/uv pip compile -q --group formats --universal --python-version 3.11 --only-binary :all: --generate-hashes --no-emit-index-url --no-header -o requirements/formats.txt

bundle:
	cd frontend && npm ci --ignore-scripts --no-audit --no-fund && npm run build

clean:
	rm -rf $(VENV) $(VENV)-formats build dist docs/_build artefacts
