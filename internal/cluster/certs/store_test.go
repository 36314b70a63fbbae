package certs

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"encoding/pem"
	"math/big"
	"strings"
	"testing"
	"time"
)

// issue makes a pair that signs itself; change changes it.
func issue(t *testing.T, change func(*x509.Certificate)) (certificate, key []byte) {
	t.Helper()
	k, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	c := &x509.Certificate{
		SerialNumber: big.NewInt(1), DNSNames: []string{host}, ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth},
		NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour),
	}
	change(c)
	der, err := x509.CreateCertificate(rand.Reader, c, c, k.Public(), k)
	if err != nil {
		t.Fatal(err)
	}
	private, err := x509.MarshalPKCS8PrivateKey(k)
	if err != nil {
		t.Fatal(err)
	}
	return pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der}), pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: private})
}

func nothing(*x509.Certificate) {}

// TestStore holds that a pair which could not be served replaces none that can, and that who listens is told why.
func TestStore(t *testing.T) {
	var told []string
	s := &Store{Changed: func(_ *x509.Certificate, err error) {
		if err == nil {
			told = append(told, "good")
		} else {
			told = append(told, err.Error())
		}
	}}
	if _, err := s.Certificate(nil); err == nil || s.Ready(0) == nil || s.Leaf() != nil {
		t.Error("an empty store serves something")
	}
	certificate, key := issue(t, nothing)
	_, another := issue(t, nothing)
	if err := s.Use(certificate, key); err != nil {
		t.Fatal(err)
	}
	if err := s.Use(certificate, key); err != nil {
		t.Fatal(err)
	}
	good := s.Leaf()
	for _, c := range []struct {
		change func(*x509.Certificate)
		key    []byte
		want   string
	}{
		{nothing, another, "private key does not match public key"},
		{nothing, []byte("no key"), "find any PEM data"},
		{func(c *x509.Certificate) { c.NotAfter = time.Now().Add(-time.Minute) }, nil, "the certificate expired at "},
		{func(c *x509.Certificate) { c.NotBefore = time.Now().Add(time.Minute) }, nil, "the certificate is not valid before "},
		{func(c *x509.Certificate) { c.DNSNames = nil }, nil, "names no host"},
		{func(c *x509.Certificate) { c.ExtKeyUsage = []x509.ExtKeyUsage{x509.ExtKeyUsageClientAuth} }, nil, "not for servers"},
	} {
		certificate, key := issue(t, c.change)
		if c.key != nil {
			key = c.key
		}
		if err := s.Use(certificate, key); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%v, want %q", err, c.want)
		}
		if s.Leaf() != good {
			t.Errorf("%s: it is served", c.want)
		}
	}
	if len(told) != 7 || told[0] != "good" {
		t.Errorf("told %q", told)
	}
	if err := s.Ready(30 * time.Minute); err != nil {
		t.Error(err)
	}
	if err := s.Ready(2 * time.Hour); err == nil {
		t.Error("ready shortly before the end")
	}
}
