# Two commands do all the set-up: `make demo` and `make test`. Both are quick the second time.
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DELETE_ON_ERROR:
.PHONY: demo test check bench docs clean

PYTHON ?= python3
PY := .venv/bin/python
STAMPS := .venv/stamps
# Each Tesseract process uses one thread: several only get in each other's way.
export OMP_THREAD_LIMIT := 1

APT_PACKAGES := python3-venv python3-dev gcc g++ tesseract-ocr tesseract-ocr-vie tesseract-ocr-osd \
  tesseract-ocr-script-viet fonts-croscore fonts-liberation2 fonts-freefont-ttf
# Only the tests look at pages in a browser, and into PDFs with a program that is not ours.
APT_TEST_PACKAGES := chromium poppler-utils
NEEDED := gcc g++ Python 3.11 with venv and headers, Tesseract 5 with the data files vie and osd, and a font with all \
  Vietnamese letters (Tinos, Liberation 2 or FreeFont)

demo: $(STAMPS)/system $(STAMPS)/package
	.venv/bin/restore run samples/*.txt samples/*/scan.* samples/*/page-* -o demo --overwrite
	@echo "Open demo/summary.html in a browser; each document there has its own diff.html."

test: $(STAMPS)/system-test $(STAMPS)/package
	$(PY) -m pytest

check: $(STAMPS)/system-test $(STAMPS)/package
	$(PY) -m ruff check .
	$(PY) -m ruff format --check .
	$(PY) -m mypy
	$(PY) -m pytest

# make bench FOLDER=... measures pages of your own: damaged texts (*.ocr.txt) or scans beside *.gold.txt.
FOLDER ?= samples
bench: $(STAMPS)/system $(STAMPS)/package
	.venv/bin/restore bench $(FOLDER)

# The documentation site, in build/site.
docs: $(STAMPS)/package
	$(PY) -m mkdocs build --strict

clean:
	rm -rf demo build .mypy_cache .pytest_cache .ruff_cache .hypothesis

$(STAMPS)/system: Makefile
	@$(call install_missing,$(APT_PACKAGES))
	@mkdir -p $(@D) && touch $@

$(STAMPS)/system-test: $(STAMPS)/system
	@$(call install_missing,$(APT_TEST_PACKAGES))
	@mkdir -p $(@D) && touch $@

# Debian and its children: install what dpkg does not know as installed. Elsewhere: one line that says what is needed.
define install_missing
if ! command -v apt-get >/dev/null; then \
  echo "This is no Debian: please see to it that there are $(NEEDED). \`restore doctor\` checks it."; exit 0; \
fi; \
missing=(); \
for package in $(1); do \
  dpkg-query -W -f='$${Status}' "$$package" 2>/dev/null | grep -q 'ok installed' || missing+=("$$package"); \
done; \
if (( $${#missing[@]} )); then \
  echo "Installing $${missing[*]}"; \
  sudo=$$([[ $$(id -u) == 0 ]] || echo sudo); \
  $$sudo apt-get update -q; \
  $$sudo env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends "$${missing[@]}"; \
fi
endef

$(STAMPS)/venv: $(STAMPS)/system requirements.lock
	test -x $(PY) || $(PYTHON) -m venv .venv
	$(PY) -m pip install -q --disable-pip-version-check --require-hashes -r requirements.lock
	@mkdir -p $(@D) && touch $@

# Compiled anew whenever a Cython module, the build hook or the metadata changes.
$(STAMPS)/package: $(STAMPS)/venv pyproject.toml hatch_build.py $(shell find restore -name '*.pyx' -o -name '*.pxd')
	$(PY) -m pip install -q --disable-pip-version-check --no-build-isolation --no-deps -e .
	@touch $@
