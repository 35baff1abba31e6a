# make run · test · lint · bench · package · parity · gpu-check
PYTHON ?= python3
BIN := .venv/bin
STAMP := .venv/.installed

.PHONY: run test lint bench parity gpu-check package venv clean

run: $(STAMP)
	@$(BIN)/foodcal-desktop

test: $(STAMP)
	@# A file's tests stay together: they share a loaded checkpoint, or a pair of workers.
	@QT_QPA_PLATFORM=$${QT_QPA_PLATFORM:-offscreen} $(BIN)/python -m pytest -n auto --maxprocesses 4 --dist loadfile

lint: $(STAMP)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

# The benches beside the official predictor, and the parity runs, need torchvision's image transforms: see docs/checkpoints.md.
PARITY := build/parity

bench: $(STAMP)
	@$(BIN)/python scripts/parity/prepare.py $(PARITY)
	@PYTHONPATH=$(PARITY) QT_QPA_PLATFORM=$${QT_QPA_PLATFORM:-offscreen} $(BIN)/python -m benchmarks

parity: $(STAMP)
	$(BIN)/python scripts/parity/prepare.py $(PARITY)
	PYTHONPATH=$(PARITY) $(BIN)/python scripts/parity/run.py

gpu-check: $(STAMP)
	@$(BIN)/python scripts/parity/gpu_check.py --only-look
	$(BIN)/python scripts/parity/prepare.py $(PARITY)
	PYTHONPATH=$(PARITY) $(BIN)/python scripts/parity/run.py --device cuda
	$(BIN)/python scripts/parity/gpu_check.py

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
