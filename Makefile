# Two commands: `make run` and `make test`. Everything else is a convenience.
SHELL := /bin/bash
.DEFAULT_GOAL := help
STAMP := node_modules/.jitasa-installed

.PHONY: help run start test check format measure bench loadtest chaos soak clean

help: ## this list
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

$(STAMP): package.json package-lock.json .npmrc
	npm ci --no-progress --loglevel=error
	@touch $@

run: $(STAMP) ## install, migrate, seed, build, start with a drill on http://localhost:8080
	@npm run --silent up

start: $(STAMP) ## production start: no drill; refuses to start without what it needs
	@npm start --silent

test: $(STAMP) ## every test: unit, PostgreSQL, browser (installs the browser when absent)
	@bash tests/support/browser.sh
	npm run --silent test

check: $(STAMP) ## types, format, lint, unit tests; under a minute
	npm run --silent check

format: $(STAMP) ## let Biome write
	npm run --silent format

measure: $(STAMP) ## run what the issues call measures; writes tests/results/measures.json
	@bash tests/support/browser.sh
	npm run --silent measure

bench: $(STAMP) ## the fan-out beside its peers; BENCH_QUICK=1 for under 3 minutes
	npm run --silent bench

loadtest: $(STAMP) ## k6 against a hub of its own; PROFILE=short for under 2 minutes, RESULTS=folder
	bash loadtest/run.sh

chaos: $(STAMP) ## every fault TIMES=20 times, screens and a ledger beside; CHAOS=short: some once; writes tests/results/chaos.json
	@bash tests/support/faketime.sh
	npm run --silent chaos

soak: $(STAMP) ## HOURS=8 accelerated hours: what grows; says so in numbers
	npm run --silent soak -- --hours $(or $(HOURS),8)

clean: ## remove what was built and installed; keeps .data
	rm -rf node_modules .tsbuild dashboard/dist
