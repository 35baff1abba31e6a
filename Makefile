# make run · make test · make lint · make bench · make package
PYTHON ?= python3
BIN := .venv/bin
STAMP := .venv/.installed
# Tests and benchmarks need no screen; xvfb-run gives them a real one where it is installed.
XVFB := $(shell command -v xvfb-run >/dev/null 2>&1 && echo 'xvfb-run -a -s "-screen 0 1280x800x24"')

.PHONY: run test lint bench package venv clean

run: $(STAMP)
	@$(BIN)/foodcal-desktop

test: $(STAMP)
	@QT_QPA_PLATFORM=$${QT_QPA_PLATFORM:-offscreen} $(BIN)/python -m pytest

lint: $(STAMP)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: $(STAMP)
	@QT_QPA_PLATFORM=$${QT_QPA_PLATFORM:-offscreen} $(BIN)/python -m benchmarks

package: $(STAMP)
	@$(BIN)/python packaging/build.py

venv: $(STAMP)

$(STAMP): pyproject.toml requirements-nodeps.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed; name one with make PYTHON=python3.11"; exit 1; }
	@$(PYTHON) -m venv .venv || { echo "Python's venv is missing; install it: sudo apt install -y python3-venv"; rm -rf .venv; exit 1; }
	@$(BIN)/python -m pip install -q --upgrade pip
	@# 2.13.0 is the release that everything here was tested with.
	$(BIN)/python -m pip install -q torch==2.13.0
	$(BIN)/python -m pip install -q --no-deps -r requirements-nodeps.txt
	$(BIN)/python -m pip install -q -e ".[dev,video,detector]"
	@touch $(STAMP)

clean:
	rm -rf .venv build dist
