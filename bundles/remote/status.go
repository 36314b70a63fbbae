package remote

import (
	"maps"
	"slices"
	"time"
)

// Kinds of events.
const (
	loaded      = "loaded"      // a bundle is in use
	unchanged   = "unchanged"   // the source has what is in use
	refused     = "refused"     // a bundle is not taken into use
	unreachable = "unreachable" // the source does not answer, or with an error
)

// An Event is an answer of the source.
type Event struct {
	// Kind is "loaded", "unchanged", "refused" or "unreachable".
	Kind             string
	Reason           string // as in Error, of what was refused, or unreachable
	Err              error
	Revision, Digest string // of a bundle that was loaded
	Stored           bool   // it was loaded from the state directory
}

// Status is how it stands with the source.
type Status struct {
	Source string
	// Of the bundle in use; Loaded is zero where there is none yet.
	Revision, Digest string
	Signed, Stored   bool
	Loaded           time.Time
	// LastSuccess is when the source last said something valid. LastError is what is wrong since; "" where nothing is.
	LastSuccess, LastErrorAt time.Time
	LastError, LastReason    string
	// Counts are the events so far, by kind; "dropped" are decisions that were not logged.
	Counts map[string]uint64
}

func (s *Status) inUse(r *Revision) {
	s.Revision, s.Digest, s.Signed, s.Stored, s.Loaded = r.Revision, r.Digest, r.Signed, r.Stored, r.Loaded
}

// Status returns how it stands.
func (s *Source) Status() Status {
	s.mu.Lock()
	defer s.mu.Unlock()
	st := s.status
	st.Counts = maps.Clone(s.status.Counts)
	return st
}

// event counts, logs and passes on.
func (s *Source) event(e Event) {
	s.count(e.Kind)
	s.mu.Lock()
	inUse, log := s.status.Digest, s.opts.Logger.With("source", s.status.Source)
	s.mu.Unlock()
	switch e.Kind {
	case loaded:
		log.Info("bundle loaded", "revision", e.Revision, "digest", e.Digest, "stored", e.Stored)
	case unchanged:
		log.Debug("bundle unchanged")
	default:
		log.Error("bundle "+e.Kind, "reason", e.Reason, "error", e.Err, "in_use", inUse)
	}
	if s.opts.Event != nil {
		s.opts.Event(e)
	}
}

func (s *Source) count(kind string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.status.Counts == nil {
		s.status.Counts = map[string]uint64{}
	}
	s.status.Counts[kind]++
}

// answered takes down what came of asking for a bundle.
func (s *Source) answered(name string, err error, loaded bool) {
	s.mu.Lock()
	if err == nil {
		delete(s.failures, name)
		s.status.LastSuccess = time.Now()
		s.status.Stored = false
	} else {
		s.failures[name] = err
		s.status.LastErrorAt = time.Now()
	}
	s.status.LastError, s.status.LastReason = "", ""
	for _, name := range slices.Sorted(maps.Keys(s.failures)) {
		s.status.LastError, s.status.LastReason = s.failures[name].Error(), reason(s.failures[name])
	}
	s.mu.Unlock()
	switch {
	case err != nil && reason(err) == "source":
		s.event(Event{Kind: unreachable, Reason: "source", Err: err})
	case err != nil:
		s.event(Event{Kind: refused, Reason: reason(err), Err: err})
	case !loaded:
		s.event(Event{Kind: unchanged})
	}
}
