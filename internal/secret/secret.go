// Package secret tells secrets from the many strings that merely look or sound like one. It judges a
// variable by its name and by its value, finds secrets in free text, and masks what it found.
//
// What counts, in the order in which it is asked:
//
//   - a value that a rule of gitleaks knows (the tokens of providers, private keys): whatever the name;
//   - a password inside a URL or a connection string: whatever the name;
//   - a name that says secret (DB_PASSWORD, API_KEY, JWT_SECRET) together with a value that could be one;
//   - a long random value under a name that says nothing.
//
// What does not: a reference (${VAR}, {{ … }}, /run/secrets/…, vault:…, op://…), a placeholder that says
// of itself that it is none (changeme, <your-token>, xxxx, example), a name that is about a secret
// without being one (TOKEN_URL, PASSWORD_MIN_LENGTH, SECRET_NAME), and the digests, revisions and
// versions that build files are full of. A default password (POSTGRES_PASSWORD=postgres, admin, s3cr3t)
// is a secret here: whoever deploys the file deploys that password, and everybody knows it.
package secret

import "strings"

// Env is one environment variable together with what was found out about it.
type Env struct {
	// Name is the name of the variable.
	Name string `json:"name"`
	// Value is the value; where it is or holds a secret, that part is masked.
	Value string `json:"value"`
	// Secret says whether the value is or holds a secret.
	Secret Verdict `json:"secret"`
}

// Verdict is what was found out about a string.
type Verdict struct {
	// Found is true for a secret.
	Found bool `json:"found"`
	// Reason says why: "name" (the name says so), "url" (a password in a URL or connection string),
	// "private-key", "entropy" (the value was clearly generated), or the id of a rule of gitleaks.
	Reason string `json:"reason"`
	// Masked is the secret as it may be shown; "" where nothing was found.
	Masked string `json:"masked"`
}

// Hit is a secret found in free text.
type Hit struct {
	// Value is the raw secret. It belongs into fact.Document.Secrets and nowhere else.
	Value string
	// Verdict is why it is one.
	Verdict Verdict
}

// Variable judges an environment variable by its name and its value.
func Variable(name, value string) Env {
	hits := variable(name, value)
	if len(hits) == 0 {
		return Env{Name: name, Value: value}
	}
	masked := value
	for _, h := range hits {
		masked = strings.ReplaceAll(masked, h.Value, h.Verdict.Masked)
	}
	return Env{Name: name, Value: masked, Secret: hits[0].Verdict}
}

// Values are the raw secrets of a variable, for fact.Document.Secrets: the value, and the password alone
// where the value is a URL that holds one. It is empty where Variable finds nothing.
func Values(name, value string) []string {
	hits := variable(name, value)
	if len(hits) == 0 {
		return nil
	}
	raw := []string{value}
	for _, h := range hits {
		if h.Value != value {
			raw = append(raw, h.Value)
		}
	}
	return raw
}

func hit(value, reason string) Hit {
	return Hit{Value: value, Verdict: Verdict{Found: true, Reason: reason, Masked: Mask(value)}}
}
