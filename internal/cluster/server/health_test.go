package server

import (
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"sallyport/internal/cluster/certs"
)

// TestReady takes the clock through the life of a certificate.
func TestReady(t *testing.T) {
	start := time.Now()
	now := start
	clock := func() time.Time { return now }
	store := &certs.Store{Now: clock}
	var further error
	s := New(Options{Certificates: store, Now: clock, Expiry: 24 * time.Hour, Ready: []func() error{func() error { return further }}})
	ca := newAuthority(t, "ca")
	end := start.Add(30 * 24 * time.Hour).Truncate(time.Second)
	text := end.UTC().Format(time.RFC3339)
	for _, step := range []struct {
		do   func() error
		want string
	}{
		{func() error { return nil }, "503 not ready: no rules have been loaded yet\nnot ready: there is no certificate to serve yet\n"},
		{func() error { s.Use(&Rules{Review: allow, Loaded: start}); return nil }, "503 not ready: there is no certificate to serve yet\n"},
		{func() error { return store.Use(ca.issue(t, host, end, 1)) }, "200 ok\n"},
		{func() error { further = errors.New("the moon is full"); return nil }, "503 not ready: the moon is full\n"},
		{func() error { further = nil; return nil }, "200 ok\n"},
		{func() error { now = end.Add(-24 * time.Hour); return nil }, "200 ok\n"},
		{func() error { now = end.Add(-23 * time.Hour); return nil }, "503 not ready: the certificate expires at " + text + ", in less than 24h0m0s\n"},
		{func() error { now = end.Add(time.Second); return nil }, "503 not ready: the certificate expired at " + text + "\n"},
		{func() error { return store.Use(ca.issue(t, host, end.Add(100*24*time.Hour), 1)) }, "200 ok\n"},
		{func() error { now = start.Add(-2 * time.Hour); return nil }, "503 not ready: the certificate is not valid before "},
		{func() error { now = start; s.draining.Store(true); return nil }, "503 not ready: the server is shutting down\n"},
	} {
		if err := step.do(); err != nil {
			t.Fatal(err)
		}
		for _, h := range []http.Handler{s.Handler(), s.Plain()} {
			w := httptest.NewRecorder()
			h.ServeHTTP(w, httptest.NewRequest("GET", "/readyz", nil))
			if got := strings.TrimSpace(w.Result().Status[:3]) + " " + w.Body.String(); !strings.HasPrefix(got, step.want) {
				t.Errorf("got %q, want %q", got, step.want)
			}
		}
	}
}

// TestShutdown sends a signal's worth of an end while there is load: who asks as long as the server is said to be ready, and for
// the delay after that, is answered.
func TestShutdown(t *testing.T) {
	r := start(t, allow, func(o *Options) { o.Delay = 2 * time.Second })
	stop := make(chan struct{})
	answered := load(t, r, stop, r.ca)
	health := client(t, false, nil, r.ca)
	time.Sleep(100 * time.Millisecond)
	var gone atomic.Bool
	go func() {
		// As a load balancer: once the server is not ready, nobody is sent to it any more.
		for {
			if code, _ := get(t, health, r.url+"/readyz"); code != 200 {
				gone.Store(true)
				close(stop)
				return
			}
			time.Sleep(10 * time.Millisecond)
		}
	}()
	r.stop()
	if err := <-r.ended; err != nil {
		t.Error(err)
	}
	n, err := answered()
	if err != nil || n < 4 || !gone.Load() {
		t.Errorf("%d requests, then %v; not ready: %v", n, err, gone.Load())
	}
}
