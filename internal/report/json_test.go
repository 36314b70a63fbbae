package report

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"reflect"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"sallyport/internal/fact"
	"sallyport/internal/finding"
)

func TestReadIsTheWayBack(t *testing.T) {
	for name, r := range map[string]*finding.Report{
		"sample": sample(), "empty": {}, "hostile": everywhere("\x1b::error::##[x"), "long": longLine(),
	} {
		var first, second bytes.Buffer
		if err := JSON(&first, r); err != nil {
			t.Fatal(err)
		}
		back, err := Read(bytes.NewReader(first.Bytes()))
		if err != nil && name != "empty" {
			t.Fatalf("%s: %v", name, err)
		}
		if err := JSON(&second, back); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(first.String(), second.String()); diff != "" {
			t.Errorf("%s: want - got +\n%s", name, diff)
		}
	}
}

func longLine() *finding.Report {
	r := sample()
	f := &r.Findings[0]
	f.Source = strings.Repeat("ä", 3000) + "ROOT" + strings.Repeat("y", 1<<20)
	f.Span = fact.Span{Line: 2, Column: 3001, EndLine: 2, EndColumn: 3005}
	f.Message = strings.Repeat("長", 100_000)
	f.Value = []byte(`"` + strings.Repeat("v", factsMax) + `"`)
	return r
}

func TestReportsStaySmall(t *testing.T) {
	for name, write := range Formats {
		var b bytes.Buffer
		if err := write(&b, longLine()); err != nil {
			t.Fatal(err)
		}
		if b.Len() > 50_000 {
			t.Errorf("%s: %d bytes for four findings", name, b.Len())
		}
	}
}

// SARIF made of what Read got out of JSON is SARIF made of the report: so both hold the same.
func TestJSONAndSARIFHoldTheSameFindings(t *testing.T) {
	for name, r := range map[string]*finding.Report{"sample": sample(), "long": longLine(), "hostile": everywhere("x\x1b")} {
		var b bytes.Buffer
		if err := JSON(&b, r); err != nil {
			t.Fatal(err)
		}
		back, err := Read(&b)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(string(sarifOf(t, r)), string(sarifOf(t, back))); diff != "" {
			t.Errorf("%s: from the report - from JSON +\n%s", name, diff)
		}
	}
	if diff := cmp.Diff(jsonFindings(t, sample()), sarifFindings(t, sample())); diff != "" {
		t.Errorf("json - sarif +\n%s", diff)
	}
}

func jsonFindings(t *testing.T, r *finding.Report) (all []string) {
	t.Helper()
	var b bytes.Buffer
	if err := JSON(&b, r); err != nil {
		t.Fatal(err)
	}
	var w wire
	if err := json.Unmarshal(b.Bytes(), &w); err != nil {
		t.Fatal(err)
	}
	for _, f := range w.Findings {
		all = append(all, fmt.Sprintln(f.Rule, f.Severity, f.Closes, f.Line, max(f.Column, 0), f.Fingerprint, f.Waived, len(f.Related), len(f.Fixes)))
	}
	return all
}

func sarifFindings(t *testing.T, r *finding.Report) (all []string) {
	t.Helper()
	for _, x := range parse(t, sarifOf(t, r)).Results {
		region := x.Locations[0].PhysicalLocation.Region
		all = append(all, fmt.Sprintln(x.RuleID, x.Properties.Severity, x.Properties.Closes, region.StartLine, region.StartColumn,
			x.PartialFingerprints.V1, len(x.Suppressions) > 0, len(x.RelatedLocations), len(x.Fixes)))
	}
	return all
}

func TestNoNullAndNoMissingKey(t *testing.T) {
	for name, r := range map[string]*finding.Report{
		"sample": sample(), "empty": {},
		"bare finding": {Findings: []finding.Finding{{Rule: &finding.Rule{Name: "a/b", Severity: finding.Low}, Severity: finding.Low}}},
	} {
		var b bytes.Buffer
		if err := JSON(&b, r); err != nil {
			t.Fatal(err)
		}
		if strings.Contains(b.String(), "null") {
			t.Errorf("%s: null in\n%s", name, b.String())
		}
		var v any
		if err := json.Unmarshal(b.Bytes(), &v); err != nil {
			t.Fatal(err)
		}
		if err := missing(v, reflect.TypeFor[wire](), "report"); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// missing tells of the first key that a type has and a value has not.
func missing(v any, typ reflect.Type, at string) error {
	switch typ.Kind() {
	case reflect.Struct:
		object, _ := v.(map[string]any)
		for _, f := range reflect.VisibleFields(typ) {
			key := f.Tag.Get("json")
			if f.Anonymous || key == "-" {
				continue
			}
			if _, ok := object[key]; !ok {
				return fmt.Errorf("%s.%s is missing", at, key)
			}
			if err := missing(object[key], f.Type, at+"."+key); err != nil {
				return err
			}
		}
	case reflect.Slice:
		list, _ := v.([]any)
		for i, e := range list {
			if err := missing(e, typ.Elem(), fmt.Sprintf("%s[%d]", at, i)); err != nil {
				return err
			}
		}
	}
	return nil
}

func TestReadRefusesWhatItDoesNotKnow(t *testing.T) {
	for text, want := range map[string]string{
		"":                               "not a JSON report",
		"[]":                             "not a JSON report",
		"{}":                             "version 0",
		`{"version": 2}`:                 "version 2",
		`{"version": 1}`:                 `verdict: "" is none of`,
		`{"version": 1, "verdict": "x"}`: `verdict: "x" is none of`,
		`{"version": 1, "verdict": "open", "fail_on": "x"}`:                                     `severity "x"`,
		`{"version": 1, "verdict": "open", "findings": [{"rule": "a/b", "severity": "low"}]}`:   `no rule "a/b"`,
		`{"version": 1, "verdict": "open", "started": "yesterday"}`:                             "yesterday",
		`{"version": 1, "verdict": "open", "findings": [{"severity": "low", "place": [true]}]}`: "neither a name nor an index",
	} {
		_, err := Read(strings.NewReader(text))
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want %q", text, err, want)
		}
	}
}

func TestEveryKeyIsDocumented(t *testing.T) {
	docs, err := os.ReadFile("../../docs/report-json.md")
	if err != nil {
		t.Fatal(err)
	}
	keys := map[string]bool{}
	collectKeys(reflect.TypeFor[wire](), keys)
	for key := range keys {
		if !bytes.Contains(docs, []byte("`"+key+"`")) {
			t.Errorf("docs/report-json.md says nothing about %q", key)
		}
	}
	if len(keys) < 40 {
		t.Errorf("only %d keys found", len(keys))
	}
}

func collectKeys(typ reflect.Type, keys map[string]bool) {
	switch typ.Kind() {
	case reflect.Slice, reflect.Map:
		collectKeys(typ.Elem(), keys)
	case reflect.Struct:
		for _, f := range reflect.VisibleFields(typ) {
			if key := f.Tag.Get("json"); !f.Anonymous && key != "-" {
				keys[key] = true
				collectKeys(f.Type, keys)
			}
		}
	}
}
