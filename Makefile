# Two commands: `make run` opens the application, `make test` runs every check.
# Both install what is missing first: system packages, then npm packages.

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help

# apt's packages: the webview to build against, its driver and a display for the end-to-end test.
PACKAGES := build-essential pkg-config libwebkit2gtk-4.1-dev webkit2gtk-driver xvfb xauth
NEXTEST := $(shell command -v cargo-nextest 2>/dev/null)
SUDO := $(shell [ "$$(id -u)" = 0 ] || echo sudo)
EXAMPLE := annotations/packets/packet-A.primum-packet
BUILT := $(abspath $(or $(CARGO_TARGET_DIR),target))
# What the tests say, and one line for each that cannot run on this machine.
LOG := $(BUILT)/tests.log
export PRIMUM_SKIPS := $(BUILT)/skipped-tests.txt
# A place in memory for the files of tests, where there is room. Most of them wait for the disk, and none tests it.
MEMORY := $(shell [ -w /dev/shm ] && [ "$$(df -k --output=avail /dev/shm | tail -1)" -gt 2000000 ] && echo TMPDIR=/dev/shm)
# Python with the packages that tests compare with, outside the checkout; crates/testing looks there too.
export PRIMUM_PACKAGES ?= $(or $(XDG_CACHE_HOME),$(HOME)/.cache)/primum-packages
PINNED := crates/testing/packages.lock

.PHONY: help node-check setup packages run dev browser test build rust-test journeys screenshots bench attack coverage bundle contract example clean

help: ## Show this list
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):[^#]*## /  make \1\t/' | expand -t 18

# Vite needs this much; Debian 12's own Node is older.
NODE_OK := $(shell node -e 'const [a, b] = process.versions.node.split("."); console.log(a > 20 || (a == 20 && b >= 19) ? "yes" : "")' 2>/dev/null)

setup: node-check ui/node_modules/.package-lock.json ## Install what is missing
	@if ! dpkg -s $(PACKAGES) >/dev/null 2>&1; then \
		echo "installing: $(PACKAGES)"; \
		$(SUDO) apt-get update -qq; \
		$(SUDO) env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $(PACKAGES) >/dev/null; \
	fi

node-check:
	@[ -n "$(NODE_OK)" ] || { echo "Node 20.19 or newer is needed; found: $$(node --version 2>/dev/null || echo none)."; exit 1; }

ui/node_modules/.package-lock.json: ui/package-lock.json
	cd ui && npm ci --no-audit --no-fund
	touch $@

ui/dist/.built: ui/node_modules/.package-lock.json $(shell find ui/src ui/index.html ui/vite.config.ts -type f 2>/dev/null)
	cd ui && npm run build
	touch $@

packages: ## Install the Python packages that the tests compare with: 1 GB, in some minutes
	@cmp -s $(PINNED) "$(PRIMUM_PACKAGES)/packages.lock" || { \
		echo "installing the Python packages of crates/testing/packages.txt" && \
		python3 -m venv "$(PRIMUM_PACKAGES)" && \
		env -u PYTHONDONTWRITEBYTECODE "$(PRIMUM_PACKAGES)/bin/pip" install -q --disable-pip-version-check -r $(PINNED) && \
		cp $(PINNED) "$(PRIMUM_PACKAGES)"; \
	}

run: setup ui/dist/.built ## Open the application with the example study
	@if [ -n "$${DISPLAY:-}$${WAYLAND_DISPLAY:-}" ]; then \
		cargo run --bin primum-desktop -- $(EXAMPLE); \
	else \
		echo "No display here, so no window: the same job without one."; \
		cargo run -q -p cli -- demo --out run/demo; \
	fi

# The window with its pages from a server; the shipped program knows of none.
DEV := {"build": {"devUrl": "http://localhost:1420", "beforeDevCommand": {"script": "npm run dev", "cwd": "ui"}}}

dev: setup ## Open the application, and reload it with every change
	ui/node_modules/.bin/tauri dev --config '$(DEV)' -- --bin primum-desktop

browser: setup ## Serve the screens to a browser, with the program behind them, and reload them with every change
	cargo build -p cli
	cd ui && npm run browser

test: setup ui/dist/.built ## Run every check
	cargo fetch --locked --quiet
	cargo fmt --all --check
	cargo check -p agreement --no-default-features
	$(MAKE) rust-test
	cd ui && npm run check
	cd ui && npm test 2>&1 | tee -a $(LOG)
	$(MAKE) journeys
	@node .ci/summary.mjs $(LOG) $(PRIMUM_SKIPS)

# All steps select the whole workspace: one that selects less has other features, and compiles the dependencies again.
test build rust-test journeys: export RUSTC_WORKSPACE_WRAPPER := $(abspath .ci/rustc)
build: setup ui/dist/.built
	cargo build --workspace --bins --lib --tests --benches --examples

# The journeys in the window come last and apart: they drive the built application.
# nextest leaves out the examples of the documentation. Named by --lib or --bins, libraries and programs without tests
# of their own would be compiled again to be run as some.
rust-test: build
	@mkdir -p $(BUILT)
	@rm -f $(PRIMUM_SKIPS)
ifdef NEXTEST
	$(MEMORY) cargo nextest run --workspace --tests --run-ignored all -E 'not binary(window)' 2>&1 | tee $(LOG)
	cargo test --workspace --doc 2>&1 | tee -a $(LOG)
else
	$(MEMORY) cargo test --workspace -- --skip journeys:: 2>&1 | tee $(LOG)
endif

# The webview composes the window in memory alone, which saves a third of the processor time; pictures of such a
# window now and then never come.
journeys: build
ifdef NEXTEST
	WEBKIT_DISABLE_DMABUF_RENDERER=1 cargo nextest run --workspace --tests -E 'binary(window)' --test-threads 2 2>&1 | tee -a $(LOG)
else
	WEBKIT_DISABLE_DMABUF_RENDERER=1 cargo test --workspace --test window -- --test-threads=2 2>&1 | tee -a $(LOG)
endif

screenshots: setup ui/dist/.built ## Take pictures of every screen that a journey meets: target/screenshots
	cargo build --workspace --bins --lib --tests
	rm -rf target/screenshots
	PRIMUM_PICTURES=$(abspath target/screenshots) cargo test --workspace --test window -- --test-threads=2

bench: setup ui/dist/.built ## Measure; the figures are in docs/benchmarks.md
	cargo bench -p commands --bench rating
	cargo bench -p agreement --bench resample
	python3 crates/agreement/benches/compare.py
	python3 crates/commands/benches/tables.py
	cargo build --release --bin primum-desktop
	cargo bench -p e2e --bench start --bench rate

attack: ## Try to break what is promised, for minutes: docs/attack.md
	cargo build --workspace --bins --lib --tests
	$(BUILT)/debug/attack $(ATTACK)

coverage: ## Simulate how often intervals hold the truth: docs/coverage.md
	cargo bench -p agreement --bench coverage

bundle: setup ## Build the package to hand to raters: target/release/bundle/deb
	ui/node_modules/.bin/tauri build --bundles deb

contract: ## Write the TypeScript contract
	UPDATE_CONTRACT=1 cargo test -q -p commands --test commands contract::

example: ## Rebuild the example study's packets, key and exports
	UPDATE_EXAMPLE=1 cargo test -q -p commands --test commands example_study::packets
	UPDATE_EXAMPLE=1 cargo test -q -p commands --test commands example_study::exports

clean: ## Remove what was built
	cargo clean
	rm -rf ui/dist ui/node_modules run
