# Everything a contributor types. The work is done by scripts/; this file is the list of what there is.

# One place for compiler flags, e.g. make test SWIFT_FLAGS="--jobs 1".
SWIFT_FLAGS ?=
export SWIFT_FLAGS

# Where `make demo` and `make run` listen.
LISTEN ?= 127.0.0.1:8080
export LISTEN

.DEFAULT_GOAL := help
.PHONY: help demo run build release test lint bench bench-matching bench-slots bench-learning battery battery-controls nightly install dist packages clean-demo

help: ## Show this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /\1|/' | awk -F'|' '{ printf "  make %-18s %s\n", $$1, $$2 }'

demo: ## Build, fill ./demo with a believable organisation once, serve it on http://127.0.0.1:8080
	@scripts/demo

run: packages ## Serve ./data from a debug build
	swift run $(SWIFT_FLAGS) tandem serve --data data --listen $(LISTEN)

build: packages ## Debug build
	swift build $(SWIFT_FLAGS)

release: ## Release build, .build/release/tandem, which needs no Swift where it runs
	@scripts/release

test: ## All tests, with SQLite, PostgreSQL, a mail server and a browser
	@scripts/test

lint: ## Formatting of the Swift sources, syntax of the shell scripts
	@scripts/lint

bench: release ## Measure the engines and the server
	@Benchmarks/run

# Where the peers' scripts are, and where their programs and instances may be kept.
PEERS ?= ../shared/peers
PEERS_WORK ?= .build/peers

# Where `make install` puts the program.
PREFIX ?= /usr/local
DESTDIR ?=

bench-matching: release ## Measure the matching engine against peers (PEERS=folder PEERS_WORK=folder)
	@python3 Benchmarks/matching.py $(PEERS) $(PEERS_WORK) .build/release/tandem

bench-learning: release ## Measure recall, answers and adaptive tests against peers (PEERS=folder PEERS_WORK=folder)
	@python3 Benchmarks/learning.py $(PEERS) $(PEERS_WORK) .build/release/tandem

bench-slots: release ## Measure slots beside libical and dateutil, and the next free slot of 10,000 mentors (PEERS=folder)
	@PEERS=$(PEERS) Benchmarks/slots && Benchmarks/next

battery: release ## The long tests: races, kills, full disks (minutes)
	@scripts/battery run

battery-controls: release ## Break each promise on purpose; the battery must notice
	@scripts/battery controls

nightly: release ## All time zones, 100,000 random calendars through both readers, a fuzzer at every reader of files
	@Tests/nightly/run

install: release ## Put the program into PREFIX (default /usr/local): bin/tandem and share/tandem
	@scripts/install "$(DESTDIR)$(PREFIX)"

dist: release ## Pack the program for another machine: .build/tandem-VERSION-linux-ARCH.tar.gz
	@scripts/install --archive

packages: ## Install the Debian packages that the build needs, if any is missing
	@scripts/packages build

clean-demo: ## Delete ./demo
	rm -rf demo
