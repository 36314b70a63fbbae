# sallyport. `make help` lists the targets.
SHELL := /bin/bash
.DEFAULT_GOAL := help
BIN := bin
CACHE := .cache
VERSION ?= $(shell git describe --tags --always --dirty 2>/dev/null || echo dev)
LDFLAGS := -s -w -X main.version=$(VERSION)
# A number of inputs, and not a time: go test takes an input that is under way when the time is up for a failure now and then.
FUZZTIME ?= 5000x
NOW := 2026-11-20T12:00:00Z
SERVICES := ledger-laptop ledger-hardened ledger-systemd ledger-distroless

include tools/lint.mk
include e2e/kube/kube.mk

.PHONY: help
help: ## List the targets
	@grep -hE '^[a-z][a-z-]*:.*## ' $(MAKEFILE_LIST) | sort | awk -F ':.*## ' '{printf "%-14s %s\n", $$1, $$2}'

.PHONY: build
build: build-gate build-cluster build-catalog ## Build all three programs into bin/

# Without cgo, the program needs no library of the system: it starts sooner, and runs in images that have none.
.PHONY: build-gate
build-gate: ## Build bin/sallyport alone
	@mkdir -p $(BIN)
	CGO_ENABLED=0 go build -trimpath -ldflags '$(LDFLAGS)' -o $(BIN)/sallyport ./cmd/sallyport

# The cluster side links Kubernetes' client and OPA's plugins, which would cost every start of the gate.
.PHONY: build-cluster
build-cluster: ## Build bin/sallyport-cluster alone
	@mkdir -p $(BIN)
	CGO_ENABLED=0 go build -trimpath -ldflags '$(LDFLAGS)' -o $(BIN)/sallyport-cluster ./cmd/sallyport-cluster

# The second binary is of a module of its own, so that syft's dependencies choose no version of ours. Its first build
# compiles some 1500 packages: minutes, once.
.PHONY: build-catalog
build-catalog: ## Build bin/sallyport-catalog alone
	@mkdir -p $(BIN)
	go -C cmd/sallyport-catalog build -trimpath -ldflags '$(LDFLAGS)' -o $(abspath $(BIN))/sallyport-catalog .

.PHONY: demo
demo: build-gate ## Build, and run the gate on the example services
	@for s in $(SERVICES); do \
	  echo; echo "== sallyport check testdata/services/$$s"; echo; \
	  $(BIN)/sallyport check testdata/services/$$s --now $(NOW); echo "exit code $$?"; \
	done

.PHONY: test
test: sarif-tool lint test-go test-catalog fuzz ## Install what is needed and run everything

.PHONY: test-go
test-go: ## Go tests: units, Rego, stories, conventions
	go test ./...

# Needs a C compiler, and compiles OPA and Kubernetes' client anew: minutes, once. So it is no part of "make test".
.PHONY: test-race
test-race: ## Tests of the webhook, the audit and bundles' sources with the race detector
	CGO_ENABLED=1 go test -race ./internal/cluster/... ./internal/admission ./bundles/remote

# With -trimpath, so that the packages are those that the build has compiled.
.PHONY: test-catalog
test-catalog: build ## Tests of the second binary
	@start=$$SECONDS; go -C cmd/sallyport-catalog test -trimpath . && echo "tests of the catalogue: $$((SECONDS - start)) s"

.PHONY: fuzz
fuzz: ## Fuzz each target for FUZZTIME (default 5000 inputs)
	@set -e; for pkg in $$(go list ./...); do \
	  for target in $$(go test -list '^Fuzz' $$pkg | grep '^Fuzz' || true); do \
	    echo "fuzz $$pkg $$target"; go test -run '^$$' -fuzz "^$$target$$" -fuzztime $(FUZZTIME) -fuzzminimizetime 1x $$pkg; \
	  done; \
	done

.PHONY: fuzz-systemd
fuzz-systemd: ## Compare generated units with systemd-analyze (UNITS=2000, SEED=252)
	go test ./collectors/systemd -run TestAgainstSystemd -v -units $(or $(UNITS),2000) -seed $(or $(SEED),252)

.PHONY: fuzz-firewall
fuzz-firewall: ## Compare generated rulesets with the kernel (N=1000, SEED=1); needs root and Debian's packages of the programs
	go run ./internal/firewall/fuzz -n $(or $(N),1000) -seed $(or $(SEED),1) -cache $(CACHE) -keep $(CACHE)/firewall-differences

.PHONY: bench
bench: ## Print ratios of time and memory to a floor and to opa eval, and how firewalls' exposure grows with their rules
	go run ./internal/bench
	go run ./internal/bench/webhook
	go test ./internal/firewall/reach -run '^$$' -bench . -benchtime 1x

.PHONY: soak
soak: ## Send N reviews (200000) to the webhook while rules and configuration change; memory must stay flat
	go run ./internal/bench/webhook -soak -n $(or $(N),200000)

.PHONY: generate
generate: ## Rewrite schemas, generated docs, stories and golden files
	go test ./policies ./collectors/... ./internal/report ./internal/accuracy ./cmd/sallyport -update

.PHONY: clean
clean: ## Remove what was built
	rm -rf $(BIN) $(CACHE)
