package secret

import "strings"

// sealed start the texts that encryption makes, and sealedParts are in those that tools for secrets keep.
var (
	sealed      = []string{"age-encryption.org/", "-----BEGIN AGE ENCRYPTED FILE", "-----BEGIN PGP MESSAGE", "$ANSIBLE_VAULT", "AgA", "\x85", "ENC["}
	sealedParts = []string{"sops:\n", `"sops": {`, "ENC[AES256_GCM", "\nsops_version=", "kind: SealedSecret"}
)

// Content tells whether a file that is to hold a secret does so as it is: not where it is empty, encrypted, a
// placeholder or a reference, or a certificate or public key, which is none.
func Content(text string) bool {
	text = strings.TrimSpace(text)
	if len(text) < 3 || pem(text, "PRIVATE KEY") {
		return len(text) >= 3
	}
	for _, s := range sealed {
		if strings.HasPrefix(text, s) {
			return false
		}
	}
	for _, s := range sealedParts {
		if strings.Contains(text, s) {
			return false
		}
	}
	if pem(text, "CERTIFICATE") || pem(text, "PUBLIC KEY") || pem(text, "PARAMETERS") {
		return false
	}
	return strings.Contains(text, "\n") || !reference(text) && !placeholder(text)
}
