package certs

import (
	"bytes"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"fmt"
	"time"

	"github.com/open-policy-agent/cert-controller/pkg/rotator"
)

// The names in the Secret are those of cert-controller, so that a Secret of either is one of the other.
const (
	caCertificate = "ca.crt"
	caKey         = "ca.key"
	certificate   = "tls.crt"
	privateKey    = "tls.key"
)

// backdate is how long before it is made a certificate is valid, for clocks that are behind.
const backdate = time.Hour

const caName = "sallyport-ca"

// Times are the lifetimes of what is made; a zero is the default.
type Times struct {
	// CA is how long an authority is valid (1 year), and Certificate a server's certificate (90 days). Either is made anew
	// once a third of that is left.
	CA, Certificate time.Duration
	// Settle is how long the webhook's configuration must have held a new authority before a certificate of that
	// authority is served (1 minute): API servers see the configuration one after another.
	Settle time.Duration
	// Overlap is how long an old authority is trusted beside a new one (1 day).
	Overlap time.Duration
	// Every is how often the Secret and the configuration are looked at (5 seconds).
	Every time.Duration
}

func (t Times) defaults() Times {
	for _, d := range []struct {
		of    *time.Duration
		value time.Duration
	}{
		{&t.CA, 365 * 24 * time.Hour},
		{&t.Certificate, 90 * 24 * time.Hour},
		{&t.Settle, time.Minute},
		{&t.Overlap, 24 * time.Hour},
		{&t.Every, 5 * time.Second},
	} {
		if *d.of <= 0 {
			*d.of = d.value
		}
	}
	return t
}

// A rotation decides what the Secret holds next. It makes certificates by cert-controller, which itself replaces authority and
// certificate in one step: whoever still serves the old certificate is then not trusted any more, and whoever serves the new one
// may not be trusted yet. So the steps are apart here: a new authority is added to the old one, then trusted by the
// configuration, then issues the certificate, and then the old one goes.
type rotation struct {
	make  rotator.CertRotator
	names []string
	times Times
}

func newRotation(names []string, times Times) *rotation {
	return &rotation{
		names: names, times: times.defaults(),
		make: rotator.CertRotator{
			CAName: caName, CAOrganization: "sallyport", DNSName: names[0], ExtraDNSNames: names[1:],
			ExtKeyUsages: &[]x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth},
		},
	}
}

// next returns what the Secret should hold, and whether that is other than data. trusted is for how long the configuration
// has been known to hold the newest authority of data.
func (r *rotation) next(data map[string][]byte, trusted time.Duration, now time.Time) (map[string][]byte, bool, error) {
	s := map[string][]byte{}
	for k, v := range data {
		s[k] = v
	}
	authorities := split(s[caCertificate])
	made := false
	if !r.usableCA(authorities, s[caKey], now) {
		begin := now.Add(-backdate)
		ca, err := r.make.CreateCACert(begin, now.Add(r.times.CA))
		if err != nil {
			return nil, false, err
		}
		authorities = append([][]byte{ca.CertPEM}, unexpired(authorities, now)...)
		s[caKey], trusted, made = ca.KeyPEM, 0, true
	}
	if r.due(authorities, s, trusted, now) {
		if err := r.issue(authorities[0], s, now); err != nil {
			return nil, false, err
		}
		made = true
	}
	authorities = r.prune(authorities, s, now)
	s[caCertificate] = bytes.Join(authorities, nil)
	return s, made || !bytes.Equal(s[caCertificate], data[caCertificate]), nil
}

// usableCA tells whether the newest authority may issue certificates for a while.
func (r *rotation) usableCA(authorities [][]byte, key []byte, now time.Time) bool {
	if len(authorities) == 0 {
		return false
	}
	ok, _ := rotator.ValidCert(authorities[0], authorities[0], key, caName, nil, now.Add(r.times.CA/3))
	return ok
}

// due tells whether a certificate is to be made by the newest authority.
func (r *rotation) due(authorities [][]byte, s map[string][]byte, trusted time.Duration, now time.Time) bool {
	until := r.validUntil(authorities, s, now)
	if until.IsZero() {
		return true // nothing could be served: the sooner the better
	}
	old := !r.valid(authorities[0], s, now) || until.Sub(now) < r.times.Certificate/3
	if !old {
		return false
	}
	// There is time, but not for ever, to wait until the newest authority is trusted.
	return trusted >= r.times.Settle || until.Sub(now) < 2*r.times.Settle
}

// validUntil is when the certificate ends that any of the authorities vouches for.
func (r *rotation) validUntil(authorities [][]byte, s map[string][]byte, now time.Time) time.Time {
	for _, ca := range authorities {
		if !r.valid(ca, s, now) {
			continue
		}
		if leaf := parse(s[certificate]); leaf != nil {
			return leaf.NotAfter
		}
	}
	return time.Time{}
}

func (r *rotation) valid(ca []byte, s map[string][]byte, at time.Time) bool {
	for _, name := range r.names {
		if ok, _ := rotator.ValidCert(ca, s[certificate], s[privateKey], name, r.make.ExtKeyUsages, at); !ok {
			return false
		}
	}
	return true
}

func (r *rotation) issue(ca []byte, s map[string][]byte, now time.Time) error {
	block, _ := pem.Decode(s[caKey])
	if block == nil {
		return fmt.Errorf("%s is no key in PEM", caKey)
	}
	key, err := x509.ParsePKCS1PrivateKey(block.Bytes)
	if err != nil {
		return fmt.Errorf("%s: %w", caKey, err)
	}
	authority := parse(ca)
	if authority == nil {
		return errors.New(caCertificate + " is no certificate in PEM")
	}
	end := now.Add(r.times.Certificate)
	if end.After(authority.NotAfter) {
		end = authority.NotAfter
	}
	s[certificate], s[privateKey], err = r.make.CreateCertPEM(&rotator.KeyPairArtifacts{Cert: authority, Key: key}, now.Add(-backdate), end)
	return err
}

// prune leaves out authorities that nobody needs: the expired ones, and once the overlap is over all but the newest.
func (r *rotation) prune(authorities [][]byte, s map[string][]byte, now time.Time) [][]byte {
	newest := parse(authorities[0])
	if newest != nil && r.valid(authorities[0], s, now) && now.Sub(newest.NotBefore.Add(backdate)) >= r.times.Overlap {
		return authorities[:1]
	}
	return append(authorities[:1:1], unexpired(authorities[1:], now)...)
}

func unexpired(authorities [][]byte, now time.Time) (kept [][]byte) {
	for _, ca := range authorities {
		if c := parse(ca); c != nil && now.Before(c.NotAfter) {
			kept = append(kept, ca)
		}
	}
	return kept
}

// split takes a list of certificates apart; what is no certificate is left out.
func split(list []byte) (all [][]byte) {
	for {
		block, rest := pem.Decode(list)
		if block == nil {
			return all
		}
		if block.Type == "CERTIFICATE" {
			all = append(all, pem.EncodeToMemory(block))
		}
		list = rest
	}
}

func parse(text []byte) *x509.Certificate {
	block, _ := pem.Decode(text)
	if block == nil {
		return nil
	}
	c, err := x509.ParseCertificate(block.Bytes)
	if err != nil {
		return nil
	}
	return c
}
