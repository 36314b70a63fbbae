package server

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"slices"
	"strings"
	"sync/atomic"
	"time"
)

func (s *Server) tls() *tls.Config {
	config := &tls.Config{MinVersion: tls.VersionTLS13, GetCertificate: s.opts.Certificates.Certificate, NextProtos: []string{"h2", "http/1.1"}}
	if s.opts.Clients != nil {
		// Who asks is verified with each review, since a connection outlives the authorities that were trusted when it was
		// made; and who asks for health needs no certificate.
		config.ClientAuth = tls.RequestClientCert
	}
	return config
}

// Clients are who may ask for reviews: those with a certificate of an authority, and of one of the names.
type Clients struct {
	// Names are common names or DNS names; without any, each certificate of the authorities will do.
	Names []string

	roots atomic.Pointer[roots]
}

// roots are authorities; each change makes another value.
type roots struct{ pool *x509.CertPool }

// Use trusts the authorities of a file in PEM, and none of those before.
func (c *Clients) Use(text []byte) error {
	pool := x509.NewCertPool()
	if !pool.AppendCertsFromPEM(text) {
		return errors.New("there is no certificate in PEM in it")
	}
	c.roots.Store(&roots{pool})
	return nil
}

// A connection remembers by which authorities its client was verified.
type connection struct{ by atomic.Pointer[roots] }

type connectionKey struct{}

func withConnection(ctx context.Context, _ net.Conn) context.Context {
	return context.WithValue(ctx, connectionKey{}, &connection{})
}

// verify says why the client of a request may not ask.
func (c *Clients) verify(r *http.Request, now time.Time) error {
	roots := c.roots.Load()
	switch {
	case roots == nil:
		return errors.New("the authorities of clients have not been read yet")
	case r.TLS == nil || len(r.TLS.PeerCertificates) == 0:
		return errors.New("no client certificate was presented: reviews are for the API server")
	}
	leaf := r.TLS.PeerCertificates[0]
	known, _ := r.Context().Value(connectionKey{}).(*connection)
	if known == nil || known.by.Load() != roots || now.After(leaf.NotAfter) {
		between := x509.NewCertPool()
		for _, other := range r.TLS.PeerCertificates[1:] {
			between.AddCert(other)
		}
		_, err := leaf.Verify(x509.VerifyOptions{
			Roots: roots.pool, Intermediates: between, CurrentTime: now, KeyUsages: []x509.ExtKeyUsage{x509.ExtKeyUsageClientAuth},
		})
		if err != nil {
			return fmt.Errorf("client certificate: %w", err)
		}
		if known != nil {
			known.by.Store(roots)
		}
	}
	if len(c.Names) > 0 && !slices.Contains(c.Names, leaf.Subject.CommonName) && !slices.ContainsFunc(leaf.DNSNames, c.named) {
		return fmt.Errorf("client certificate: %q is none of the names that may ask", leaf.Subject.CommonName)
	}
	return nil
}

func (c *Clients) named(name string) bool { return slices.Contains(c.Names, name) }

// quieter has what net/http says about connections logged for those who look for it: a port scan is no news.
type quieter struct{ slog.Handler }

// Handle leaves the line end of the standard logger out.
func (q quieter) Handle(ctx context.Context, r slog.Record) error {
	r.Message = strings.TrimSpace(r.Message)
	return q.Handler.Handle(ctx, r)
}
