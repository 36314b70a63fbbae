package server

import (
	"net/http"
	"sync/atomic"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"sallyport/internal/admission"
)

// metrics are what the server counts. Labels have few values whatever is sent: no names of objects, and kinds of a list.
type metrics struct {
	registry                                    *prometheus.Registry
	reviews, findings, rejected, reloads, lines vector
	duration                                    *prometheus.HistogramVec
	inFlight                                    gauge
	panics, late                                prometheus.Counter
	loaded                                      atomic.Int64 // in seconds since 1970
}

type vector = *prometheus.CounterVec

// A gauge is a number that Prometheus and the server itself read.
type gauge struct{ n atomic.Int64 }

func (g *gauge) Inc() { g.n.Add(1) }
func (g *gauge) Dec() { g.n.Add(-1) }

func newMetrics(s *Server) *metrics {
	m := &metrics{registry: s.opts.Registry}
	vec := func(name, help string, labels ...string) vector {
		v := prometheus.NewCounterVec(prometheus.CounterOpts{Namespace: "sallyport", Name: name, Help: help}, labels)
		m.registry.MustRegister(v)
		return v
	}
	m.reviews = vec("reviews_total", "Reviews that were decided, by what was asked and what was decided.", "operation", "kind", "outcome", "dry_run")
	m.findings = vec("findings_total", "Findings about objects, by rule, kind of the object, mode of the binding and what the finding did.", "rule", "kind", "mode", "effect")
	m.rejected = vec("rejected_requests_total", "Requests that got no decision, by reason.", "reason")
	m.reloads = vec("reloads_total", "Changes of what is read again at runtime, by what it was and whether it was taken into use.", "what", "result")
	m.lines = vec("decision_log_lines_total", "Lines of the decision log, by what became of them.", "result")
	m.panics = vec("panics_total", "Reviews that ended in a panic, and were denied.").WithLabelValues()
	m.late = vec("late_reviews_total", "Reviews that were not decided within their deadline.").WithLabelValues()
	m.duration = prometheus.NewHistogramVec(prometheus.HistogramOpts{
		Namespace: "sallyport", Name: "review_duration_seconds", Help: "Time from the head of a request to its answer.",
		Buckets: []float64{.0005, .001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10, 30},
	}, []string{"operation"})
	m.registry.MustRegister(m.duration, collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	m.gauges(s)
	// A series that appears with its first event hides that event from rate().
	for _, reason := range []string{"method", "content_type", "client", "too_large", "memory", "slow", "aborted", "not_ready", "path"} {
		m.rejected.WithLabelValues(reason)
	}
	for _, result := range []string{"written", "dropped", "error"} {
		m.lines.WithLabelValues(result)
	}
	if s.opts.Decisions != nil {
		s.opts.Decisions.count = func(result string) { m.lines.WithLabelValues(result).Inc() }
	}
	return m
}

// gauges are read when somebody asks.
func (m *metrics) gauges(s *Server) {
	gauge := func(name, help string, read func() float64) {
		m.registry.MustRegister(prometheus.NewGaugeFunc(prometheus.GaugeOpts{Namespace: "sallyport", Name: name, Help: help}, read))
	}
	gauge("requests_in_flight", "Requests for reviews that are under way.", func() float64 { return float64(m.inFlight.n.Load()) })
	gauge("reserved_memory_bytes", "Memory that is reserved for the reviews under way.", func() float64 { return float64(s.budget.reserved.Load()) })
	gauge("ready", "1 where /readyz says that the server is ready.", func() float64 {
		if s.Ready() != nil {
			return 0
		}
		return 1
	})
	gauge("certificate_expiry_timestamp_seconds", "When the certificate that is served ends; 0 where there is none.", func() float64 {
		if leaf := s.opts.Certificates.Leaf(); leaf != nil {
			return float64(leaf.NotAfter.Unix())
		}
		return 0
	})
	gauge("bundle_loaded_timestamp_seconds", "When the rules in use were loaded; 0 where there are none.", func() float64 { return float64(m.loaded.Load()) })
	gauge("bundle_age_seconds", "Time since the rules in use were loaded.", func() float64 {
		if at := m.loaded.Load(); at != 0 {
			return s.opts.Now().Sub(time.Unix(at, 0)).Seconds()
		}
		return 0
	})
	gauge("bundle_last_success_timestamp_seconds", "When the source of the rules last said something valid; 0 where it never did.", func() float64 {
		if s.opts.Source != nil {
			if at, _ := s.opts.Source(); !at.IsZero() {
				return float64(at.Unix())
			}
		}
		return 0
	})
	info := prometheus.NewGaugeVec(prometheus.GaugeOpts{Namespace: "sallyport", Name: "build_info", Help: "Always 1; the version of the program."}, []string{"version"})
	info.WithLabelValues(s.opts.Version).Set(1)
	m.registry.MustRegister(info, bundleInfo{s})
}

// bundleInfo describes the rules in use: one series at a time.
type bundleInfo struct{ of *Server }

var bundleDesc = prometheus.NewDesc("sallyport_bundle_info", "Always 1; the rules in use.", []string{"revision", "digest"}, nil)

// Describe is of prometheus.Collector.
func (bundleInfo) Describe(to chan<- *prometheus.Desc) { to <- bundleDesc }

// Collect is of prometheus.Collector.
func (b bundleInfo) Collect(to chan<- prometheus.Metric) {
	if r := b.of.rules.Load(); r != nil {
		to <- prometheus.MustNewConstMetric(bundleDesc, prometheus.GaugeValue, 1, r.Revision, r.Digest)
	}
}

func (m *metrics) handler() http.Handler {
	return promhttp.HandlerFor(m.registry, promhttp.HandlerOpts{MaxRequestsInFlight: 4, Timeout: 20 * time.Second})
}

func (m *metrics) running() int64 { return m.inFlight.n.Load() }

func (m *metrics) inUse(r *Rules) { m.loaded.Store(r.Loaded.Unix()) }

func (m *metrics) reloaded(what string, err error) {
	result := "good"
	if err != nil {
		result = "bad"
	}
	m.reloads.WithLabelValues(what, result).Inc()
}

func (m *metrics) decided(d *admission.Decision, took time.Duration) {
	operation, kind := operations.known(d.Operation), kinds.known(d.Kind)
	dry := "false"
	if d.DryRun {
		dry = "true"
	}
	m.reviews.WithLabelValues(operation, kind, d.Outcome, dry).Inc()
	m.duration.WithLabelValues(operation).Observe(took.Seconds())
	if d.Generated {
		return
	}
	for i := range d.Judged {
		j := &d.Judged[i]
		m.findings.WithLabelValues(j.Finding.Rule.Name, kind, j.Mode, effect(j)).Inc()
	}
}

// words are the values that a label may have; whatever else is sent is "other".
type words map[string]bool

func (w words) known(s string) string {
	if w[s] {
		return s
	}
	return "other"
}

func newWords(all ...string) words {
	w := words{}
	for _, s := range all {
		w[s] = true
	}
	return w
}

var operations = newWords("CREATE", "UPDATE", "DELETE", "CONNECT")

var kinds = newWords("Pod", "Deployment", "ReplicaSet", "ReplicationController", "StatefulSet", "DaemonSet", "Job", "CronJob", "PodTemplate",
	"Service", "Ingress", "NetworkPolicy", "Namespace", "ConfigMap", "Secret", "ServiceAccount", "Role", "ClusterRole", "RoleBinding",
	"ClusterRoleBinding", "PersistentVolume", "PersistentVolumeClaim", "StorageClass", "HorizontalPodAutoscaler", "PodDisruptionBudget",
	"Endpoints", "EndpointSlice", "Node", "Event", "Lease", "Scale", "CustomResourceDefinition", "ResourceQuota", "LimitRange", "PriorityClass",
	"ValidatingWebhookConfiguration", "MutatingWebhookConfiguration", "ValidatingAdmissionPolicy", "ValidatingAdmissionPolicyBinding",
	"PodExecOptions", "PodAttachOptions", "PodPortForwardOptions", "PodProxyOptions", "Eviction", "Binding", "APIService", "IngressClass", "RuntimeClass")
