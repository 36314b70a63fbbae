package attest

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"errors"

	"github.com/secure-systems-lab/go-securesystemslib/dsse"
)

// Sign puts a statement into an envelope of DSSE, https://github.com/secure-systems-lab/dsse/blob/master/envelope.md.
func Sign(ctx context.Context, key *PrivateKey, statement []byte) ([]byte, error) {
	signer, err := dsse.NewEnvelopeSigner(key)
	if err != nil {
		return nil, err
	}
	envelope, err := signer.SignPayload(ctx, PayloadType, statement)
	if err != nil {
		return nil, err
	}
	return json.MarshalIndent(envelope, "", "  ")
}

// An Envelope is a signed payload.
type Envelope struct {
	// Type says what Payload is.
	Type    string
	Payload []byte
	// Signatures are in base64.
	Signatures []string
}

// MaxSignatures bounds the signatures of one envelope that are looked at.
const MaxSignatures = 16

var errBase64 = errors.New("the payload is not base64")

// Open decodes the payload of an envelope.
func Open(payloadType, payload string, signatures []string) (*Envelope, error) {
	body, err := base64.StdEncoding.DecodeString(payload)
	if err != nil {
		if body, err = base64.URLEncoding.DecodeString(payload); err != nil {
			return nil, errBase64
		}
	}
	return &Envelope{payloadType, body, signatures}, nil
}

// VerifiedBy returns the keys by which the envelope is signed. What signatures say about their keys is not asked: it is
// not signed itself.
func (e *Envelope) VerifiedBy(keys []*PublicKey) []*PublicKey {
	message := dsse.PAE(e.Type, e.Payload)
	var by []*PublicKey
	for _, key := range keys {
		for _, text := range e.Signatures[:min(len(e.Signatures), MaxSignatures)] {
			signature, err := base64.StdEncoding.DecodeString(text)
			if err != nil {
				if signature, err = base64.URLEncoding.DecodeString(text); err != nil {
					continue
				}
			}
			if key.verify(message, signature) {
				by = append(by, key)
				break
			}
		}
	}
	return by
}
