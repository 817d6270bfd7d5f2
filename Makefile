# The project's commands; `make` alone lists them, in French like all that a user reads.
# Each goes through deploy/install.sh, which finds Python, keeps .venv up to date and runs the rest in it.

PORT ?= 8000
DAY ?=
FRESH ?=
SHARE ?= 0.05
WORKERS ?= 2
SIZE ?= 3k
SET ?= $(or $(CAMINS_SHARED_DATA),../shared/data)/eval
ARGS ?=

LAUNCH := deploy/install.sh
PYTEST := python -m pytest --numprocesses $(WORKERS) --dist loadfile
LOCK := $(LAUNCH) uv pip compile --quiet --universal --python-version 3.12 --generate-hashes \
	--no-annotate --no-header --no-emit-index-url
CHECKS := check-style check-format check-types check-templates check-imports check-migrations

.DEFAULT_GOAL := help
.PHONY: help install demo test test-all lint format evaluate bench requirements $(CHECKS)

help: ## Liste les commandes
	@awk -F ':.*## ' '/^[a-z-]+:.*## /{printf "  make %-16s %s\n", $$1, $$2}' Makefile

install: ## Installe les dépendances dans .venv, rien d'autre sur la machine
	@$(LAUNCH) install

demo: ## Lance le portail et son monde fictif (PORT=8000 DAY=2027-01-15 FRESH=1)
	@$(LAUNCH) run python manage.py demo --port $(PORT) $(if $(DAY),--day $(DAY)) $(if $(FRESH),--fresh) $(ARGS)

test: ## Lance les tests, les plus longs en partie (SHARE=0.05 WORKERS=2 ARGS="-k nom")
	@$(LAUNCH) browser
	@$(LAUNCH) run $(PYTEST) --share $(SHARE) $(ARGS)

test-all: ## Lance tous les tests en entier, écrit leurs comptes dans .var/test-all.json
	@$(LAUNCH) browser
	@$(LAUNCH) run $(PYTEST) --share 1 --counts-report .var/test-all.json $(ARGS)

lint: ## Vérifie style, types, gabarits, imports et migrations (make -k lint : tout, malgré les fautes)
lint: $(CHECKS)

check-style:
	@$(LAUNCH) run ruff check --output-format concise .

check-format:
	@$(LAUNCH) run ruff format --check --output-format concise .

check-types:
	@$(LAUNCH) run mypy

check-templates:
	@$(LAUNCH) run djlint --lint --quiet templates

check-imports:
	@$(LAUNCH) run lint-imports --no-logo

check-migrations:
	@$(LAUNCH) run python manage.py makemigrations --check --dry-run

format: ## Met le code en forme
	@$(LAUNCH) run ruff format .
	@$(LAUNCH) run ruff check --fix .

evaluate: ## Mesure ce que le portail comprend, sur les jeux publics (SET=dossier ARGS="--check")
	@$(LAUNCH) run python manage.py evaluate --set $(SET) $(ARGS)

bench: ## Mesure les temps de réponse face à d'autres moteurs (SIZE=60k ARGS="--check --json rapport.json")
	@$(if $(filter 257 3k,$(SIZE)),,$(LAUNCH) peers)
	@$(LAUNCH) run python manage.py bench --size $(SIZE) $(ARGS)

requirements: ## Recalcule les fichiers de dépendances, avec empreintes et sans adresse
	@$(LOCK) pyproject.toml -o requirements/runtime.txt
	@$(LOCK) pyproject.toml --group embedded --group dev -c requirements/runtime.txt -o requirements/dev.txt
	@$(LOCK) pyproject.toml --extra bench -c requirements/runtime.txt -o requirements/bench.txt
	@printf 'uv>=0.13,<0.14\n' | $(LOCK) - -o requirements/uv.txt
