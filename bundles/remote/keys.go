package remote

import (
	"crypto/ecdsa"
	"crypto/rsa"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"fmt"
	"os"
	"strings"
)

// A Key verifies signatures of bundles.
type Key struct {
	// ID is the key's name, for bundles whose signature says which key made it. With one key, it does not matter.
	ID string
	// PEM is the public key; Algorithm is one of JWS, such as RS256.
	PEM, Algorithm string
	// Scope, where set, must be that of the signature.
	Scope string
}

// ReadKey reads a public key, or a certificate's, from FILE or ID=FILE. An id of its own is "default", as it is for
// `opa sign`.
func ReadKey(arg string) (Key, error) {
	id, file, ok := strings.Cut(arg, "=")
	if !ok {
		id, file = "default", arg
	}
	text, err := os.ReadFile(file)
	if err != nil {
		return Key{}, err
	}
	k := Key{ID: id, PEM: string(text)}
	if k.Algorithm, err = algorithm(text); err != nil {
		return Key{}, fmt.Errorf("%s: %w", file, err)
	}
	return k, nil
}

// algorithm is the one that a key is for, by RFC 7518, section 3.1.
func algorithm(text []byte) (string, error) {
	block, _ := pem.Decode(text)
	if block == nil {
		return "", errors.New("no PEM: write the public key as `openssl pkey -pubout` does")
	}
	var key any
	var err error
	switch block.Type {
	case "PUBLIC KEY":
		key, err = x509.ParsePKIXPublicKey(block.Bytes)
	case "RSA PUBLIC KEY":
		key, err = x509.ParsePKCS1PublicKey(block.Bytes)
	case "CERTIFICATE":
		var cert *x509.Certificate
		if cert, err = x509.ParseCertificate(block.Bytes); err == nil {
			key = cert.PublicKey
		}
	default:
		return "", fmt.Errorf("a %s: a public key is all that is needed here, and all that should be: openssl pkey -pubout", strings.ToLower(block.Type))
	}
	if err != nil {
		return "", err
	}
	switch key := key.(type) {
	case *rsa.PublicKey:
		if key.N.BitLen() < 2048 {
			return "", fmt.Errorf("an RSA key of %d bits: use 2048 or more", key.N.BitLen())
		}
		return "RS256", nil
	case *ecdsa.PublicKey:
		if name, ok := map[int]string{256: "ES256", 384: "ES384", 521: "ES512"}[key.Curve.Params().BitSize]; ok {
			return name, nil
		}
	}
	return "", fmt.Errorf("a %T: OPA verifies RSA and ECDSA (P-256, P-384, P-521)", key)
}
