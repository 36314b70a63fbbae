# The webhook and the audit against a real kube-apiserver and etcd. Include it from the Makefile.
#
# The API server, etcd and kubectl are tools of the module in this folder, so that none of their modules reaches the
# product; so is helm of the module e2e/chart, which has the versions of the product where both have a module, and compiles the less for
# it. Their first build compiles some 2400 packages: ten minutes of CPU, once.

KUBE_DIR := $(CACHE)/kube
KUBE_VERSION := 1.37.2
KUBE_LDFLAGS := -s -w -X k8s.io/component-base/version.gitVersion=v$(KUBE_VERSION) \
	-X k8s.io/component-base/version.gitMajor=1 -X k8s.io/component-base/version.gitMinor=37
KUBE_STAMP = $(KUBE_DIR)/$(shell { cat e2e/kube/go.sum e2e/chart/go.sum e2e/kube/kube.mk; go version; } | sha256sum | cut -c1-16).built

.PHONY: e2e-kube bench-kube kube-tools

e2e-kube: build-gate build-cluster kube-tools ## Run the webhook and the audit against a real kube-apiserver
	KUBE_BIN=$(abspath $(KUBE_DIR)) SALLYPORT_BIN=$(abspath $(BIN)) go -C e2e/kube test -count=1 -timeout 20m ./...

bench-kube: build-gate build-cluster kube-tools ## Print the CPU that admission adds to a request of a real kube-apiserver
	KUBE_BIN=$(abspath $(KUBE_DIR)) SALLYPORT_BIN=$(abspath $(BIN)) go -C e2e/kube test -count=1 -timeout 60m -run '^TestCost$$' . \
		-requests $(or $(N),800) -rounds $(or $(ROUNDS),9)

kube-tools: $(KUBE_STAMP) ## Build kube-apiserver, etcd, kubectl and helm

$(KUBE_STAMP): e2e/kube/go.sum e2e/chart/go.sum e2e/kube/kube.mk
	@mkdir -p $(KUBE_DIR)
	CGO_ENABLED=0 go -C e2e/kube build -mod=readonly -trimpath -ldflags "$(KUBE_LDFLAGS)" -o $(abspath $(KUBE_DIR))/ tool
	CGO_ENABLED=0 go -C e2e/chart build -mod=readonly -trimpath -ldflags '-s -w' -o $(abspath $(KUBE_DIR))/ tool
	@rm -f $(KUBE_DIR)/*.built
	@touch $@
