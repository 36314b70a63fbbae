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
var public = []string{
	"username", "user", "login", "host", "hostname", "port", "database", "dbname", "db", "name", "namespace", "email", "url", "uri",
	"endpoint", "region", "bucket", "registry", "issuer", "type", "ca.crt", "tls.crt", "known_hosts", "enabled", "version",
}

// elsewhere are the beginnings of values that are no secret: tools encrypt them in place or put them in.
var elsewhere = []string{
	"ENC[", "$ANSIBLE_VAULT;", "-----BEGIN PGP MESSAGE-----", "-----BEGIN AGE ENCRYPTED FILE-----",
	"age-encryption.org/", "<path:", "ref+",
}

// files are keys of files that hold nothing but secrets.
var files = []string{
	".key", ".pem", ".p12", ".pfx", ".jks", ".keystore", ".kdbx", ".dockerconfigjson", ".dockercfg", "kubeconfig",
	"htpasswd", ".netrc", ".pgpass", "id_rsa", "id_ed25519", "id_ecdsa", "credentials",
}

func confidential(key, value string) (Entry, []string) {
	for _, start := range elsewhere {
		if strings.HasPrefix(value, start) {
			return Entry{Name: key}, nil
		}
	}
	e, raw := judge(key, value)
	if e.Secret.Found || harmless(key) || strings.TrimSpace(value) == "" {
		return e, raw
	}
	if !utf8.ValidString(value) || hasSuffix(key, files) {
		e.Secret = secret.Verdict{Found: true, Reason: "name", Masked: secret.Mask(value)}
		return e, []string{value}
	}
	if !strings.Contains(strings.TrimSpace(value), "\n") {
		if e.Secret = secret.Variable("PASSWORD", value).Secret; e.Secret.Found {
			raw = secret.Values("PASSWORD", value)
		}
	}
	return e, raw
}

func hasSuffix(key string, ends []string) bool {
	return slices.ContainsFunc(ends, func(end string) bool { return strings.HasSuffix(strings.ToLower(key), end) })
}

func harmless(key string) bool {
	key = strings.ToLower(key)
	if i := strings.LastIndexAny(key, "_-"); i >= 0 && slices.Contains(public, key[i+1:]) {
		return true
	}
	return slices.Contains(public, key) || hasSuffix(key, []string{".crt", ".pub"})
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
