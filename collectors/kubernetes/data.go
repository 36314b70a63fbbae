package kubernetes

import (
	"encoding/base64"
	"maps"
	"slices"
	"strings"
	"unicode/utf8"

	"sallyport/internal/secret"
)

// maxEntry bounds the text of a ConfigMap's entry that is searched, in bytes: etcd takes no larger object.
const maxEntry = 3 << 19

// configMap judges the entries by name and value; one of several lines is a file and is searched.
func (b *builder) configMap(object map[string]any) {
	b.entries(object, "data", func(key string, value any) (Entry, []string) {
		v := words(value)
		if len(v) > maxEntry {
			v = v[:maxEntry]
		}
		return judge(key, v)
	})
}

func judge(key, value string) (Entry, []string) {
	e := Entry{Name: key}
	if !strings.Contains(strings.TrimSpace(value), "\n") {
		if e.Secret = secret.Variable(key, value).Secret; e.Secret.Found {
			return e, secret.Values(key, value)
		}
	}
	var raw []string
	for i, hit := range secret.Find(value) {
		if i == 0 {
			e.Secret = hit.Verdict
		}
		raw = append(raw, hit.Value)
	}
	return e, raw
}

// secret judges the entries of a Secret: whoever writes one says that its values are secret.
func (b *builder) secret(object map[string]any) {
	b.entries(object, "data", func(key string, value any) (Entry, []string) {
		v, encoded := decoded(words(value))
		e, raw := confidential(key, v)
		e.Encoded = encoded
		if e.Secret.Found && encoded {
			raw = append(raw, words(value))
		}
		return e, raw
	})
	b.entries(object, "stringData", func(key string, value any) (Entry, []string) {
		return confidential(key, words(value))
	})
}

// decoded takes base64 away; what is no base64 was written in plain by mistake and is judged so.
func decoded(value string) (text string, encoded bool) {
	packed := strings.Map(func(r rune) rune {
		if strings.ContainsRune(" \t\r\n", r) {
			return -1
		}
		return r
	}, value)
	plain, err := base64.StdEncoding.DecodeString(packed)
	if err != nil {
		return value, false
	}
	return string(plain), true
}

// public are keys that a Secret holds beside its secrets.
var public = []string{"username", "user", "host", "hostname", "port", "database", "dbname", "name", "namespace", "email", "url", "uri",
	"endpoint", "region", "bucket", "registry", "issuer", "type", "ca.crt", "tls.crt", "known_hosts", "enabled", "version"}

// ciphertexts are the beginnings of values that tools encrypt in place.
var ciphertexts = []string{"ENC[", "$ANSIBLE_VAULT;", "-----BEGIN PGP MESSAGE-----", "-----BEGIN AGE ENCRYPTED FILE-----", "age-encryption.org/"}

func confidential(key, value string) (Entry, []string) {
	for _, c := range ciphertexts {
		if strings.HasPrefix(value, c) {
			return Entry{Name: key}, nil
		}
	}
	e, raw := judge(key, value)
	if e.Secret.Found || harmless(key) {
		return e, raw
	}
	if strings.TrimSpace(value) != "" && (!utf8.ValidString(value) || strings.Contains(strings.TrimSpace(value), "\n")) {
		// Bytes and files are what a Secret is made for, and no placeholder looks like them.
		e.Secret = secret.Verdict{Found: true, Reason: "name", Masked: secret.Mask(value)}
		return e, []string{value}
	}
	if e.Secret = secret.Variable("PASSWORD", value).Secret; e.Secret.Found {
		raw = secret.Values("PASSWORD", value)
	}
	return e, raw
}

func harmless(key string) bool {
	key = strings.ToLower(key)
	if i := strings.LastIndexAny(key, "_-"); i >= 0 && slices.Contains(public, key[i+1:]) {
		return true
	}
	return slices.Contains(public, key) || strings.HasSuffix(key, ".crt") || strings.HasSuffix(key, ".pub")
}

func (b *builder) entries(object map[string]any, list string, judge func(key string, value any) (Entry, []string)) {
	m := b.mapping(object, []any{"object"}, list)
	for _, key := range slices.Sorted(maps.Keys(m)) {
		e, raw := judge(key, m[key])
		e.At = []any{"object", list, key}
		b.secrets = append(b.secrets, raw...)
		b.facts.Entries = append(b.facts.Entries, e)
	}
}
