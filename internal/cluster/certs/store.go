// Package certs keeps the certificate that the webhook serves: from files that somebody else renews, or made and renewed by
// itself in a Secret of the cluster.
package certs

import (
	"bytes"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"time"
)

// A Store holds the pair that is served. A pair that could not be served never replaces one that can.
type Store struct {
	// Now is the clock; nil is time.Now.
	Now func() time.Time
	// Changed, where set, is told of each pair that was offered: err says why it was refused.
	Changed func(leaf *x509.Certificate, err error)

	current atomic.Pointer[tls.Certificate]
	mu      sync.Mutex // serialises Use
	pem     []byte     // of the pair that is served, to tell whether an offered one is new
}

func (s *Store) now() time.Time {
	if s.Now != nil {
		return s.Now()
	}
	return time.Now()
}

// Use offers a certificate chain and its key, in PEM. An error says why the pair is not served.
func (s *Store) Use(certificate, key []byte) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	both := append(append(bytes.Clone(certificate), 0), key...)
	if s.current.Load() != nil && bytes.Equal(both, s.pem) {
		return nil
	}
	pair, err := s.check(certificate, key)
	if err != nil {
		s.changed(nil, err)
		return err
	}
	s.pem = both
	s.current.Store(pair)
	s.changed(pair.Leaf, nil)
	return nil
}

// Refuse notes that there was no pair to offer.
func (s *Store) Refuse(err error) { s.changed(nil, err) }

func (s *Store) changed(leaf *x509.Certificate, err error) {
	if s.Changed != nil {
		s.Changed(leaf, err)
	}
}

func (s *Store) check(certificate, key []byte) (*tls.Certificate, error) {
	pair, err := tls.X509KeyPair(certificate, key)
	if err != nil {
		return nil, err
	}
	now, leaf := s.now(), pair.Leaf
	switch {
	case now.After(leaf.NotAfter):
		return nil, fmt.Errorf("the certificate expired at %s", leaf.NotAfter.UTC().Format(time.RFC3339))
	case now.Before(leaf.NotBefore):
		return nil, fmt.Errorf("the certificate is not valid before %s", leaf.NotBefore.UTC().Format(time.RFC3339))
	case len(leaf.DNSNames)+len(leaf.IPAddresses) == 0:
		return nil, errors.New("the certificate names no host as a subject alternative name: the API server would refuse it")
	case len(leaf.ExtKeyUsage) > 0 && !serves(leaf):
		return nil, errors.New("the certificate is not for servers: its extended key usage has no serverAuth")
	}
	return &pair, nil
}

func serves(leaf *x509.Certificate) bool {
	for _, u := range leaf.ExtKeyUsage {
		if u == x509.ExtKeyUsageServerAuth || u == x509.ExtKeyUsageAny {
			return true
		}
	}
	return false
}

// Certificate is for tls.Config.GetCertificate.
func (s *Store) Certificate(*tls.ClientHelloInfo) (*tls.Certificate, error) {
	if pair := s.current.Load(); pair != nil {
		return pair, nil
	}
	return nil, errors.New("there is no certificate to serve yet")
}

// Leaf is the certificate that is served; nil is none.
func (s *Store) Leaf() *x509.Certificate {
	if pair := s.current.Load(); pair != nil {
		return pair.Leaf
	}
	return nil
}

// Ready says why the certificate keeps the server from being ready: it is not there, not valid, or not for longer than margin.
func (s *Store) Ready(margin time.Duration) error {
	leaf, now := s.Leaf(), s.now()
	switch {
	case leaf == nil:
		return errors.New("there is no certificate to serve yet")
	case now.After(leaf.NotAfter):
		return fmt.Errorf("the certificate expired at %s", leaf.NotAfter.UTC().Format(time.RFC3339))
	case now.Before(leaf.NotBefore):
		return fmt.Errorf("the certificate is not valid before %s", leaf.NotBefore.UTC().Format(time.RFC3339))
	case now.Add(margin).After(leaf.NotAfter):
		return fmt.Errorf("the certificate expires at %s, in less than %s", leaf.NotAfter.UTC().Format(time.RFC3339), margin)
	}
	return nil
}
