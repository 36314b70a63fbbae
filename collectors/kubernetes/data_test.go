package kubernetes

import (
	"encoding/base64"
	"testing"
)

func TestSecretEntries(t *testing.T) {
	for _, test := range []struct {
		key, value string
		want       bool
	}{
		{"password", "Tr0ub4dor-3x", true},
		{"value", "Tr0ub4dor-3x", true},
		{"pin", "7391", true},
		{"tls.key", "-----BEGIN PRIVATE KEY-----\nMIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQC\n-----END PRIVATE KEY-----\n", true},
		{".dockerconfigjson", `{"auths":{"registry.example.com":{"auth":"dXNlcjpwYXNz"}}}`, true},
		{"keystore", "\xfe\xed\xfe\xed\x00\x01", true},
		{"config.yaml", "db:\n  password: Tr0ub4dor-3x\n", true},
		{"config.yaml", "level: info\nport: 80\n", false},
		{"username", "ledger", false},
		{"POSTGRES_DB", "ledger", false},
		{"ca.crt", "-----BEGIN CERTIFICATE-----\nMIID\n-----END CERTIFICATE-----\n", false},
		{"password", "changeme", false},
		{"password", "${PASSWORD}", false},
		{"password", "<path:secret/data/ledger#password>", false},
		{"password", "ENC[AES256_GCM,data:xyz,type:str]", false},
		{"password", "", false},
		{"empty", " \n", false},
	} {
		b := builder{facts: empty("x")}
		b.build(map[string]any{"kind": "Secret", "data": map[string]any{test.key: base64.StdEncoding.EncodeToString([]byte(test.value))}})
		e := b.facts.Entries[0]
		if e.Secret.Found != test.want || test.want && len(b.secrets) < 2 {
			t.Errorf("%s: %q: got %+v, %d secrets", test.key, test.value, e, len(b.secrets))
		}
	}
}

// Text that is no base64 was written in plain by mistake.
func TestSecretWithoutBase64(t *testing.T) {
	b := builder{facts: empty("x")}
	b.build(map[string]any{"kind": "Secret", "data": map[string]any{"password": "Tr0ub4dor-3x"}})
	if e := b.facts.Entries[0]; !e.Secret.Found || e.Encoded {
		t.Errorf("got %+v", e)
	}
}
