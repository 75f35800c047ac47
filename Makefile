# One word per task. ARGS goes to pytest or the benchmarks: make test ARGS="-k walls".
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.ONESHELL:
.SILENT:
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory
.PHONY: help installed setup chromium demo test lint pytest bench lock sbom clean

VENV := .venv
BIN := $(VENV)/bin
SBOM := $(VENV)/sbom
CHROMIUM := /usr/bin/chromium
ARGS ?=
UPGRADE ?=

# Modules are compiled once, whatever the machine prefers: imports are twice as slow without.
unexport PYTHONDONTWRITEBYTECODE

# Many a municipality looks into its own traffic: trust the certificates that the machine trusts.
export UV_SYSTEM_CERTS := true

# May we install Debian packages, and how? Empty when we may not.
define APT
apt=""
if command -v apt-get >/dev/null; then
    if [ "$$(id -u)" = 0 ]; then apt="env DEBIAN_FRONTEND=noninteractive apt-get"
    elif sudo -n true 2>/dev/null; then apt="sudo -n env DEBIAN_FRONTEND=noninteractive apt-get"
    fi
fi
apt_install() {
    $$apt install -y -qq --no-install-recommends "$$@" >/dev/null 2>&1 && return
    $$apt update -qq >/dev/null 2>&1 || true
    $$apt install -y -qq --no-install-recommends "$$@" >/dev/null 2>&1
}
endef

# uv asks the index that pip is told to ask.
define INDEX
index="$${UV_DEFAULT_INDEX:-$${PIP_INDEX_URL:-$$($(BIN)/python -m pip config get global.index-url 2>/dev/null || true)}}"
if [ -n "$$index" ]; then export UV_DEFAULT_INDEX="$$index"; fi
endef

help:
	echo "make setup     .venv with everything in it, as locked"
	echo "make demo      Voorbeeldstad from delivery to sheet; PRAATPLAAT_HOME says where"
	echo "make test      lint and all tests; ARGS=\"-k walls\" goes to pytest"
	echo "make lint      ruff, mypy and the walls between the rooms"
	echo "make bench     how fast; ARGS=\"--only sheet\" for a part"
	echo "make chromium  the browser some tests need"
	echo "make lock      resolve again; UPGRADE=--upgrade takes newer versions"
	echo "make sbom      what it is made of, as CycloneDX JSON in build/"
	echo "make clean     throw away what can be made again, except .venv"

# What runs first compiles what it imports: the demonstration needs a fifth of all modules.
installed:
	fail() { echo "setup: $$*" >&2; exit 1; }
	key="$$(cat pyproject.toml requirements/*.txt | cksum) $(CURDIR)"
	if [ -x $(BIN)/python ] && [ "$$(cat $(VENV)/.ready 2>/dev/null)" = "$$key" ]; then exit 0; fi
	if ! $(BIN)/python -m pip --version >/dev/null 2>&1 || ! head -1 $(BIN)/pip | grep -qF '$(CURDIR)/'; then
	    python=""
	    for candidate in $(PYTHON) python3.11 python3 python3.12 python3.13; do
	        if "$$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
	            python=$$candidate
	            break
	        fi
	    done
	    [ -n "$$python" ] || fail "needs Python 3.11 or newer; PYTHON=/path/to/python says where it is"
	    if ! "$$python" -c 'import ensurepip, venv' 2>/dev/null; then
	        $(APT)
	        [ -n "$$apt" ] || fail "$$python lacks venv; install it first: apt-get install python3-venv"
	        echo "setup: installing python3-venv"
	        apt_install python3-venv || fail "apt-get could not install python3-venv"
	    fi
	    echo "setup: making $(VENV) with $$("$$python" --version)"
	    "$$python" -m venv --clear $(VENV) || fail "$$python could not make $(VENV)"
	fi
	rm -f $(VENV)/.ready $(VENV)/.compiled
	log=$(VENV)/setup.log
	: >$$log
	echo "setup: installing the locked packages"
	$(INDEX)
	pip="$(BIN)/python -m pip --disable-pip-version-check install -qq --require-hashes"
	uv="$(BIN)/uv pip sync -q --python $(BIN)/python"
	if ! { $$pip -r requirements/bootstrap.txt && $$uv --require-hashes requirements/lock.txt; } >>$$log 2>&1; then
	    echo "setup: uv could not, trying pip (slower)"
	    $$pip --no-deps -r requirements/lock.txt >>$$log 2>&1 || fail "could not install the packages; $$log says why"
	fi
	echo "setup: installing praatplaat"
	$(BIN)/python -m pip --disable-pip-version-check install -qq --no-index --no-deps --no-build-isolation -e . \
	    >>$$log 2>&1 || fail "could not install praatplaat; $$log says why"
	echo "$$key" >$(VENV)/.ready

