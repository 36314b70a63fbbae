package server

import (
	"bufio"
	"cmp"
	"encoding/json"
	"io"
	"strings"
	"sync"
	"time"

	"sallyport/internal/admission"
)

// A DecisionLog writes one line of JSON for each decision, apart from the reviews: a disk that hangs must not hold up a cluster. What
// does not fit into the queue is dropped, and counted.
type DecisionLog struct {
	queue chan []byte
	ended chan struct{}
	once  sync.Once

	mu     sync.RWMutex // held to send, so that nobody sends after Close
	closed bool
	count  func(result string)
}

// queued is how many lines may wait.
const queued = 8192

// NewDecisionLog starts to write to w.
func NewDecisionLog(w io.Writer) *DecisionLog {
	l := &DecisionLog{queue: make(chan []byte, queued), ended: make(chan struct{}), count: func(string) {}}
	go l.run(w)
	return l
}

func (l *DecisionLog) run(w io.Writer) {
	defer close(l.ended)
	out := bufio.NewWriterSize(w, 64<<10)
	for line := range l.queue {
		_, err := out.Write(line)
		if err == nil && len(l.queue) == 0 {
			err = out.Flush()
		}
		if err != nil {
			out.Reset(w) // one that cannot write may be able to later
			l.count("error")
		} else {
			l.count("written")
		}
	}
	if err := out.Flush(); err != nil {
		l.count("error")
	}
}

// write queues a line.
func (l *DecisionLog) write(r *record) {
	line, err := json.Marshal(r)
	if err != nil {
		l.count("error")
		return
	}
	l.mu.RLock()
	defer l.mu.RUnlock()
	if l.closed {
		l.count("dropped")
		return
	}
	select {
	case l.queue <- append(line, '\n'):
	default:
		l.count("dropped")
	}
}

// Close writes what is queued, if that takes no longer than the limit.
func (l *DecisionLog) Close(limit time.Duration) {
	l.once.Do(func() {
		l.mu.Lock()
		l.closed = true
		l.mu.Unlock()
		close(l.queue)
	})
	select {
	case <-l.ended:
	case <-time.After(limit):
	}
}

// A record is a line of the decision log. The object is not in it: names, places and what the rules say of them are.
type record struct {
	Time        time.Time       `json:"time"`
	UID         string          `json:"uid"`
	Operation   string          `json:"operation"`
	Group       string          `json:"group"`
	Version     string          `json:"version"`
	Kind        string          `json:"kind"`
	SubResource string          `json:"subresource"`
	Namespace   string          `json:"namespace"`
	Name        string          `json:"name"`
	User        string          `json:"user"`
	DryRun      bool            `json:"dry_run"`
	Allowed     bool            `json:"allowed"`
	Outcome     string          `json:"outcome"`
	Note        string          `json:"note"`
	Bindings    []string        `json:"bindings"`
	Findings    []recordFinding `json:"findings"`
	Errors      []string        `json:"errors"`
	Revision    string          `json:"bundle_revision"`
	Digest      string          `json:"bundle_digest"`
	Millis      float64         `json:"ms"`
}

type recordFinding struct {
	Rule        string `json:"rule"`
	Severity    string `json:"severity"`
	Mode        string `json:"mode"`
	Binding     string `json:"binding"`
	Effect      string `json:"effect"`
	Place       string `json:"place"`
	Message     string `json:"message"`
	Fingerprint string `json:"fingerprint"`
	Waiver      string `json:"waiver"`
}

func newRecord(rules *Rules, d *admission.Decision, start time.Time, took time.Duration) *record {
	r := &record{
		Time: start.UTC(), UID: short(d.UID), Operation: short(d.Operation), Group: short(d.Group), Version: short(d.Version), Kind: short(d.Kind),
		SubResource: short(d.SubResource), Namespace: short(d.Namespace), Name: short(d.Name), User: short(d.User), DryRun: d.DryRun, Allowed: d.Allowed, Outcome: d.Outcome, Note: d.Note,
		Bindings: append([]string{}, d.Bindings...), Findings: []recordFinding{}, Errors: messages(d),
		Revision: rules.Revision, Digest: rules.Digest, Millis: float64(took.Microseconds()) / 1000,
	}
	for i := range d.Judged {
		j := &d.Judged[i]
		f := &j.Finding
		one := recordFinding{
			Rule: f.Rule.Name, Severity: f.Severity.String(), Mode: j.Mode, Binding: j.Binding, Effect: effect(j), Place: cmp.Or(f.Field, f.At.String()),
			Message: j.Logged(), Fingerprint: f.Fingerprint,
		}
		if w := f.Waived; w != nil {
			one.Waiver = w.Reason
		}
		r.Findings = append(r.Findings, one)
	}
	return r
}

// effect is what a finding did, in a word.
func effect(j *admission.Judged) string {
	switch {
	case j.Finding.Waived != nil:
		return "waived"
	case j.Denies:
		return "denied"
	case j.Inherited:
		return "inherited"
	case j.Warns():
		return "warned"
	}
	return "audited"
}

// short bounds what whoever asks chooses the length of.
func short(s string) string {
	const most = 512
	if len(s) <= most {
		return s
	}
	return strings.ToValidUTF8(s[:most], "") + "…"
}
