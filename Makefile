.PHONY: help site check test mutants fuzz sbom lock clean

CHECKS = "ruff check" "ruff format --check" "mypy" "lint-imports --no-logo" "vulture"
# a worker often waits for a browser
WORKERS = $(shell expr $$(getconf _NPROCESSORS_ONLN) + 1)
PYTEST = pytest -n $(WORKERS) --dist worksteal
COMPILE = uv pip compile pyproject.toml --quiet --universal --python-version 3.11 --generate-hashes \
	--custom-compile-command "make lock"

help:  ## List all targets
	@sed -n 's/^\([a-z]*\):  ## /make \1	/p' Makefile

site:  ## Set up, then build the site and the PDFs of all schools into site/
	@.ci/setup site
	.venv/bin/policy build

check:  ## Set up, then run every check except the slow tests
	$(call run,$(CHECKS) "$(PYTEST) -m 'not slow'")

test:  ## Set up, then run every check, even if one fails
	$(call run,$(CHECKS) "$(PYTEST)")

mutants:  ## Set up, then change a sample of the core, and see whether the tests notice
	@.ci/setup test
	.venv/bin/python tests/sample_mutants.py

fuzz:  ## Set up, then try every reader with random files: RUNS=200000 of each
	@.ci/setup test
	PYTHONPATH=tests .venv/bin/python -m fuzzing.command $(if $(RUNS),--runs $(RUNS))

define run
	@.ci/setup test
	@failed=; for check in $(1); do \
		echo "== $$check"; \
		sh -c ".venv/bin/$$check" || failed="$$failed, $$check"; \
	done; \
	if [ "$$failed" ]; then echo "Failed: $${failed#, }" >&2; exit 1; fi
endef

DIST = dist

sbom:  ## Write the list of all packages that the program needs (SBOM, CycloneDX) into dist/
	@[ -x .venv/bin/cyclonedx-py ] || .ci/setup test
	@mkdir -p $(DIST)
	@.venv/bin/cyclonedx-py requirements .ci/requirements.lock --pyproject pyproject.toml --output-reproducible \
		--output-file $(DIST)/schoolpolicy.cdx.json

lock:  ## Rewrite .ci/*.lock from pyproject.toml, and .ci/package-lock.json
	@python3 -m venv --clear build/uv && build/uv/bin/pip install -qq uv
	build/uv/bin/$(COMPILE) --group setup --output-file .ci/requirements.lock
	build/uv/bin/$(COMPILE) --group dev --extra dask --extra sign --extra typst --constraint .ci/requirements.lock --output-file .ci/requirements-dev.lock
	.venv/bin/npm install --prefix .ci --package-lock-only --omit-lockfile-registry-resolved --no-audit --no-fund --loglevel=error

clean:  ## Delete everything that was built, including .venv
	rm -rf .venv .site-* site build dist .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis mutants
	find . -name __pycache__ -prune -exec rm -rf {} +