# A service may not write here: without this it would compile all that it imports at every start.
setup: installed
	if cmp -s $(VENV)/.ready $(VENV)/.compiled; then exit 0; fi
	echo "setup: compiling"
	$(BIN)/python -m compileall -qq -j 0 $(VENV)/lib || true
	cp $(VENV)/.ready $(VENV)/.compiled
	echo "setup: ready"

chromium:
	if [ -x $(CHROMIUM) ]; then exit 0; fi
	$(APT)
	if [ -z "$$apt" ]; then
	    echo "chromium: not here; tests that need it are skipped (apt-get install chromium)"
	    exit 0
	fi
	echo "chromium: installing with apt-get"
	apt_install chromium || echo "chromium: could not be installed; tests that need it are skipped"

demo: installed
	$(BIN)/praatplaat demo

test: setup chromium
	status=0
	$(MAKE) lint || status=$$?
	$(MAKE) pytest || status=$$?
	exit $$status

pytest: setup
	echo "test: pytest"
	$(BIN)/python -m pytest --numprocesses auto --dist loadfile --no-loadscope-reorder $(ARGS)

lint: setup
	status=0
	for check in "ruff check -q --output-format concise" "ruff format -q --check" "mypy --no-error-summary" "lint-imports --no-logo"; do
	    echo "lint: $${check%% -*}"
	    if ! output="$$($(BIN)/$$check 2>&1)"; then
	        echo "$$output"
	        status=1
	    fi
	done
	exit $$status

bench: setup
	if ! $(BIN)/python -c 'import papermill' 2>/dev/null; then
	    echo "bench: installing what the notebook beside ours needs"
	    $(INDEX)
	    $(BIN)/uv pip install -q --python $(BIN)/python --require-hashes -r requirements/bench.txt \
	        || echo "bench: could not; the notebook is skipped"
	fi
	$(BIN)/python -m benchmarks $(ARGS)

lock: setup
	$(INDEX)
	unset UV_FIND_LINKS UV_EXTRA_INDEX_URL UV_INDEX
	compile="$(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes"
	compile="$$compile --no-emit-index-url --no-emit-find-links --no-annotate --no-header $(UPGRADE)"
	echo "lock: requirements/lock.txt"
	$$compile pyproject.toml --extra dev -o requirements/lock.txt
	echo "lock: requirements/bench.txt"
	$$compile pyproject.toml --extra bench -c requirements/lock.txt -o requirements/bench.txt
	echo "lock: requirements/bootstrap.txt"
	echo uv | $$compile - -o requirements/bootstrap.txt
	echo "lock: requirements/sbom.txt"
	echo 'cyclonedx-bom>=7' | $$compile - -c requirements/lock.txt -o requirements/sbom.txt
	if grep -nE '://|^-' requirements/*.txt; then
	    echo "lock: a lock names no place, only packages and hashes" >&2
	    exit 1
	fi

sbom: setup
	mkdir -p build
	if ! cmp -s requirements/sbom.txt $(SBOM)/locked; then
	    echo "sbom: installing what writes it, apart: every other program would start slower with it"
	    $(INDEX)
	    rm -rf $(SBOM)
	    $(BIN)/uv pip install -q --python $(BIN)/python --target $(SBOM) --require-hashes -r requirements/sbom.txt
	    cp requirements/sbom.txt $(SBOM)/locked
	fi
	PYTHONPATH=$(SBOM) PYTHONWARNINGS=ignore $(BIN)/python -m cyclonedx_py requirements requirements/lock.txt \
	    --pyproject pyproject.toml \
	    --output-reproducible --no-validate --output-format JSON --output-file build/praatplaat.cdx.json
	echo "sbom: build/praatplaat.cdx.json"

clean:
	rm -rf build dist *.egg-info .pytest_cache .ruff_cache .mypy_cache .hypothesis .import_linter_cache
	find . -path ./$(VENV) -prune -o -name __pycache__ -type d -prune -exec rm -rf {} +
	echo "clean: done; rm -rf $(VENV) for a set-up from nothing"
