package server

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"sallyport/internal/admission"
	"sallyport/internal/finding"
)

func TestValidate(t *testing.T) {
	r := start(t, allow, nil)
	for _, http2 := range []bool{true, false} {
		c := client(t, http2, nil, r.ca)
		resp, err := c.Post(r.url+"/validate?timeout=10s", "application/json; charset=utf-8", reviewBody())
		if err != nil {
			t.Fatal(err)
		}
		body, _ := io.ReadAll(resp.Body)
		resp.Body.Close()
		got := fmt.Sprint(resp.StatusCode, " ", resp.Header.Get("Content-Type"), " ", string(body))
		if want := fmt.Sprintf("200 application/json allowed %d", len(review)); got != want {
			t.Errorf("%s: got %s, want %s", resp.Proto, got, want)
		}
		if (resp.ProtoMajor == 2) != http2 || resp.TLS.Version != 0x0304 {
			t.Errorf("%s over TLS %x", resp.Proto, resp.TLS.Version)
		}
	}
}

func TestRefused(t *testing.T) {
	s := New(Options{MaxBody: 1000})
	s.Use(&Rules{Review: allow, Loaded: time.Now()})
	for _, c := range []struct {
		name, method, path, contentType, encoding string
		body                                      io.Reader
		want                                      string
	}{
		{"well", "POST", "/validate", "application/json", "", strings.NewReader("{}"), "200 allowed 2"},
		{"method", "GET", "/validate", "", "", nil, "405 reviews are sent by POST, not by GET"},
		{"path", "POST", "/mutate", "application/json", "", nil, "404 there is nothing here: the paths are /validate, /healthz, /readyz and /metrics"},
		{"type", "POST", "/validate", "text/yaml", "", strings.NewReader("{}"), `415 the body must be application/json, not "text/yaml"`},
		{"no type", "POST", "/validate", "", "", strings.NewReader("{}"), `415 the body must be application/json, not ""`},
		{"protobuf", "POST", "/validate", "application/vnd.kubernetes.protobuf", "", strings.NewReader("{}"), `415 the body must be application/json, not "application/vnd.kubernetes.protobuf"`},
		{"compressed", "POST", "/validate", "application/json", "gzip", strings.NewReader("{}"), `415 the body must not be compressed: it is sent as "gzip"`},
		{"large", "POST", "/validate", "application/json", "", strings.NewReader(strings.Repeat("x", 1001)), "413 the body has 1001 bytes, and the limit is 1000: see --max-body"},
		{"large in chunks", "POST", "/validate", "application/json", "", io.MultiReader(strings.NewReader(strings.Repeat("x", 1001))), "413 the body has more than 1000 bytes: see --max-body"},
		{"in chunks", "POST", "/validate", "application/json", "", io.MultiReader(strings.NewReader(strings.Repeat("x", 1000))), "200 allowed 1000"},
		{"probe by POST", "POST", "/healthz", "", "", nil, "405 use GET"},
	} {
		r := httptest.NewRequest(c.method, c.path, c.body)
		if c.contentType != "" {
			r.Header.Set("Content-Type", c.contentType)
		}
		if c.encoding != "" {
			r.Header.Set("Content-Encoding", c.encoding)
		}
		w := httptest.NewRecorder()
		s.Handler().ServeHTTP(w, r)
		if got := fmt.Sprint(w.Code, " ", strings.TrimSpace(w.Body.String())); got != c.want {
			t.Errorf("%s: got %s, want %s", c.name, got, c.want)
		}
	}
}

func TestNoRules(t *testing.T) {
	r := start(t, nil, nil)
	c := client(t, true, nil, r.ca)
	if code, text, err := post(c, r.url, reviewBody()); code != 503 || err != nil {
		t.Errorf("%d %s %v", code, text, err)
	}
	if code, text := get(t, c, r.url+"/readyz"); code != 503 || text != "not ready: no rules have been loaded yet\n" {
		t.Errorf("%d %q", code, text)
	}
	if code, _ := get(t, c, r.url+"/healthz"); code != 200 {
		t.Errorf("/healthz: %d", code)
	}
}

