package report

import (
	"bytes"
	"encoding/json"
	"strconv"
)

// A jsonText is JSON that is being written. Results are most of a log, and written without reflection: the same bytes as those of
// encoding/json, made safe to print.
type jsonText struct {
	b   []byte
	err error
	buf bytes.Buffer // for what encoding/json writes
}

func (t *jsonText) raw(s string) { t.b = append(t.b, s...) }

func (t *jsonText) int(n int) { t.b = strconv.AppendInt(t.b, int64(n), 10) }

// any writes a value of any type.
func (t *jsonText) any(v any) {
	t.buf.Reset()
	enc := json.NewEncoder(&t.buf)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(v); err != nil {
		t.err = err
		return
	}
	t.b = append(t.b, harden(bytes.TrimSuffix(t.buf.Bytes(), []byte("\n")))...)
}

// text writes a string.
func (t *jsonText) text(s string) {
	for i := range len(s) {
		if c := s[i]; c < ' ' || c >= 0x7f || c == '"' || c == '\\' || c == '#' {
			t.any(s)
			return
		}
	}
	t.b = append(append(append(t.b, '"'), s...), '"')
}

func (t *jsonText) result(r *result) {
	t.raw(`{"ruleId":`)
	t.text(r.RuleID)
	t.raw(`,"ruleIndex":`)
	t.int(r.RuleIndex)
	t.raw(`,"level":`)
	t.text(r.Level)
	t.raw(`,"message":`)
	t.message(&r.Message)
	t.raw(`,"locations":`)
	t.locations(r.Locations)
	if len(r.RelatedLocations) > 0 {
		t.raw(`,"relatedLocations":`)
		t.locations(r.RelatedLocations)
	}
	if len(r.CodeFlows) > 0 {
		t.raw(`,"codeFlows":`)
		t.any(r.CodeFlows)
	}
	if r.PartialFingerprints != nil {
		t.raw(`,"partialFingerprints":{"sallyport/v1":`)
		t.text(r.PartialFingerprints.V1)
		t.raw(`}`)
	}
	t.raw(`,"suppressions":`)
	if len(r.Suppressions) == 0 {
		t.raw(`[]`)
	} else {
		t.any(r.Suppressions)
	}
	if len(r.Fixes) > 0 {
		t.raw(`,"fixes":`)
		t.any(r.Fixes)
	}
	t.raw(`,"properties":`)
	t.properties(&r.Properties)
	t.raw(`}`)
}

func (t *jsonText) properties(p *resultBag) {
	if len(p.More) > 0 {
		t.any(p)
		return
	}
	t.raw(`{"closes":`)
	t.b = strconv.AppendBool(t.b, p.Closes)
	t.raw(`,"severity":`)
	t.text(p.Severity)
	t.raw(`}`)
}

func (t *jsonText) message(m *message) {
	t.raw(`{"text":`)
	t.text(m.Text)
	if m.Markdown != "" {
		t.raw(`,"markdown":`)
		t.text(m.Markdown)
	}
	t.raw(`}`)
}

func (t *jsonText) locations(list []location) {
	t.raw(`[`)
	for i := range list {
		if i > 0 {
			t.raw(`,`)
		}
		t.location(&list[i])
	}
	t.raw(`]`)
}

func (t *jsonText) location(l *location) {
	t.raw(`{`)
	if l.ID != 0 {
		t.raw(`"id":`)
		t.int(l.ID)
		t.raw(`,`)
	}
	t.raw(`"physicalLocation":{"artifactLocation":`)
	if a := &l.PhysicalLocation.ArtifactLocation; a.URI == "" || a.BaseID == "" || a.Description != nil {
		t.any(a)
	} else {
		t.raw(`{"uri":`)
		t.text(a.URI)
		t.raw(`,"uriBaseId":`)
		t.text(a.BaseID)
		t.raw(`}`)
	}
	t.region(`,"region":{"startLine":`, l.PhysicalLocation.Region)
	t.region(`,"contextRegion":{"startLine":`, l.PhysicalLocation.ContextRegion)
	t.raw(`}`)
	if len(l.LogicalLocations) > 0 {
		t.raw(`,"logicalLocations":[`)
		for i := range l.LogicalLocations {
			if i > 0 {
				t.raw(`,`)
			}
			t.raw(`{"fullyQualifiedName":`)
			t.text(l.LogicalLocations[i].FullyQualifiedName)
			t.raw(`}`)
		}
		t.raw(`]`)
	}
	if l.Message != nil {
		t.raw(`,"message":`)
		t.message(l.Message)
	}
	t.raw(`}`)
}

func (t *jsonText) region(begin string, r *region) {
	if r == nil {
		return
	}
	t.raw(begin)
	t.int(r.StartLine)
	for _, field := range [...]struct {
		name  string
		value int
	}{{`,"startColumn":`, r.StartColumn}, {`,"endLine":`, r.EndLine}, {`,"endColumn":`, r.EndColumn}} {
		if field.value != 0 {
			t.raw(field.name)
			t.int(field.value)
		}
	}
	if r.Snippet != nil {
		t.raw(`,"snippet":`)
		t.message(r.Snippet)
	}
	t.raw(`}`)
}
