# Everseal's workshop. Every target installs what it needs (tools/packages.txt) and is quick when
# nothing is missing. `make help` lists them.
SHELL := /bin/bash
.DEFAULT_GOAL := help
.PHONY: help demo run build test unit conformance scenario fault stories fuzzers fuzz bench format check-format tidy clean

SOURCES = $(shell find src apps bench tests -name node_modules -prune -o -type f \( -name '*.h' -o -name '*.cc' \) -print)
FUZZ_SECONDS ?= 60

help: ## This list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

demo: build ## From an empty disk to a certificate that renewed itself, with real AWS clients
	@tools/install-packages.sh demo
	@tools/demo.sh

run: build ## Serve in memory at http://127.0.0.1:4566 with the credentials test/test
	build/release/everseal serve --ephemeral

build: ## The program: build/release/everseal
	@tools/install-packages.sh build
	@tools/configure.sh release
	@cmake --build --preset release --target everseal

test: ## Everything that proves it
	@tools/install-packages.sh build test
	@$(MAKE) --no-print-directory check-format
	@$(MAKE) --no-print-directory unit
	@$(MAKE) --no-print-directory conformance
	@$(MAKE) --no-print-directory -j2 stories fuzzers
	@$(MAKE) --no-print-directory fuzz

unit: ## Unit and property tests under ASan and UBSan
	@tools/install-packages.sh build test
	@tools/configure.sh dev
	@cmake --build --preset dev
	@ctest --preset dev -j2

conformance: build ## AWS SDK v3 and the aws CLI against the release build
	@tools/install-packages.sh test
	@tools/node-modules.sh
	@cd tests/conformance && node --test --test-concurrency=2 .

scenario: build ## Whole stories: the demo, the README's walk, restarts
	@tools/install-packages.sh test
	@tools/run-scripts.sh tests/scenario

fault: build ## kill -9, full disk, wrong key, damage
	@tools/install-packages.sh test
	@tools/node-modules.sh
	@cmake --build --preset release --target load
	@tools/run-scripts.sh tests/fault

# What these leave idle builds the fuzzers meanwhile.
stories:
	@$(MAKE) --no-print-directory scenario
	@$(MAKE) --no-print-directory fault

fuzzers:
	@tools/install-packages.sh build test
	@tools/configure.sh fuzz
	@nice cmake --build --preset fuzz --target fuzzers

fuzz: fuzzers ## Each libFuzzer target for FUZZ_SECONDS (60) from its stored corpus
	@tools/run-fuzzers.sh $(FUZZ_SECONDS)

bench: ## Ratios against the physical limits measured in the same run
	@tools/install-packages.sh build bench
	@tools/configure.sh release
	@cmake --build --preset release
	@tools/bench.sh

format: ## Rewrite the sources in our format
	@tools/install-packages.sh format
	@clang-format-19 -i $(SOURCES)

check-format:
	@tools/install-packages.sh format
	@test -n '$(strip $(SOURCES))' || { echo "There are no sources to check." >&2; exit 1; }
	@clang-format-19 --dry-run --Werror $(SOURCES)

tidy: ## clang-tidy over everything
	@tools/install-packages.sh build tidy
	@tools/configure.sh tidy
	@cmake --build --preset tidy

clean: ## Throw the builds away
	rm -rf build