func TestPanic(t *testing.T) {
	r := start(t, func(context.Context, []byte) *admission.Decision { panic("oh") }, nil)
	c := client(t, true, nil, r.ca)
	code, text, err := post(c, r.url, reviewBody())
	if err != nil {
		t.Fatal(err)
	}
	var got map[string]any
	if err := json.Unmarshal([]byte(text), &got); err != nil {
		t.Fatal(err)
	}
	want := map[string]any{"apiVersion": "admission.k8s.io/v1", "kind": "AdmissionReview", "response": map[string]any{
		"uid": "705ab4f5", "allowed": false, "status": map[string]any{
			"code": 500.0, "reason": "InternalError",
			"message": "sallyport: the object could not be judged because of a bug, and what cannot be decided is not a pass; the log of the webhook says more under this request's uid",
		},
	}}
	if diff := cmp.Diff(want, got); diff != "" || code != 200 {
		t.Errorf("%d %s", code, diff)
	}
	if code, text, _ := post(c, r.url, strings.NewReader("[")); code != 500 || strings.Contains(text, "allowed") {
		t.Errorf("without a uid: %d %s", code, text)
	}
	if n := r.metric(t, "sallyport_panics_total"); n != "2" {
		t.Errorf("%s panics counted", n)
	}
}

// late waits for its deadline, as a review that is not done does.
func late(ctx context.Context, _ []byte) *admission.Decision {
	<-ctx.Done()
	return &admission.Decision{Body: []byte("late"), Status: 200, UID: "705ab4f5", Outcome: admission.Failed}
}

func TestDeadline(t *testing.T) {
	for _, c := range []struct {
		timeout time.Duration
		query   string
		allow   bool
		want    string
	}{
		{100 * time.Millisecond, "30s", false, "late"},
		{time.Hour, "100ms", false, "late"},
		{time.Hour, "100ms", true, `{"apiVersion":"admission.k8s.io/v1","kind":"AdmissionReview","response":{"uid":"705ab4f5","allowed":true,` +
			`"warnings":["sallyport: not judged: there was no decision within the deadline, and the webhook allows what is late"],"auditAnnotations":{"late":"allowed without a decision"}}}`},
	} {
		s := New(Options{Timeout: c.timeout, AllowLate: c.allow})
		s.Use(&Rules{Review: late, Loaded: time.Now()})
		r := httptest.NewRequest("POST", "/validate?timeout="+c.query, reviewBody())
		r.Header.Set("Content-Type", "application/json")
		w := httptest.NewRecorder()
		s.Handler().ServeHTTP(w, r)
		if w.Body.String() != c.want {
			t.Errorf("%+v: got %s", c, w.Body)
		}
	}
}

// TestLateDenial holds that what is denied stays so where late reviews are allowed, and that it is counted.
func TestLateDenial(t *testing.T) {
	s := New(Options{Timeout: 50 * time.Millisecond, AllowLate: true})
	s.Use(&Rules{Review: func(ctx context.Context, _ []byte) *admission.Decision {
		<-ctx.Done()
		return &admission.Decision{Body: []byte("denied"), Status: 200, UID: "u", Outcome: admission.Deny, Errors: []finding.Notification{{Error: true, Message: "not in its time"}}}
	}, Loaded: time.Now()})
	r := httptest.NewRequest("POST", "/validate", reviewBody())
	r.Header.Set("Content-Type", "application/json")
	w := httptest.NewRecorder()
	s.Handler().ServeHTTP(w, r)
	if w.Body.String() != "denied" {
		t.Errorf("got %s", w.Body)
	}
	w = httptest.NewRecorder()
	s.Plain().ServeHTTP(w, httptest.NewRequest("GET", "/metrics", nil))
	if !strings.Contains(w.Body.String(), "sallyport_late_reviews_total 1\n") {
		t.Error("what was cut short is not counted, because it was denied anyway")
	}
}

// TestSlowBody holds that a body that does not arrive ends with the deadline, and gives its memory back.
func TestSlowBody(t *testing.T) {
	r := start(t, allow, func(o *Options) { o.Timeout = 200 * time.Millisecond; o.Memory = 1000 })
	for _, http2 := range []bool{true, false} {
		body, slow := io.Pipe()
		go func() { _, _ = slow.Write([]byte("{")) }()
		code, text, err := post(client(t, http2, nil, r.ca), r.url, body)
		slow.Close()
		if err == nil && code != 408 || err != nil && code != 0 {
			t.Errorf("HTTP/2 %v: %d %s %v", http2, code, text, err)
		}
	}
	if n := r.metric(t, `sallyport_rejected_requests_total{reason="slow"}`); n != "2" {
		t.Errorf("%s slow bodies counted", n)
	}
	if n := r.metric(t, "sallyport_reserved_memory_bytes"); n != "0" {
		t.Errorf("%s bytes still reserved", n)
	}
}

