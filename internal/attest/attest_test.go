package attest

import (
	"context"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"encoding/json"
	"encoding/pem"
	"strings"
	"testing"
)

func block(t *testing.T, kind string, der []byte, err error) []byte {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
	return pem.EncodeToMemory(&pem.Block{Type: kind, Bytes: der})
}

func keys(t *testing.T) map[string][]byte {
	t.Helper()
	_, edwards, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	p256, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	ed, err1 := x509.MarshalPKCS8PrivateKey(edwards)
	ec, err2 := x509.MarshalPKCS8PrivateKey(p256)
	old, err3 := x509.MarshalECPrivateKey(p256)
	return map[string][]byte{
		"ed25519": block(t, "PRIVATE KEY", ed, err1), "p256": block(t, "PRIVATE KEY", ec, err2),
		"p256 of openssl ecparam": block(t, "EC PRIVATE KEY", old, err3),
	}
}

func TestSignAndVerify(t *testing.T) {
	all := keys(t)
	for name, text := range all {
		key, err := ParsePrivateKey(text)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		data, err := Sign(context.Background(), key, []byte(`{"_type":"x"}`))
		if err != nil {
			t.Fatal(err)
		}
		var raw struct {
			PayloadType, Payload string
			Signatures           []struct{ KeyID, Sig string }
		}
		if err := json.Unmarshal(data, &raw); err != nil || len(raw.Signatures) != 1 || raw.Signatures[0].KeyID != key.Public().ID {
			t.Fatalf("%s: %s", name, data)
		}
		e, err := Open(raw.PayloadType, raw.Payload, []string{raw.Signatures[0].Sig})
		if err != nil || string(e.Payload) != `{"_type":"x"}` {
			t.Fatal(err)
		}
		if by := e.VerifiedBy([]*PublicKey{key.Public()}); len(by) != 1 {
			t.Errorf("%s: its own signature is not good", name)
		}
		other, _ := ParsePrivateKey(keys(t)["ed25519"])
		if by := e.VerifiedBy([]*PublicKey{other.Public()}); len(by) != 0 {
			t.Errorf("%s: good by another key", name)
		}
		e.Payload[0] = ' '
		if by := e.VerifiedBy([]*PublicKey{key.Public()}); len(by) != 0 {
			t.Errorf("%s: good for another payload", name)
		}
	}
}

func TestBadKeys(t *testing.T) {
	big, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	der, err := x509.MarshalPKCS8PrivateKey(big)
	private := block(t, "PRIVATE KEY", der, err)
	der, err = x509.MarshalPKIXPublicKey(big.Public())
	public := block(t, "PUBLIC KEY", der, err)
	for name, c := range map[string]struct {
		text []byte
		want string
	}{
		"rsa":       {private, "neither an Ed25519 nor an ECDSA P-256 key"},
		"none":      {[]byte("secret"), "no PEM in it"},
		"encrypted": {block(t, "ENCRYPTED COSIGN PRIVATE KEY", []byte("x"), nil), "the key is encrypted"},
		"public":    {public, "not a private key"},
		"garbage":   {block(t, "PRIVATE KEY", []byte("x"), nil), "neither an Ed25519"},
		"two":       {append(private, private...), "more than one key"},
	} {
		if _, err := ParsePrivateKey(c.text); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v", name, err)
		}
	}
	for name, text := range map[string][]byte{"rsa": public, "private": private, "garbage": block(t, "PUBLIC KEY", []byte("x"), nil)} {
		if _, err := ParsePublicKey(text); err == nil {
			t.Errorf("%s is taken for a public key", name)
		}
	}
}
