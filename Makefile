# make help shows what there is. Plain make and sh: Debian and macOS.

PYTHON = python3
PORT = 8000
BIN = .venv/bin
UV = uv

.PHONY: help run test lint accounts messages lock clean

help: ## Show this list
	@sed -n 's/^\([a-z]*\):.*## /  make \1 - /p' Makefile

run: .venv/base.stamp ## Start the registry with demonstration data at localhost:8000 (PORT=8001 for another port)
	@DEBUG=1 $(BIN)/python -m config.prepare
	@echo "Open http://localhost:$(PORT)/ in a browser. Stop with Ctrl-C."
	@DEBUG=1 PORT=$(PORT) $(BIN)/python manage.py runserver 127.0.0.1:$(PORT)

accounts: .venv/base.stamp ## Give the demonstration accounts new passwords, and show them
	@DEBUG=1 $(BIN)/python -m config.prepare "demonstration_accounts --reset"

test: .venv/browser.stamp ## Run the tests: on SQLite, on PostgreSQL, in Chromium
	@.ci/test

lint: .venv/dev.stamp ## Check form, imports, migrations, production settings, templates and Dockerfile
	@.ci/lint

messages: .venv/base.stamp ## Collect the texts to translate into locale/, and compile what is translated
	@command -v msgfmt >/dev/null || { echo "gettext is missing: apt-get install gettext, or brew install gettext"; exit 1; }
	DEBUG=1 $(BIN)/python manage.py makemessages --locale nb --locale nn --add-location file --no-wrap --no-obsolete
	DEBUG=1 $(BIN)/python manage.py compilemessages --ignore .venv

lock: ## Write requirements/*.txt anew from pyproject.toml (needs uv; UPGRADE=--upgrade takes newer releases)
	@below=""; for purpose in base dev browser; do \
		group=""; [ $$purpose = base ] || group="--group $$purpose"; \
		echo "requirements/$$purpose.txt"; \
		$(UV) pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
			--custom-compile-command "make lock" $$group $$below $(UPGRADE) \
			--output-file requirements/$$purpose.txt pyproject.toml || exit 1; \
		below="--constraint requirements/$$purpose.txt"; \
	done

clean: ## Remove everything that these commands made, except the database
	rm -rf .venv staticfiles htmlcov .coverage .pytest_cache .ruff_cache .import_linter_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

.venv/pyvenv.cfg:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
		echo "Python 3.11 or newer is needed; $(PYTHON) is not. Another one: make $(MAKECMDGOALS) PYTHON=python3.13"; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { \
		echo "$(PYTHON) cannot make virtual environments. On Debian and Ubuntu: apt-get install python3-venv"; exit 1; }
	@$(PYTHON) -m venv .venv || { rm -rf .venv; exit 1; }

# One environment; the locks agree with each other, so a larger one only adds.
.venv/%.stamp: requirements/%.txt .venv/pyvenv.cfg
	@echo "Installing requirements/$*.txt"
	@$(BIN)/python -m pip install --quiet --quiet --disable-pip-version-check --require-hashes --requirement requirements/$*.txt
	@touch $@
