package auditor

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"sync"
	"time"

	"sallyport/internal/cluster/objects"
)

const (
	// flush is the time between two writings of the reports of namespaces with changes.
	flush = 5 * time.Second
	// pause is the time after a watch that broke off.
	pause = 2 * time.Second
)

// A watcher keeps the results of an audit current.
type watcher struct {
	audit  *Audit
	writer *Writer
	out    *json.Encoder
	log    *slog.Logger

	mu    sync.Mutex
	state map[string]Result // by resource, namespace and name
	dirty map[string]bool   // namespaces whose reports are not up to date
	fatal error
}

// Watch keeps the results current until the context ends: it prints a line of JSON for each object whose findings change, and has
// the reports written, where there is a writer. What cannot be watched is logged, tried again, and listed again where changes were missed.
func (a *Audit) Watch(ctx context.Context, writer *Writer, out io.Writer, log *slog.Logger) error {
	w := &watcher{audit: a, writer: writer, out: json.NewEncoder(out), log: log, state: map[string]Result{}, dirty: map[string]bool{}}
	for _, res := range a.Results {
		w.state[res.key()] = res
	}
	// The state is kept once.
	a.Results, a.opts.Object, a.opts.Progress, a.Dropped, a.kept = nil, nil, nil, 0, 0
	ctx, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	var all sync.WaitGroup
	for _, r := range a.opts.Resources {
		if r.Watchable {
			all.Go(func() { w.follow(ctx, r, a.Versions[r.String()]) })
		}
	}
	for done := false; !done; {
		select {
		case <-ctx.Done():
			done = true
		case <-time.After(flush):
		}
		w.report(context.WithoutCancel(ctx))
	}
	all.Wait()
	return w.fatal
}

// follow watches a resource, again and again.
func (w *watcher) follow(ctx context.Context, r objects.Resource, version string) {
	for ctx.Err() == nil {
		var err error
		if version == "" {
			version, err = w.list(ctx, r)
		} else {
			version, err = w.audit.opts.Lister.Watch(ctx, r, version, func(c objects.Change) error { w.change(ctx, c); return nil })
		}
		if errors.Is(err, objects.ErrExpired) {
			version = ""
			continue
		}
		if err != nil && ctx.Err() == nil {
			w.log.Error("watch", "resource", r.String(), "error", err.Error())
			select {
			case <-ctx.Done():
			case <-time.After(pause):
			}
		}
	}
}

// list judges a resource again, whose changes were missed: what is not there any more is gone.
func (w *watcher) list(ctx context.Context, r objects.Resource) (string, error) {
	seen := map[string]bool{}
	version, err := w.audit.opts.Lister.List(ctx, r, func(item objects.Item, _ int64) error {
		res, _ := identify(item)
		seen[res.key()] = true
		w.change(ctx, objects.Change{Item: item})
		return nil
	})
	if err != nil {
		return "", err
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	for key, res := range w.state {
		if res.of(r) && !seen[key] {
			w.gone(key, res)
		}
	}
	return version, nil
}

// change takes in one change.
func (w *watcher) change(ctx context.Context, c objects.Change) {
	w.mu.Lock()
	defer w.mu.Unlock()
	res, _ := identify(c.Item)
	key := res.key()
	before, known := w.state[key]
	if c.Deleted {
		delete(w.audit.told, w.audit.hash(c.UID))
		if known {
			w.gone(key, before)
		}
		return
	}
	w.audit.Results, w.audit.kept = nil, 0
	if !w.audit.judge(ctx, c.Item) {
		return
	}
	w.audit.Errors = nil
	now := Result{APIVersion: res.APIVersion, Kind: res.Kind, Namespace: res.Namespace, Name: res.Name, UID: res.UID}
	if len(w.audit.Results) > 0 {
		now = w.audit.Results[0]
	}
	w.audit.Results = nil
	if line(now) == line(before) && known || !known && len(now.Findings)+len(now.Errors) == 0 {
		return
	}
	w.dirty[res.Namespace] = true
	if len(now.Findings)+len(now.Errors) == 0 {
		delete(w.state, key)
	} else {
		w.state[key] = now
	}
	w.print(now)
}

func (w *watcher) gone(key string, res Result) {
	delete(w.state, key)
	w.dirty[res.Namespace] = true
	res.Gone, res.Findings, res.Errors = true, nil, nil
	w.print(res)
}

// print writes a line; an output that is closed ends the watch's use, and is told at the end.
func (w *watcher) print(res Result) {
	if err := w.out.Encode(res.wire()); err != nil && w.fatal == nil {
		w.fatal = fmt.Errorf("the output: %w", err)
	}
}

// report has the reports of namespaces with changes written.
func (w *watcher) report(ctx context.Context) {
	w.mu.Lock()
	dirty := w.dirty
	var results []Result
	for _, res := range w.state {
		if dirty[res.Namespace] {
			results = append(results, res)
		}
	}
	w.dirty = map[string]bool{}
	w.mu.Unlock()
	if w.writer == nil || len(dirty) == 0 {
		return
	}
	if err := w.writer.Write(ctx, results, dirty); err != nil {
		w.log.Error("reports", "error", err.Error())
		w.mu.Lock()
		defer w.mu.Unlock()
		for ns := range dirty {
			w.dirty[ns] = true
		}
	}
}

// key names an object among all of the cluster.
func (r Result) key() string { return r.APIVersion + "/" + path(r) }

// of tells whether an object belongs to a resource.
func (r Result) of(res objects.Resource) bool {
	version := res.Version
	if res.Group != "" {
		version = res.Group + "/" + version
	}
	return r.Kind == res.Kind && r.APIVersion == version
}

// A wireResult is a line for a program.
type wireResult struct {
	Object     string        `json:"object"`
	APIVersion string        `json:"api_version"`
	UID        string        `json:"uid"`
	State      string        `json:"state"`
	Findings   []wireFinding `json:"findings"`
	Errors     []string      `json:"errors"`
}

type wireFinding struct {
	Rule        string `json:"rule"`
	Severity    string `json:"severity"`
	Field       string `json:"field"`
	Message     string `json:"message"`
	Waived      bool   `json:"waived"`
	Closes      bool   `json:"closes"`
	Fingerprint string `json:"fingerprint"`
}

func (r Result) wire() wireResult {
	w := wireResult{Object: path(r), APIVersion: r.APIVersion, UID: r.UID, State: "open", Findings: []wireFinding{}, Errors: []string{}}
	for i := range r.Findings {
		f := &r.Findings[i]
		if f.Closes {
			w.State = "closed"
		}
		w.Findings = append(w.Findings, wireFinding{f.Rule.Name, f.Severity.String(), f.Field, f.Message, f.Waived != nil, f.Closes, f.Fingerprint})
	}
	for _, n := range r.Errors {
		w.State = "undecided"
		w.Errors = append(w.Errors, n.Message)
	}
	if r.Gone {
		w.State = "gone"
	}
	return w
}

func line(r Result) string {
	text, _ := json.Marshal(r.wire())
	return string(text)
}
