package server

import (
	"bytes"
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"fmt"
	"io"
	"math/big"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"

	"sallyport/internal/admission"
	"sallyport/internal/cluster/certs"
)

const host = "sallyport.gate.svc"

// An authority issues certificates for tests.
type authority struct {
	certificate *x509.Certificate
	key         *ecdsa.PrivateKey
	pem         []byte
}

func newKey(t testing.TB) *ecdsa.PrivateKey {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	return key
}

func newAuthority(t testing.TB, name string) *authority {
	t.Helper()
	key := newKey(t)
	template := &x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: name}, IsCA: true, BasicConstraintsValid: true,
		NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(10 * 365 * 24 * time.Hour), KeyUsage: x509.KeyUsageCertSign,
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, key.Public(), key)
	if err != nil {
		t.Fatal(err)
	}
	certificate, err := x509.ParseCertificate(der)
	if err != nil {
		t.Fatal(err)
	}
	return &authority{certificate, key, pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der})}
}

// issue makes a pair that is valid until then.
func (a *authority) issue(t testing.TB, name string, until time.Time, usage x509.ExtKeyUsage) (certificate, key []byte) {
	t.Helper()
	k := newKey(t)
	template := &x509.Certificate{
		SerialNumber: big.NewInt(time.Now().UnixNano()), Subject: pkix.Name{CommonName: name}, DNSNames: []string{name},
		NotBefore: time.Now().Add(-time.Hour), NotAfter: until, KeyUsage: x509.KeyUsageDigitalSignature, ExtKeyUsage: []x509.ExtKeyUsage{usage},
	}
	der, err := x509.CreateCertificate(rand.Reader, template, a.certificate, k.Public(), a.key)
	if err != nil {
		t.Fatal(err)
	}
	encoded, err := x509.MarshalPKCS8PrivateKey(k)
	if err != nil {
		t.Fatal(err)
	}
	return pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der}), pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: encoded})
}

func (a *authority) server(t testing.TB) (certificate, key []byte) {
	t.Helper()
	return a.issue(t, host, time.Now().Add(90*24*time.Hour), x509.ExtKeyUsageServerAuth)
}

// allow is a decider that allows everything.
func allow(_ context.Context, body []byte) *admission.Decision {
	return &admission.Decision{
		Body: fmt.Appendf(nil, "allowed %d", len(body)), Status: http.StatusOK, UID: "u", Operation: "CREATE", Kind: "Pod", Allowed: true, Outcome: admission.Allow,
	}
}

// A running server listens on loopback.
type running struct {
	*Server
	url, plain string
	ca         *authority
	stop       context.CancelFunc
	ended      chan error
}

// start runs a server with a certificate until the test ends. change, where set, changes the options.
func start(t testing.TB, review func(context.Context, []byte) *admission.Decision, change func(*Options)) *running {
	t.Helper()
	r := &running{ca: newAuthority(t, "first"), ended: make(chan error, 1)}
	opts := Options{Certificates: &certs.Store{}, Delay: time.Millisecond, Grace: 20 * time.Second}
	if change != nil {
		change(&opts)
	}
	if err := opts.Certificates.Use(r.ca.server(t)); err != nil {
		t.Fatal(err)
	}
	r.Server = New(opts)
	if review != nil {
		r.Use(&Rules{Review: review, Revision: "1", Digest: "sha256:1", Loaded: time.Now()})
	}
	reviews, plain := listen(t), listen(t)
	r.url, r.plain = "https://"+reviews.Addr().String(), "http://"+plain.Addr().String()
	var ctx context.Context
	ctx, r.stop = context.WithCancel(context.Background())
	go func() { r.ended <- r.Run(ctx, reviews, plain) }()
	t.Cleanup(func() {
		r.stop()
		select {
		case <-r.ended:
		default:
		}
	})
	return r
}

func listen(t testing.TB) net.Listener {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	return l
}

// client trusts authorities, and presents a certificate where it has one.
func client(t testing.TB, http2 bool, own []tls.Certificate, trusted ...*authority) *http.Client {
	t.Helper()
	roots := x509.NewCertPool()
	for _, a := range trusted {
		roots.AppendCertsFromPEM(a.pem)
	}
	transport := &http.Transport{
		TLSClientConfig:   &tls.Config{RootCAs: roots, ServerName: host, Certificates: own},
		ForceAttemptHTTP2: http2, MaxIdleConnsPerHost: 100,
	}
	t.Cleanup(transport.CloseIdleConnections)
	return &http.Client{Transport: transport, Timeout: 30 * time.Second}
}

// post sends a review and returns the answer's status and body.
func post(c *http.Client, url string, body io.Reader) (int, string, error) {
	resp, err := c.Post(url+"/validate?timeout=10s", "application/json", body)
	if err != nil {
		return 0, "", err
	}
	defer resp.Body.Close()
	text, err := io.ReadAll(resp.Body)
	return resp.StatusCode, string(text), err
}

func get(t testing.TB, c *http.Client, url string) (int, string) {
	t.Helper()
	resp, err := c.Get(url)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	text, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	return resp.StatusCode, string(text)
}

// metric returns the sample of /metrics that starts with a text, such as `sallyport_panics_total`.
func (r *running) metric(t testing.TB, name string) string {
	t.Helper()
	_, text := get(t, http.DefaultClient, r.plain+"/metrics")
	for line := range strings.SplitSeq(text, "\n") {
		if value, ok := strings.CutPrefix(line, name+" "); ok {
			return value
		}
	}
	return ""
}

const review = `{"apiVersion":"admission.k8s.io/v1","kind":"AdmissionReview","request":{"uid":"705ab4f5","operation":"CREATE","kind":{"group":"","version":"v1","kind":"Pod"}}}`

func reviewBody() io.Reader { return bytes.NewReader([]byte(review)) }
