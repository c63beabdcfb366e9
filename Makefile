# `make help` says what there is. Long steps show their time; their output lies in build/log/.

SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory --no-builtin-rules
export PATH := $(CURDIR)/.tools/bin:$(PATH)

# Node from npm trusts a list of its own; behind a mirror with a certificate of its own, Debian's list is the right one.
export NODE_EXTRA_CA_CERTS ?= /etc/ssl/certs/ca-certificates.crt

PREFIX ?= /usr/local
DEMO_ARGS ?=
RUN_ARGS ?=
FUZZ_SECONDS ?= 60
FACTS ?= 1000000
INCIDENTS ?= 100000
ROUNDS ?= 200
CONTROL ?=
COMMANDS ?= 100000
ENGINE ?= sqlite
SIM_SECONDS ?= 480
SIM_SEED ?= 1
STEP := tools/setup/step

.PHONY: help demo demo-levels run test bench lists sim sim-nightly mutants kill failover roll restore onestream storm format layout lint asan asan-bytes tsan fuzz data install clean server console packages-%

help: ## this list
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 20

demo: server console ## build, start the demo city on 127.0.0.1:8080 and play an incident (DEMO_ARGS=--once: and leave)
	@build/anlan demo $(DEMO_ARGS)

demo-levels: server console ## a city, three counties and six towns, each an own node; a page to cut their lines (DEMO_ARGS=--once: and leave)
	@node tools/levels/demo.mjs $(DEMO_ARGS)

run: server console ## build and start an empty node (RUN_ARGS goes to `anlan serve`)
	@build/anlan serve $(RUN_ARGS)

test: packages-demo+test server console ## build what is needed and run every test (ENGINE=postgres: on the other engine)
	@tools/setup/build build all "Tests of the server"
	@ENGINE=$(ENGINE) test/run

bench: server ## print name, value, unit, reference, ratio of all that must be fast (both engines unless ENGINE says one; FACTS=1000000: of a long journal)
	@tools/setup/build build bench "Benchmarks"
	@for engine in $(if $(filter file,$(origin ENGINE)),sqlite postgres,$(ENGINE)); do bench/run $$engine $(FACTS) || exit 1; done

lists: server ## ask a node of INCIDENTS=100000 all that the console asks for, on both engines (ten minutes)
	@tools/setup/build build lists_bench "Lists of a large node"
	@bench/run lists $(INCIDENTS)

sim: packages-demo ## play a city with 111 nodes under seeded faults for SIM_SECONDS=480, from SIM_SEED=1 on
	@tools/setup/build build sim "Simulator"
	@build/sim --world city --days 20 --work 120 --faults 40 --seed $(SIM_SEED) --seconds $(SIM_SECONDS)

sim-nightly: ## the same for eight hours, from a seed of the day on, and every planted mistake
	@$(MAKE) sim SIM_SECONDS=28800 SIM_SEED=$$(date +%Y%m%d00)
	@$(MAKE) mutants

mutants: packages-demo ## plant mistakes in the production code, one after the other: the simulator must find each
	@tools/setup/build build sim_mutants "Simulator with mistakes"
	@build/sim_mutants

kill: server ## kill -9 a node under 64 clients ROUNDS times, look for every command that it had acknowledged
	@tools/setup/build build kill_test "Kill test"
	@ANLAN_KILL_ROUNDS=$(ROUNDS) build/kill_test --gtest_filter='Kill.*'

failover: server ## kill and hand over three processes on a PostgreSQL cluster ROUNDS times under 64 clients (half an hour)
	@node test/cluster/campaign.mjs $(ROUNDS)

roll: server ## restart two processes on a PostgreSQL cluster one after the other under 64 clients: no request may fail
	@node test/cluster/roll.mjs

restore: server ## back up a PostgreSQL cluster, spoil it, bring it back to the moment before, and to its end
	@node test/cluster/restore.mjs

onestream: server ## COMMANDS by 64 clients at two processes to one stream of a throw-away PostgreSQL, leases taken away meanwhile
	@node test/cluster/one_stream.mjs $(COMMANDS)

storm: packages-storm server ## a county cut off for a storm's seven days, in network namespaces with loss; then kill -9 of either side ROUNDS times (root)
	@node test/levels/storm.mjs $(ROUNDS) $(CONTROL)

format: packages-lint ## lay out every C++ file
	@git ls-files -co --exclude-standard '*.h' '*.cpp' | xargs -r clang-format-14 -i

layout: packages-lint ## is every C++ file laid out as `make format` would?
	@git ls-files -co --exclude-standard '*.h' '*.cpp' | xargs -r clang-format-14 --dry-run -Werror

lint: layout server console ## layout, static checks, types (LINT=all: clang-tidy reads every file, not only changed ones)
	@tools/lint

asan: packages-demo ## unit tests under AddressSanitizer and UndefinedBehaviorSanitizer
	@tools/setup/build build/asan all "Tests under ASan and UBSan" -DANLAN_SANITIZE=address,undefined
	@test/unit build/asan

asan-bytes: packages-demo # of what takes bytes from outside, for CI
	@tools/setup/build build/asan byte_tests "Tests of bytes under ASan and UBSan" -DANLAN_SANITIZE=address,undefined
	@test/unit build/asan bytes

tsan: packages-demo ## unit tests of what is threaded under ThreadSanitizer
	@tools/setup/build build/tsan all "Tests under TSan" -DANLAN_SANITIZE=thread
	@test/unit build/tsan

fuzz: packages-demo+fuzz ## feed hostile bytes to every parser, FUZZ_SECONDS each (or FUZZ_RUNS=10000000 times; FUZZ="cap cmpp": those)
	@CC=clang-14 CXX=clang++-14 tools/setup/build build/fuzz fuzz "Fuzz targets" -DANLAN_FUZZ=ON
	@test/fuzz/run build/fuzz "$(FUZZ_SECONDS)" "$(FUZZ_RUNS)" $(FUZZ)

data: ## make the files under data/ anew that are converted from public tables
	@tools/setup/node
	@tools/data

install: server console ## copy to DESTDIR and PREFIX, with a systemd unit
	@deploy/install "$(DESTDIR)" "$(PREFIX)"

clean: ## remove everything built; what was installed from Debian stays
	@rm -rf build console/dist console/node_modules .stamps .tools

packages-%:
	@tools/setup/packages $(subst +, ,$*)

server: packages-demo
	@tools/setup/build build anlan "Server"

console:
	@tools/setup/node
	@tools/setup/console
