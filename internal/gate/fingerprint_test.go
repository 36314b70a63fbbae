package gate

import (
	"testing"

	"sallyport/internal/fact"
	"sallyport/internal/finding"
)

func fp(rule, path, logical, value, msg string) finding.Finding {
	return finding.Finding{
		Rule: &finding.Rule{Name: rule}, Logical: logical, Message: msg,
		Place: finding.Place{Document: &fact.Document{Path: path}, Value: []byte(value), Span: fact.Span{Line: 3}},
	}
}

func prints(list ...finding.Finding) []string {
	Fingerprints(list)
	var all []string
	for _, f := range list {
		all = append(all, f.Fingerprint)
	}
	return all
}

func TestFingerprintSurvivesTagAndDigest(t *testing.T) {
	same := []string{
		`"registry.example.com:5000/team/app:1.2.3"`,
		`"registry.example.com:5000/team/app:2.0"`,
		`"registry.example.com:5000/team/app@sha256:0123456789abcdef0123456789abcdef"`,
		`"registry.example.com:5000/team/app:1@sha256:0123456789abcdef0123456789abcdef"`,
	}
	want := prints(fp("k/r", "Dockerfile", "/base", same[0], "m"))[0]
	for _, v := range same {
		if got := prints(fp("k/r", "Dockerfile", "/base", v, "another message"))[0]; got != want {
			t.Errorf("%s has another fingerprint", v)
		}
	}
	line := fp("k/r", "Dockerfile", "/base", same[0], "m")
	line.Span.Line = 99
	if got := prints(line)[0]; got != want {
		t.Error("the line is in the fingerprint")
	}
}

func TestFingerprintTellsApart(t *testing.T) {
	all := prints(
		fp("k/r", "Dockerfile", "/user", `"root"`, "m"),
		fp("k/r", "Dockerfile", "/user", `"0"`, "m"),
		fp("k/s", "Dockerfile", "/user", `"root"`, "m"),
		fp("k/r", "b/Dockerfile", "/user", `"root"`, "m"),
		fp("k/r", "Dockerfile", "/group", `"root"`, "m"),
		fp("k/r", "Dockerfile", "/group", `{"a":1}`, "one"),
		fp("k/r", "Dockerfile", "/group", `{"a":1}`, "two"),
		fp("k/r", "Dockerfile", "/group", `{"a":1}`, "two"),
		fp("k/r", "Dockerfile", "/port", `8080`, "m"),
		fp("k/r", "Dockerfile", "/port", `8081`, "m"),
	)
	seen := map[string]int{}
	for i, f := range all {
		if j, ok := seen[f]; ok {
			t.Errorf("%d and %d collide", i, j)
		}
		seen[f] = i
	}
}
