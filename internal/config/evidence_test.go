package config

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"sallyport/internal/finding"
)

const testKey = "\"\"\"\n-----BEGIN PUBLIC KEY-----\nMCowBQYDK2VwAyEAGb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE=\n-----END PUBLIC KEY-----\n\"\"\""

// receiptRules are rules as those about receipts are.
var receiptRules = map[string]*finding.Rule{
	"project/receipt_missing": {
		Name: "project/receipt_missing", Kind: "project", Source: "input.receipt",
		Parameters: map[string]finding.Parameter{requiredParameter: {Default: []any{}}},
	},
	"receipt/unsigned": {Name: "receipt/unsigned", Kind: "receipt", Parameters: map[string]finding.Parameter{signedParameter: {Default: false}}},
}

func receiptConfig(t *testing.T, text string) *Config {
	t.Helper()
	c, err := Parse(File, []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	known := Known{
		Kinds: []string{"receipt", "scan"}, Rules: []string{"project/receipt_missing", "receipt/unsigned"},
		Rule: func(name string) (*finding.Rule, error) { return receiptRules[name], nil },
	}
	if err := c.Check(known); err != nil {
		t.Fatal(err)
	}
	return c
}

func TestReceipts(t *testing.T) {
	trusted := receiptConfig(t, "[evidence.receipt]\nrequired = [\"clippy\"]\nkeys = ["+testKey+"]\n")
	for name, c := range map[string]struct {
		own     string
		names   []string
		signed  bool
		refused string
	}{
		"nothing":      {"", []string{"clippy"}, false, ""},
		"further":      {"required = [\"test\", \"clippy\"]", []string{"clippy", "test"}, false, ""},
		"fewer":        {"required = []", []string{"clippy"}, false, "evidence.receipt.required"},
		"signed":       {"signed = true", []string{"clippy"}, true, ""},
		"no signature": {"signed = false", []string{"clippy"}, false, ""},
		"the same key": {"keys = [" + testKey + "]", []string{"clippy"}, false, ""},
		"no keys":      {"keys = []", []string{"clippy"}, false, ""},
		"two keys":     {"keys = [" + testKey + ", " + testKey + "]", []string{"clippy"}, false, "evidence.receipt.keys"},
	} {
		e := Merge(trusted, receiptConfig(t, "[evidence.receipt]\n"+c.own+"\n"), 0, now)
		if diff := cmp.Diff(c.names, texts(e.value(receiptRules["project/receipt_missing"], requiredParameter))); diff != "" {
			t.Errorf("%s: names: %s", name, diff)
		}
		if signed := e.value(receiptRules["receipt/unsigned"], signedParameter); signed != c.signed {
			t.Errorf("%s: signed is %v", name, signed)
		}
		if len(e.Keys) != 1 || !cmp.Equal(e.Required, []string{"receipt"}) {
			t.Errorf("%s: %d keys are trusted, and %v is required", name, len(e.Keys), e.Required)
		}
		got := ""
		for _, r := range e.refused {
			got += r.setting
		}
		if got != c.refused {
			t.Errorf("%s: refused is %q", name, got)
		}
	}
}

// The tree's own key vouches for nothing, also where nobody names another.
func TestReceiptKeysOfTheTree(t *testing.T) {
	e := Merge(nil, receiptConfig(t, "[evidence.receipt]\nkeys = ["+testKey+"]\n"), 0, now)
	if len(e.Keys) != 0 || len(e.refused) != 1 {
		t.Errorf("%d keys, refused %v", len(e.Keys), e.refused)
	}
}

func TestReceiptMistakes(t *testing.T) {
	for text, want := range map[string]string{
		"[evidence.receipt]\nrequired = \"clippy\"\n":             "neither true nor a list of names",
		"[evidence.receipt]\nrequired = [1]\n":                    "a list that holds more than names",
		"[evidence.receipt]\nkeys = [\"x\"]\n":                    "sallyport.toml:2:9: no PEM in it",
		"[evidence.scan]\nkeys = [" + testKey + "]\n":             "scan documents have no signatures",
		"[evidence.receipt]\nrequired = [\"clippy\", \"\"]\n":     "a list that holds more than names",
		"[evidence.receipt]\nrequired = { names = [\"test\"] }\n": "neither true nor a list of names",
	} {
		if _, err := Parse(File, []byte(text)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v", text, err)
		}
	}
}
