package server

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/prometheus/client_golang/prometheus/testutil/promlint"
	sdk "go.opentelemetry.io/otel/sdk/trace"
	"go.opentelemetry.io/otel/sdk/trace/tracetest"

	"sallyport/internal/admission"
	"sallyport/internal/fact"
	"sallyport/internal/finding"
)

// judged is a decision with findings of several effects, one of them about a value that is private.
func judged(context.Context, []byte) *admission.Decision {
	rule := func(name string) *finding.Rule { return &finding.Rule{Name: name, Kind: "kubernetes"} }
	return &admission.Decision{
		Body: []byte("{}"), Status: 200, UID: "705ab4f5", Operation: "CREATE", Version: "v1", Kind: "Pod", Namespace: "apps", Name: "web", User: "alice",
		Outcome: admission.Deny, Bindings: []string{"apps=enforce"},
		Judged: []admission.Judged{
			{Mode: "enforce", Binding: "apps", Denies: true, Finding: finding.Finding{Rule: rule("kubernetes/root"), Severity: finding.High, Message: "runs as root", Field: "spec.containers[0]", Fingerprint: "f1"}},
			{Mode: "warn", Finding: finding.Finding{
				Rule: rule("kubernetes/env"), Severity: finding.Low, Field: "spec.containers[0].env[0]",
				Place:   finding.Place{At: fact.Path{"containers", 0, "env", 0}},
				Message: `HOST is "db.internal"`,
			}},
			{Mode: "enforce", Inherited: true, Finding: finding.Finding{Rule: rule("kubernetes/old"), Severity: finding.Medium}},
			{Mode: "enforce", Finding: finding.Finding{Rule: rule("kubernetes/waived"), Severity: finding.Medium, Waived: &finding.Waiver{Reason: "until Friday"}}},
			{Mode: "audit", Finding: finding.Finding{Rule: rule("kubernetes/seen"), Severity: finding.Medium}},
		},
	}
}

func ask(t *testing.T, s *Server, header ...string) {
	t.Helper()
	r := httptest.NewRequest("POST", "/validate", reviewBody())
	r.Header.Set("Content-Type", "application/json")
	for i := 0; i+1 < len(header); i += 2 {
		r.Header.Set(header[i], header[i+1])
	}
	w := httptest.NewRecorder()
	s.Handler().ServeHTTP(w, r)
	if w.Code != 200 {
		t.Fatalf("%d %s", w.Code, w.Body)
	}
}

func TestMetrics(t *testing.T) {
	s := New(Options{Version: "1.2.3"})
	loaded := time.Date(2026, 11, 20, 12, 0, 0, 0, time.UTC)
	s.Use(&Rules{Review: judged, Revision: "6", Digest: "sha256:a", Loaded: loaded})
	s.Use(&Rules{Review: judged, Revision: "7", Digest: "sha256:b", Loaded: loaded})
	s.Reloaded("certificate", nil)
	s.Reloaded("config", errors.New("line 3"))
	ask(t, s)
	ask(t, s)
	w := httptest.NewRecorder()
	s.Plain().ServeHTTP(w, httptest.NewRequest("GET", "/metrics", nil))
	text := w.Body.String()
	problems, err := promlint.New(strings.NewReader(text)).Lint()
	for _, p := range problems {
		t.Errorf("%s: %s", p.Metric, p.Text)
	}
	if err != nil {
		t.Error(err)
	}
	for _, line := range []string{
		`sallyport_reviews_total{dry_run="false",kind="Pod",operation="CREATE",outcome="deny"} 2`,
		`sallyport_findings_total{effect="denied",kind="Pod",mode="enforce",rule="kubernetes/root"} 2`,
		`sallyport_findings_total{effect="warned",kind="Pod",mode="warn",rule="kubernetes/env"} 2`,
		`sallyport_findings_total{effect="inherited",kind="Pod",mode="enforce",rule="kubernetes/old"} 2`,
		`sallyport_findings_total{effect="waived",kind="Pod",mode="enforce",rule="kubernetes/waived"} 2`,
		`sallyport_findings_total{effect="audited",kind="Pod",mode="audit",rule="kubernetes/seen"} 2`,
		`sallyport_review_duration_seconds_count{operation="CREATE"} 2`,
		`sallyport_bundle_info{digest="sha256:b",revision="7"} 1`,
		`sallyport_bundle_loaded_timestamp_seconds 1.795176e+09`,
		`sallyport_reloads_total{result="good",what="certificate"} 1`,
		`sallyport_reloads_total{result="bad",what="config"} 1`,
		`sallyport_build_info{version="1.2.3"} 1`,
		`sallyport_certificate_expiry_timestamp_seconds 0`,
		`sallyport_rejected_requests_total{reason="too_large"} 0`,
		`sallyport_requests_in_flight 0`,
		`sallyport_panics_total 0`,
		`sallyport_ready 0`,
	} {
		if !strings.Contains(text, line+"\n") {
			t.Errorf("no line %s", line)
		}
	}
	if t.Failed() {
		t.Log(text)
	}
}

