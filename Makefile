# Three commands do everything: `make run` scores an example book, `make serve` serves the web site,
# `make test` checks and tests all there is.
# Each sets up what it needs first; a second call finds it done.

PYTHON ?= python3
VENV := .venv

BIN := $(VENV)/bin

# Below 3.13 Python reads a .pth in the locale's encoding: in a folder with a Chinese name ASCII will not do.
ifeq ($(shell locale charmap 2>/dev/null),ANSI_X3.4-1968)
export LC_ALL := C.UTF-8
endif

LOCK := $(BIN)/uv pip compile pyproject.toml --group build --generate-hashes --universal --python-version 3.11 \
	--no-header --no-annotate --no-emit-index-url --no-emit-find-links --quiet

SITE ?= out/site-folder

.PHONY: run serve test search hardship check docs docs-site bench lock clean

run: $(VENV)/.ready
	$(BIN)/quanheng demo out/demo

serve: $(VENV)/.ready
	$(BIN)/quanheng serve --demo $(SITE)

test: check
	$(BIN)/python -m pytest --numprocesses 2 --dist loadfile

search: $(VENV)/.ready-dev
	$(BIN)/python -m pytest --numprocesses 2 --dist loadfile -m "not spark" --hypothesis-profile=search

hardship: $(VENV)/.ready-dev
	QUANHENG_EXACT_BOOKS=$${QUANHENG_EXACT_BOOKS:-5000} QUANHENG_MUTANTS=$${QUANHENG_MUTANTS:-10000} \
		QUANHENG_HOSTILE=$${QUANHENG_HOSTILE:-all} QUANHENG_MUTATED_FILES=$${QUANHENG_MUTATED_FILES:-1000} \
		QUANHENG_CRASHES=$${QUANHENG_CRASHES:-all} QUANHENG_KILLS=$${QUANHENG_KILLS:-1000} \
		QUANHENG_SITE_KILLS=$${QUANHENG_SITE_KILLS:-200} QUANHENG_RACES=$${QUANHENG_RACES:-50} \
		$(BIN)/python -m pytest --numprocesses 2 --dist load tests/exact/test_exact.py tests/mutants tests/hardship \
		tests/web/results/test_killed.py tests/web/site/test_killed_actions.py tests/web/site/test_postgresql.py

check: $(VENV)/.ready-dev
	bash tools/install_system_packages.sh
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo
	$(BIN)/interrogate src
	$(BIN)/deptry src
	$(BIN)/vulture
	$(BIN)/python -m tools.check_suppressions
	$(BIN)/python -m tools.check_locks
	$(BIN)/python -m tools.check_file_lengths
	$(BIN)/python -m tools.check_two_languages
	$(BIN)/python -m tools.check_finding_codes
	$(BIN)/python -m tools.check_patterns
	$(BIN)/python -m tools.check_visible
	$(BIN)/python -m tools.generate_reference --check

docs: $(VENV)/.ready-dev
	$(BIN)/python -m tools.generate_reference

docs-site: $(VENV)/.ready-dev
	$(BIN)/python -m tools.site.build out/site

bench: $(VENV)/.ready-dev
	$(BIN)/python -m benchmarks

lock: $(VENV)/.ready-dev
	$(LOCK) --extra reports --extra web --output-file requirements.lock
	$(LOCK) --extra dev --output-file requirements-dev.lock

clean:
	rm -rf $(VENV) out .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache

$(VENV)/.made:
	PYTHON=$(PYTHON) bash tools/make_venv.sh $(VENV)
	touch $@

$(VENV)/.ready: $(VENV)/.made requirements.lock pyproject.toml
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	touch $@

# The newest axe-core is on npm only, pinned with its hash; without npm the tests use the one that PyPI has.
# So is oidc-provider; without it the tests play a server of OpenID Connect themselves.
$(VENV)/.ready-dev: $(VENV)/.ready requirements-dev.lock tests/documents/page/axe/package-lock.json tests/web/oidc/package-lock.json
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	if command -v npm >/dev/null; then mkdir -p $(VENV)/axe && cp tests/documents/page/axe/*.json $(VENV)/axe/ && \
	{ npm ci --silent --no-audit --no-fund --prefix $(VENV)/axe || \
	echo "npm reached nothing: pages are checked by the axe-core of PyPI, an older one"; }; \
	mkdir -p $(VENV)/oidc && cp tests/web/oidc/*.json tests/web/oidc/serve.mjs $(VENV)/oidc/ && \
	{ npm ci --silent --no-audit --no-fund --prefix $(VENV)/oidc || \
	echo "npm reached nothing: the tests play a server of OpenID Connect themselves"; }; fi
	touch $@