// TestMemory holds that large reviews wait for each other, and not for ever.
func TestMemory(t *testing.T) {
	var mu sync.Mutex
	running, most := 0, 0
	block := make(chan struct{})
	s := New(Options{Timeout: 300 * time.Millisecond, Memory: 4 * 2 * 8 * 1000})
	s.Use(&Rules{Loaded: time.Now(), Review: func(ctx context.Context, body []byte) *admission.Decision {
		mu.Lock()
		running++
		most = max(most, running)
		mu.Unlock()
		<-block
		mu.Lock()
		running--
		mu.Unlock()
		return allow(ctx, body)
	}})
	ask := func() int {
		r := httptest.NewRequest("POST", "/validate", strings.NewReader(strings.Repeat(" ", 1000)))
		r.Header.Set("Content-Type", "application/json")
		w := httptest.NewRecorder()
		s.Handler().ServeHTTP(w, r)
		return w.Code
	}
	codes := make(chan int, 5)
	for range 5 {
		go func() { codes <- ask() }()
	}
	for range 3 {
		if code := <-codes; code != http.StatusServiceUnavailable {
			t.Errorf("one too many: %d", code)
		}
	}
	close(block)
	for range 2 {
		if code := <-codes; code != http.StatusOK {
			t.Errorf("in time: %d", code)
		}
	}
	if most != 2 {
		t.Errorf("%d at a time, want 2", most)
	}
}

// TestDecided holds that who is told of decisions delays no answer, breaks nothing, and is heard out before the end.
func TestDecided(t *testing.T) {
	block, told := make(chan struct{}), 0
	r := start(t, allow, func(o *Options) {
		o.Decided = func(_ context.Context, d *admission.Decision, body []byte, _ time.Time) {
			<-block
			if told++; d.UID != "u" || string(body) != review {
				t.Errorf("told of %s: %s", d.UID, body)
			}
			panic("oh")
		}
	})
	c := client(t, true, nil, r.ca)
	if code, text, err := post(c, r.url, reviewBody()); code != 200 {
		t.Fatal(code, text, err)
	}
	if n := r.metric(t, "sallyport_reserved_memory_bytes"); n == "0" {
		t.Error("the body is somebody else's before it was read")
	}
	c.CloseIdleConnections()
	r.stop()
	select {
	case err := <-r.ended:
		t.Errorf("ended before everything was told: %v", err)
	case <-time.After(300 * time.Millisecond):
	}
	close(block)
	if err := <-r.ended; err != nil || told != 1 {
		t.Errorf("%v, told %d times", err, told)
	}
}

func FuzzHandler(f *testing.F) {
	f.Add("POST", "/validate?timeout=1s", "application/json", []byte(review))
	f.Add("POST", "/validate?timeout=-1s", "application/json;", []byte(review)[:40])
	f.Add("POST", "/validate", "application/json", []byte("\xef\xbb\xbf{\"request\":{\"uid\":\"\x00\"}}\r\n"))
	f.Add("GET", "/validate?timeout=%", "", []byte(nil))
	f.Add("PUT", "/readyz", "text/plain", []byte("["))
	s := New(Options{MaxBody: 4096})
	s.Use(&Rules{Loaded: time.Now(), Review: func(_ context.Context, body []byte) *admission.Decision {
		if len(body)%2 == 0 {
			panic(string(body))
		}
		return &admission.Decision{Status: 200, Body: []byte("{}"), Outcome: admission.Deny}
	}})
	f.Fuzz(func(t *testing.T, method, target, contentType string, body []byte) {
		r, err := http.NewRequest(method, "https://gate"+target, strings.NewReader(string(body)))
		if err != nil {
			return
		}
		r.Header.Set("Content-Type", contentType)
		w := httptest.NewRecorder()
		s.Handler().ServeHTTP(w, r)
		if w.Code < 200 || w.Code > 599 || strings.Contains(w.Body.String(), `"allowed":true`) {
			t.Errorf("%d %s", w.Code, w.Body)
		}
	})
}
