// Command sallyport-cluster is the gate's cluster side: the admission webhook, and the audit of the objects of a cluster.
package main

import (
	_ "github.com/open-policy-agent/cert-controller/pkg/rotator"
	_ "github.com/open-policy-agent/opa/v1/plugins/bundle"
	_ "github.com/open-policy-agent/opa/v1/plugins/logs"
	_ "github.com/open-policy-agent/opa/v1/plugins/status"
	_ "github.com/prometheus/client_golang/prometheus/promhttp"
	_ "go.opentelemetry.io/otel/exporters/otlp/otlptrace/otlptracehttp"
	_ "k8s.io/client-go/dynamic"
	_ "k8s.io/client-go/tools/clientcmd"
	_ "sigs.k8s.io/controller-runtime/pkg/manager"
)

func main() {}
