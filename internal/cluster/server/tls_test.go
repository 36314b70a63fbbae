package server

import (
	"crypto/tls"
	"crypto/x509"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"sallyport/internal/cluster/certs"
)

// load asks from several clients at a time, over old and over new connections, until stop is closed. It returns the first error and
// how many were answered.
func load(t *testing.T, r *running, stop <-chan struct{}, trusted ...*authority) (answered func() (int64, error)) {
	t.Helper()
	var count atomic.Int64
	var first atomic.Pointer[error]
	var all sync.WaitGroup
	for i := range 4 {
		c := client(t, i%2 == 0, nil, trusted...)
		all.Go(func() {
			for n := 0; ; n++ {
				select {
				case <-stop:
					return
				default:
				}
				code, text, err := post(c, r.url, reviewBody())
				if err == nil && (code != 200 || !strings.HasPrefix(text, "allowed")) {
					err = errors.New(text)
				}
				if err != nil {
					first.CompareAndSwap(nil, &err)
					return
				}
				count.Add(1)
				if n%5 == 0 {
					c.CloseIdleConnections()
				}
			}
		})
	}
	return func() (int64, error) {
		all.Wait()
		if err := first.Load(); err != nil {
			return count.Load(), *err
		}
		return count.Load(), nil
	}
}

// TestRotation swaps the files of the certificate under load, as a Secret that is mounted is swapped: no request is lost, and a bad pair
// changes nothing.
func TestRotation(t *testing.T) {
	dir := t.TempDir()
	certificate, key := filepath.Join(dir, "tls.crt"), filepath.Join(dir, "tls.key")
	write := func(c, k []byte) {
		t.Helper()
		if err := errors.Join(os.WriteFile(certificate, c, 0o600), os.WriteFile(key, k, 0o600)); err != nil {
			t.Fatal(err)
		}
	}
	var good, bad atomic.Int64
	store := &certs.Store{Changed: func(_ *x509.Certificate, err error) {
		if err == nil {
			good.Add(1)
		} else {
			bad.Add(1)
		}
	}}
	r := start(t, allow, func(o *Options) { o.Certificates = store })
	second := newAuthority(t, "second")
	write(r.ca.server(t))
	go certs.Files(t.Context(), store, certificate, key, 20*time.Millisecond)
	until(t, func() bool { return good.Load() == 2 })
	stop := make(chan struct{})
	answered := load(t, r, stop, r.ca, second)
	for i := range 4 {
		write([][]byte{[]byte("no certificate"), second.pem, nil, []byte("-----BEGIN")}[i], []byte("no key"))
		until(t, func() bool { return bad.Load() == int64(i+1) })
		ca := []*authority{r.ca, second}[i%2]
		write(ca.server(t))
		until(t, func() bool { return good.Load() == int64(i+3) })
		if !strings.Contains(store.Leaf().Issuer.CommonName, ca.certificate.Subject.CommonName) {
			t.Errorf("served by %s", store.Leaf().Issuer)
		}
	}
	write(second.issue(t, host, time.Now().Add(-time.Minute), x509.ExtKeyUsageServerAuth))
	until(t, func() bool { return bad.Load() == 5 })
	close(stop)
	if n, err := answered(); err != nil || n < 4 {
		t.Errorf("%d requests, then %v", n, err)
	}
}

func until(t *testing.T, is func() bool) {
	t.Helper()
	for range 2000 {
		if is() {
			return
		}
		time.Sleep(10 * time.Millisecond)
	}
	t.Fatal("it did not happen")
}

func TestClients(t *testing.T) {
	first, second := newAuthority(t, "first clients"), newAuthority(t, "second clients")
	clients := &Clients{Names: []string{"kube-apiserver"}}
	r := start(t, allow, func(o *Options) { o.Clients = clients })
	own := func(a *authority, name string, until time.Time, usage x509.ExtKeyUsage) []tls.Certificate {
		pair, err := tls.X509KeyPair(a.issue(t, name, until, usage))
		if err != nil {
			t.Fatal(err)
		}
		return []tls.Certificate{pair}
	}
	later := time.Now().Add(time.Hour)
	good := client(t, true, own(first, "kube-apiserver", later, x509.ExtKeyUsageClientAuth), r.ca)
	if code, text, _ := post(good, r.url, reviewBody()); code != 403 || !strings.Contains(text, "have not been read yet") {
		t.Errorf("without authorities: %d %s", code, text)
	}
	if err := clients.Use([]byte("nothing")); err == nil {
		t.Error("no certificate was accepted as one")
	}
	if err := clients.Use(first.pem); err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		own  []tls.Certificate
		want string
	}{
		"none":        {nil, "no client certificate was presented"},
		"another ca":  {own(second, "kube-apiserver", later, x509.ExtKeyUsageClientAuth), "unknown authority"},
		"expired":     {own(first, "kube-apiserver", time.Now().Add(-time.Minute), x509.ExtKeyUsageClientAuth), "expired"},
		"for servers": {own(first, "kube-apiserver", later, x509.ExtKeyUsageServerAuth), "key usage"},
		"other name":  {own(first, "somebody", later, x509.ExtKeyUsageClientAuth), `"somebody" is none of the names`},
	} {
		c2 := client(t, false, c.own, r.ca)
		if code, text, err := post(c2, r.url, reviewBody()); code != 403 || !strings.Contains(text, c.want) {
			t.Errorf("%s: %d %s %v", name, code, text, err)
		}
		if code, _ := get(t, c2, r.url+"/readyz"); code != 200 {
			t.Errorf("%s: health is for everybody: %d", name, code)
		}
	}
	for _, step := range []struct {
		trusted *authority
		want    int
	}{{first, 200}, {first, 200}, {second, 403}, {first, 200}} { // over one connection
		if err := clients.Use(step.trusted.pem); err != nil {
			t.Fatal(err)
		}
		if code, text, err := post(good, r.url, reviewBody()); code != step.want || err != nil {
			t.Errorf("%s: %d %s %v", step.trusted.certificate.Subject, code, text, err)
		}
	}
}

func TestOldTLS(t *testing.T) {
	r := start(t, allow, nil)
	roots := x509.NewCertPool()
	roots.AppendCertsFromPEM(r.ca.pem)
	address := strings.TrimPrefix(r.url, "https://")
	if c, err := tls.Dial("tcp", address, &tls.Config{RootCAs: roots, ServerName: host, MaxVersion: tls.VersionTLS12}); err == nil {
		c.Close()
		t.Error("TLS 1.2 was accepted")
	}
}

// TestSlowHeader holds that who sends a request byte by byte keeps no connection.
func TestSlowHeader(t *testing.T) {
	if testing.Short() {
		t.Skip("waits for the time in which a header must arrive")
	}
	t.Parallel()
	r := start(t, allow, nil)
	roots := x509.NewCertPool()
	roots.AppendCertsFromPEM(r.ca.pem)
	c, err := tls.Dial("tcp", strings.TrimPrefix(r.url, "https://"), &tls.Config{RootCAs: roots, ServerName: host})
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	ended := make(chan error, 1)
	go func() {
		_, err := io.ReadAll(c)
		ended <- err
	}()
	for range 300 {
		_, _ = c.Write([]byte("P"))
		select {
		case <-ended:
			return
		case <-time.After(100 * time.Millisecond):
		}
	}
	t.Error("the connection is still open after 30 seconds")
}
