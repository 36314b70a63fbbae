package attest

import (
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
)

// Sign puts a statement into an envelope of DSSE, https://github.com/secure-systems-lab/dsse/blob/master/envelope.md.
func Sign(key *PrivateKey, statement []byte) ([]byte, error) {
	signature, err := key.sign(encoding(PayloadType, statement))
	if err != nil {
		return nil, err
	}
	type signed struct {
		KeyID string `json:"keyid"`
		Sig   []byte `json:"sig"` // []byte is written in base64
	}
	return json.MarshalIndent(struct {
		PayloadType string   `json:"payloadType"`
		Payload     []byte   `json:"payload"`
		Signatures  []signed `json:"signatures"`
	}{PayloadType, statement, []signed{{key.public.ID, signature}}}, "", "  ")
}

// encoding is what signatures are over (PAE in DSSE's protocol.md). Its library would bring SSH into the program.
func encoding(payloadType string, payload []byte) []byte {
	return fmt.Appendf(nil, "DSSEv1 %d %s %d %s", len(payloadType), payloadType, len(payload), payload)
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
	message := encoding(e.Type, e.Payload)
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
