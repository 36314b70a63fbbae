package certs

import (
	"context"
	"crypto/x509"
	"io"
	"log/slog"
	"math/rand/v2"
	"testing"
	"time"

	"k8s.io/client-go/kubernetes"
)

const host = "sallyport.gate.svc"

func replica(client kubernetes.Interface, now func() time.Time, times Times) *SelfSigned {
	c := &SelfSigned{
		Client: client, Store: &Store{Now: now}, Namespace: "gate", Secret: "cert", Webhook: "gate",
		Names: []string{host, host + ".cluster.local"}, Now: now, Log: slog.New(slog.NewTextHandler(io.Discard, nil)),
	}
	c.rotation = newRotation(c.Names, times)
	return c
}

// trusts tells whether an API server that knows this caBundle would talk to who serves this certificate.
func trusts(t *testing.T, caBundle []byte, leaf *x509.Certificate, now time.Time) error {
	t.Helper()
	roots := x509.NewCertPool()
	roots.AppendCertsFromPEM(caBundle)
	_, err := leaf.Verify(x509.VerifyOptions{Roots: roots, DNSName: host, CurrentTime: now})
	return err
}

// TestOverlap holds over many renewals, with replicas that look at the cluster now and then, that whatever any of them serves is trusted
// by the configuration, also as it was some seconds ago.
func TestOverlap(t *testing.T) {
	if testing.Short() {
		t.Skip("makes some thirty RSA keys")
	}
	a, client := newAPI(t)
	a.register(nil)
	now := time.Date(2026, 11, 20, 12, 0, 0, 0, time.UTC)
	clock := func() time.Time { return now }
	times := Times{CA: 3 * time.Hour, Certificate: time.Hour, Settle: time.Minute, Overlap: 20 * time.Minute}
	replicas := []*SelfSigned{replica(client, clock, times), replica(client, clock, times), replica(client, clock, times)}
	random := rand.New(rand.NewPCG(1, 2))
	served := map[string]bool{}
	lag := make([][]byte, 2) // the bundle, one and two steps of 15 seconds ago
	for step := range 4 * 60 * 4 {
		for _, c := range replicas {
			if step > 1 && random.IntN(3) > 0 {
				continue
			}
			if err := c.once(context.Background()); err != nil {
				t.Fatalf("step %d: %v", step, err)
			}
		}
		bundle := a.bundle()
		for i, c := range replicas {
			leaf := c.Store.Leaf()
			served[leaf.SerialNumber.String()+leaf.NotAfter.String()] = true
			for _, seen := range [][]byte{bundle, lag[0], lag[1]} {
				if seen == nil {
					continue
				}
				if err := trusts(t, seen, leaf, now); err != nil {
					t.Fatalf("step %d: replica %d: %v", step, i, err)
				}
			}
		}
		lag[0], lag[1] = bundle, lag[0]
		now = now.Add(15 * time.Second)
	}
	most := 0
	for _, b := range a.bundles {
		most = max(most, len(split(b)))
	}
	if len(served) < 5 || most != 2 {
		t.Errorf("%d certificates in 4 hours, at most %d authorities", len(served), most)
	}
	if n := len(split(a.bundle())); n > 2 {
		t.Errorf("%d authorities in the end", n)
	}
}

func TestLostSecret(t *testing.T) {
	a, client := newAPI(t)
	a.register([]byte("nothing"))
	c := replica(client, time.Now, Times{})
	if err := c.once(context.Background()); err != nil {
		t.Fatal(err)
	}
	old := c.Store.Leaf()
	a.remove(secretPath)
	if err := c.once(context.Background()); err != nil {
		t.Fatal(err)
	}
	if c.Store.Leaf().Equal(old) {
		t.Error("the certificate of a lost Secret is still served")
	}
	for _, leaf := range []*x509.Certificate{old, c.Store.Leaf()} {
		if err := trusts(t, a.bundle(), leaf, time.Now()); err != nil {
			t.Error(err)
		}
	}
}

func TestReset(t *testing.T) {
	a, client := newAPI(t)
	c := replica(client, time.Now, Times{})
	if err := c.once(context.Background()); err != nil {
		t.Fatalf("without a configuration: %v", err)
	}
	a.register([]byte("what an installer wrote"))
	if err := c.once(context.Background()); err != nil {
		t.Fatal(err)
	}
	for i, w := range a.webhook().Webhooks {
		if string(w.ClientConfig.CABundle) != string(a.secret().Data[caCertificate]) {
			t.Errorf("webhook %d trusts %q", i, w.ClientConfig.CABundle)
		}
	}
}

// TestUnreachable holds that a cluster that does not answer takes away nothing that was there.
func TestUnreachable(t *testing.T) {
	a, client := newAPI(t)
	a.register(nil)
	c := replica(client, time.Now, Times{Every: 10 * time.Millisecond})
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	a.down = true
	if err := c.Ready(); err == nil {
		t.Error("ready before anything was read")
	}
	go c.Run(ctx)
	wait(t, "an error", func() bool { return c.Ready() != nil && c.Ready() != errNotYet })
	a.mu.Lock()
	a.down = false
	a.mu.Unlock()
	wait(t, "readiness", func() bool { return c.Ready() == nil })
	leaf := c.Store.Leaf()
	a.mu.Lock()
	a.down = true
	a.mu.Unlock()
	time.Sleep(50 * time.Millisecond)
	if !leaf.Equal(c.Store.Leaf()) {
		t.Error("another certificate is served")
	}
}

func wait(t *testing.T, what string, is func() bool) {
	t.Helper()
	for range 1000 {
		if is() {
			return
		}
		time.Sleep(20 * time.Millisecond)
	}
	t.Fatalf("no %s", what)
}
