package remote

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"sync/atomic"
	"time"

	"github.com/open-policy-agent/opa/v1/plugins/logs"
	"github.com/open-policy-agent/opa/v1/server"

	"sallyport/internal/secret"
)

// A Decision is what OPA's decision log gets of one.
type Decision struct {
	ID   string // of the request
	Path string // what was asked, such as "admission/validate"
	// Input and Result are JSON. They are masked before they are sent, by Mask.
	Input, Result   json.RawMessage
	RequestedBy     string
	TraceID, SpanID string
	Time            time.Time
	Err             error
}

// Bounds of the decisions that wait for being masked: who decides does not wait for who reports.
const (
	queued      = 1024
	queuedBytes = 64 << 20
)

// decisions wait to be handed to OPA's plugin.
type decisions struct {
	queue chan *Decision
	bytes atomic.Int64
	done  chan struct{}
}

// Logs tells whether Log sends anything.
func (s *Source) Logs() bool { return logs.Lookup(s.manager) != nil }

// Log hands a decision to OPA's decision log, which sends it later, with others. It copies the JSON and never waits: what is too
// much is dropped, and counted in Status as "dropped". It does nothing where the configuration has no decision_logs.
func (s *Source) Log(d Decision) {
	if !s.Logs() {
		return
	}
	size := int64(len(d.Input) + len(d.Result))
	if s.decisions.bytes.Add(size) > queuedBytes {
		s.decisions.bytes.Add(-size)
		s.drop(d, errors.New("too many wait"))
		return
	}
	d.Input, d.Result = bytes.Clone(d.Input), bytes.Clone(d.Result)
	select {
	case s.decisions.queue <- &d:
	default:
		s.decisions.bytes.Add(-size)
		s.drop(d, errors.New("too many wait"))
	}
}

func (s *Source) drop(d Decision, err error) {
	s.count("dropped")
	s.opts.Logger.Debug("decision is not logged", "id", d.ID, "error", err)
}

// logAll hands on what waits until ctx is done, and then the rest.
func (s *Source) logAll(ctx context.Context) {
	defer close(s.decisions.done)
	for {
		select {
		case d := <-s.decisions.queue:
			s.log(d)
		case <-ctx.Done():
			for {
				select {
				case d := <-s.decisions.queue:
					s.log(d)
				default:
					return
				}
			}
		}
	}
}

func (s *Source) log(d *Decision) {
	s.decisions.bytes.Add(-int64(len(d.Input) + len(d.Result)))
	var input, result any
	err := errors.Join(decode(d.Input, &input), decode(d.Result, &result))
	if err != nil {
		s.drop(*d, err)
		return
	}
	input, result = Mask(input), Mask(result)
	info := &server.Info{
		DecisionID: d.ID, Path: d.Path, Input: &input, Results: &result, RemoteAddr: d.RequestedBy,
		TraceID: d.TraceID, SpanID: d.SpanID, Timestamp: d.Time, Error: d.Err, Bundles: map[string]server.BundleInfo{},
	}
	s.mu.Lock()
	for name, a := range s.active {
		info.Bundles[name] = server.BundleInfo{Revision: a.revision}
	}
	s.mu.Unlock()
	if err := logs.Lookup(s.manager).Log(context.Background(), info); err != nil {
		s.drop(*d, err)
	}
}

func decode(text json.RawMessage, v *any) error {
	if len(text) == 0 {
		return nil
	}
	return json.Unmarshal(text, v)
}

// masked is in the place of a value that a log does not need.
const masked = "***"

// Mask returns a copy of a value as encoding/json decodes it, with stars in the place of what may be secret in an
// object of Kubernetes: the values of environment variables and of annotations, the data of Secrets, and what looks like a secret
// in any other text, such as the arguments of a command. Names stay.
func Mask(v any) any {
	switch v := v.(type) {
	case string:
		if len(v) < 8 {
			return v
		}
		var found []string
		for _, hit := range secret.Find(v) {
			found = append(found, hit.Value)
		}
		return secret.Redact(v, found)
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
