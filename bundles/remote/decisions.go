package remote

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"github.com/open-policy-agent/opa/v1/plugins/logs"
	"github.com/open-policy-agent/opa/v1/server"
)

// A Decision is what OPA's decision log gets of one.
type Decision struct {
	ID   string // of the request
	Path string // what was asked, such as "admission/validate"
	// Input and Result are as encoding/json decodes them, or a json.RawMessage. They are masked before they are sent, by Mask.
	Input, Result   any
	RequestedBy     string
	TraceID, SpanID string
	Time            time.Time
	Err             error
}

// Logs tells whether Log sends anything.
func (s *Source) Logs() bool { return logs.Lookup(s.manager) != nil }

// Log hands a decision to OPA's decision log plugin, which sends it later, with others. It does nothing where the
// configuration has no decision_logs.
func (s *Source) Log(ctx context.Context, d Decision) error {
	p := logs.Lookup(s.manager)
	if p == nil {
		return nil
	}
	input, err := maskedJSON(d.Input)
	if err != nil {
		return fmt.Errorf("decision %s: input: %w", d.ID, err)
	}
	result, err := maskedJSON(d.Result)
	if err != nil {
		return fmt.Errorf("decision %s: result: %w", d.ID, err)
	}
	info := &server.Info{
		DecisionID: d.ID, Path: d.Path, Input: &input, Results: &result, RemoteAddr: d.RequestedBy,
		TraceID: d.TraceID, SpanID: d.SpanID, Timestamp: d.Time, Error: d.Err, Bundles: map[string]server.BundleInfo{},
	}
	s.mu.Lock()
	for name, a := range s.active {
		info.Bundles[name] = server.BundleInfo{Revision: a.revision}
	}
	s.mu.Unlock()
	return p.Log(ctx, info)
}

func maskedJSON(v any) (any, error) {
	if raw, ok := v.(json.RawMessage); ok {
		if err := json.Unmarshal(raw, &v); err != nil {
			return nil, err
		}
	}
	return Mask(v), nil
}

// masked is in the place of a value that a log does not need.
const masked = "***"

// Mask returns a copy of a value as encoding/json decodes it, with stars in the place of what may be secret in an
// object of Kubernetes: the values of environment variables and of annotations, and the data of Secrets. Their names stay.
func Mask(v any) any {
	switch v := v.(type) {
	case []any:
		out := make([]any, len(v))
		for i, e := range v {
			out[i] = Mask(e)
		}
		return out
	case map[string]any:
		out := make(map[string]any, len(v))
		kind, _ := v["kind"].(string)
		for name, e := range v {
			switch {
			case name == "env":
				out[name] = maskValues(e, true)
			case name == "annotations", kind == "Secret" && (name == "data" || name == "stringData"):
				out[name] = maskValues(e, false)
			case name == "managedFields":
			default:
				out[name] = Mask(e)
			}
		}
		return out
	}
	return v
}

// maskValues masks the values of a map, or the value of each element of a list.
func maskValues(v any, list bool) any {
	switch v := v.(type) {
	case []any:
		out := make([]any, len(v))
		for i, e := range v {
			m, ok := e.(map[string]any)
			if !ok {
				out[i] = masked
				continue
			}
			out[i] = Mask(m)
			if _, ok := m["value"]; ok && list {
				out[i].(map[string]any)["value"] = masked
			}
		}
		return out
	case map[string]any:
		out := make(map[string]any, len(v))
		for name := range v {
			out[name] = masked
		}
		return out
	case nil:
		return nil
	}
	return masked
}
