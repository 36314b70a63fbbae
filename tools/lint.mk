# Linting, and the tools that tests and linting run. Include it from the Makefile.
#
# The tools are of a module of their own, so they weigh on nobody who imports ours. They are built
# into .cache/, which git ignores, and built again when their versions change.

LINT_BIN := .cache/bin
SARIF_DIR := .cache/sarif
SARIF_TOOL := $(SARIF_DIR)/node_modules/@microsoft/sarif-multitool-linux/Sarif.Multitool

.PHONY: lint format sarif-tool

$(LINT_BIN)/.built: tools/go.mod tools/go.sum $(wildcard tools/buildkitlint/*.go)
	@mkdir -p $(LINT_BIN)
	go -C tools build -o "$(abspath $(LINT_BIN))/" honnef.co/go/tools/cmd/staticcheck mvdan.cc/gofumpt ./buildkitlint
	@touch $@

lint: $(LINT_BIN)/.built ## go vet, staticcheck, and the strict formatter
	go vet ./...
	$(LINT_BIN)/staticcheck ./...
	@unformatted=$$($(LINT_BIN)/gofumpt -l $$(git ls-files -co --exclude-standard '*.go')) || exit 1; \
	if [ -n "$$unformatted" ]; then \
		printf 'not formatted (run make format):\n%s\n' "$$unformatted"; exit 1; \
	fi

format: $(LINT_BIN)/.built ## rewrite the Go files as the formatter wants them
	$(LINT_BIN)/gofumpt -l -w $$(git ls-files -co --exclude-standard '*.go')

sarif-tool: $(SARIF_TOOL) ## install the SARIF validator that tests run

# Install scripts are not run; the one of this package only makes the validator executable.
$(SARIF_TOOL): tools/package.json tools/package-lock.json
	@mkdir -p $(SARIF_DIR)
	cp tools/package.json tools/package-lock.json $(SARIF_DIR)/
	npm ci --prefix $(SARIF_DIR) --ignore-scripts --no-audit --no-fund --loglevel=error
	@chmod u+x $@
	@touch $@