// TestCardinality holds that no name of whoever asks makes a series.
func TestCardinality(t *testing.T) {
	s := New(Options{})
	n := 0
	s.Use(&Rules{Loaded: time.Now(), Review: func(context.Context, []byte) *admission.Decision {
		n++
		name := strings.Repeat("x", n)
		return &admission.Decision{Body: []byte("{}"), Status: 200, UID: name, Operation: name, Kind: name, Namespace: name, Name: name, User: name, Outcome: admission.Allow}
	}})
	series := func() int {
		w := httptest.NewRecorder()
		s.Plain().ServeHTTP(w, httptest.NewRequest("GET", "/metrics", nil))
		return strings.Count(w.Body.String(), "\nsallyport_")
	}
	ask(t, s)
	before := series()
	for range 100 {
		ask(t, s)
	}
	if after := series(); after != before {
		t.Errorf("%d series, then %d", before, after)
	}
}

func TestDecisionLog(t *testing.T) {
	var out bytes.Buffer
	log := NewDecisionLog(&out)
	s := New(Options{Decisions: log})
	s.Use(&Rules{Review: judged, Revision: "7", Digest: "sha256:b", Loaded: time.Now()})
	ask(t, s)
	log.Close(time.Minute)
	ask(t, s) // too late for the log
	var got record
	decoder := json.NewDecoder(&out)
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&got); err != nil || decoder.More() {
		t.Fatalf("%v, more: %v", err, decoder.More())
	}
	if got.Time.IsZero() || got.Millis < 0 {
		t.Errorf("at %s, took %v ms", got.Time, got.Millis)
	}
	got.Time, got.Millis = time.Time{}, 0
	want := record{
		UID: "705ab4f5", Operation: "CREATE", Version: "v1", Kind: "Pod", Namespace: "apps", Name: "web", User: "alice", Outcome: "deny",
		Bindings: []string{"apps=enforce"}, Errors: []string{}, Revision: "7", Digest: "sha256:b",
		Findings: []recordFinding{
			{Rule: "kubernetes/root", Severity: "high", Mode: "enforce", Binding: "apps", Effect: "denied", Place: "spec.containers[0]", Message: "runs as root", Fingerprint: "f1"},
			{Rule: "kubernetes/env", Severity: "low", Mode: "warn", Effect: "warned", Place: "spec.containers[0].env[0]", Message: `HOST is "***"`},
			{Rule: "kubernetes/old", Severity: "medium", Mode: "enforce", Effect: "inherited"},
			{Rule: "kubernetes/waived", Severity: "medium", Mode: "enforce", Effect: "waived", Waiver: "until Friday"},
			{Rule: "kubernetes/seen", Severity: "medium", Mode: "audit", Effect: "audited"},
		},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

// stuck is a disk that hangs.
type stuck chan struct{}

func (s stuck) Write(p []byte) (int, error) { <-s; return len(p), nil }

// TestStuckLog holds that a log that cannot be written holds up no review, and that what is lost is counted.
func TestStuckLog(t *testing.T) {
	disk := make(stuck)
	defer close(disk)
	log := NewDecisionLog(disk)
	dropped := 0
	s := New(Options{Decisions: log})
	log.count = func(result string) {
		if result == "dropped" {
			dropped++
		}
	}
	s.Use(&Rules{Review: judged, Loaded: time.Now()})
	for range queued + 1000 {
		ask(t, s)
	}
	if dropped == 0 {
		t.Error("nothing was dropped")
	}
}

func TestTrace(t *testing.T) {
	spans := tracetest.NewInMemoryExporter()
	provider := sdk.NewTracerProvider(sdk.WithSyncer(spans))
	s := New(Options{Tracer: provider.Tracer("sallyport")})
	s.Use(&Rules{Review: judged, Loaded: time.Now()})
	ask(t, s, "Traceparent", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01")
	got := spans.GetSpans()
	if len(got) != 1 {
		t.Fatalf("%d spans", len(got))
	}
	if got[0].Parent.TraceID().String() != "4bf92f3577b34da6a3ce929d0e0e4736" || got[0].Name != "review" || len(got[0].Attributes) != 8 {
		t.Errorf("%+v", got[0])
	}
}
