package attest

import (
	"context"
	"crypto"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/sha256"
	"crypto/x509"
	"encoding/hex"
	"encoding/pem"
	"errors"
	"fmt"
)

var errKind = errors.New("neither an Ed25519 nor an ECDSA P-256 key")

// A PublicKey verifies signatures.
type PublicKey struct {
	key crypto.PublicKey
	// ID is the SHA-256 of the key in DER (RFC 5280, SubjectPublicKeyInfo) in hex:
	// openssl pkey -pubin -in ci.pub -outform DER | sha256sum.
	ID string
}

// ParsePublicKey reads a key as openssl and cosign write it: PEM of the type PUBLIC KEY.
func ParsePublicKey(text []byte) (*PublicKey, error) {
	block, err := onlyBlock(text)
	if err != nil {
		return nil, err
	}
	if block.Type != "PUBLIC KEY" {
		return nil, fmt.Errorf("a %s, not a PUBLIC KEY: make one of it with openssl pkey -pubout", block.Type)
	}
	key, err := x509.ParsePKIXPublicKey(block.Bytes)
	if err != nil {
		return nil, errKind
	}
	return public(key)
}

func public(key crypto.PublicKey) (*PublicKey, error) {
	if !allowed(key) {
		return nil, errKind
	}
	der, err := x509.MarshalPKIXPublicKey(key)
	if err != nil {
		return nil, err
	}
	sum := sha256.Sum256(der)
	return &PublicKey{key, hex.EncodeToString(sum[:])}, nil
}

func allowed(key crypto.PublicKey) bool {
	switch key := key.(type) {
	case ed25519.PublicKey:
		return true
	case *ecdsa.PublicKey:
		return key.Curve == elliptic.P256()
	}
	return false
}

func onlyBlock(text []byte) (*pem.Block, error) {
	block, rest := pem.Decode(text)
	if block == nil {
		return nil, errors.New("no PEM in it: a line -----BEGIN ...----- starts a key")
	}
	if another, _ := pem.Decode(rest); another != nil {
		return nil, errors.New("more than one key in it: keep one")
	}
	return block, nil
}

// verify tells whether a signature over a message is by the key: Ed25519 over the message, ECDSA in ASN.1 over its
// SHA-256.
func (k *PublicKey) verify(message, signature []byte) bool {
	switch key := k.key.(type) {
	case ed25519.PublicKey:
		return ed25519.Verify(key, message, signature)
	case *ecdsa.PublicKey:
		sum := sha256.Sum256(message)
		return ecdsa.VerifyASN1(key, sum[:], signature)
	}
	return false
}

// A PrivateKey signs.
type PrivateKey struct {
	key    crypto.Signer
	public *PublicKey
}

// ParsePrivateKey reads a key as openssl writes it: PEM of the type PRIVATE KEY or EC PRIVATE KEY. One that is
// encrypted, as cosign's are, is an error.
func ParsePrivateKey(text []byte) (*PrivateKey, error) {
	block, err := onlyBlock(text)
	if err != nil {
		return nil, err
	}
	var key any
	switch block.Type {
	case "PRIVATE KEY":
		key, err = x509.ParsePKCS8PrivateKey(block.Bytes)
	case "EC PRIVATE KEY":
		key, err = x509.ParseECPrivateKey(block.Bytes)
	case "ENCRYPTED PRIVATE KEY", "ENCRYPTED COSIGN PRIVATE KEY", "ENCRYPTED SIGSTORE PRIVATE KEY":
		return nil, errors.New("the key is encrypted: make one with openssl genpkey -algorithm ed25519 and guard the file")
	default:
		return nil, fmt.Errorf("a %s, not a private key", block.Type)
	}
	signer, ok := key.(crypto.Signer)
	if err != nil || !ok {
		return nil, errKind
	}
	pub, err := public(signer.Public())
	if err != nil {
		return nil, err
	}
	return &PrivateKey{signer, pub}, nil
}

// Public is the key that verifies what this one signs.
func (k *PrivateKey) Public() *PublicKey { return k.public }

// Sign signs a message (dsse.Signer).
func (k *PrivateKey) Sign(_ context.Context, message []byte) ([]byte, error) {
	if _, ok := k.key.(ed25519.PrivateKey); ok {
		return k.key.Sign(rand.Reader, message, crypto.Hash(0))
	}
	sum := sha256.Sum256(message)
	return k.key.Sign(rand.Reader, sum[:], crypto.SHA256)
}

// KeyID names the key in an envelope (dsse.Signer).
func (k *PrivateKey) KeyID() (string, error) { return k.public.ID, nil }
