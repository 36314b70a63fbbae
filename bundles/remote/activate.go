package remote

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"path"
	"runtime/debug"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/bundle"
	"github.com/open-policy-agent/opa/v1/storage"

	"sallyport/bundles"
)

// activator is OPA's extension point for what happens to a bundle that was downloaded and verified. OPA's own activator
// compiles it by OPA's rules; ours loads it by bundles.Load. Its errors are in the status that OPA reports, and the
// bundle plugin then keeps neither the bundle nor its ETag.
type activator struct{}

const activatorID = "sallyport"

// register makes the activator that of the process, since the bundle plugin has no other way to choose one.
var register = sync.OnceFunc(func() {
	bundle.RegisterActivator(activatorID, activator{})
	bundle.RegisterDefaultBundleActivator(activatorID)
})

// store tells the activator whose bundle it has.
type store struct {
	storage.Store
	source *Source
}

// Activate implements bundle.Activator.
func (activator) Activate(opts *bundle.ActivateOpts) error {
	st, ok := opts.Store.(*store)
	if !ok || len(opts.Bundles) == 0 {
		return (&bundle.DefaultActivator{}).Activate(opts)
	}
	for name, b := range opts.Bundles {
		if err := st.source.activate(opts.Ctx, name, b); err != nil {
			return err
		}
	}
	opts.Compiler.Compile(map[string]*ast.Module{}) // the manager keeps it for plugins that ask rules of OPA's own
	return nil
}

func (s *Source) activate(ctx context.Context, name string, b *bundle.Bundle) (err error) {
	defer func() {
		if p := recover(); p != nil {
			s.opts.Logger.Error("a bundle made the program panic", "panic", p, "stack", string(debug.Stack()))
			err = &Error{Reason: "load", Err: fmt.Errorf("panic: %v", p)}
		}
	}()
	fresh, err := s.read(name, b)
	if err != nil {
		return err
	}
	s.mu.Lock()
	old := s.active[name]
	s.mu.Unlock()
	if old != nil && old.digest == fresh.digest && old.revision == fresh.revision && old.signed == fresh.signed {
		return s.state.save(name, fresh)
	}
	if err := s.rollback(name, fresh); err != nil {
		return err
	}
	if err := s.install(ctx, map[string]*active{name: fresh}); err != nil {
		return err
	}
	return s.state.save(name, fresh)
}

// read makes a tree of what OPA has read and verified.
func (s *Source) read(name string, b *bundle.Bundle) (*active, error) {
	if b.Type() != bundle.SnapshotBundleType {
		return nil, refusedf("content", "a delta bundle: publish whole ones")
	}
	if err := expired(b.Signatures, time.Now()); err != nil {
		return nil, &Error{Reason: "content", Err: err}
	}
	files := map[string][]byte{}
	put := func(file string, data []byte) error {
		file = path.Clean(strings.TrimPrefix(strings.TrimPrefix(file, "./"), "/"))
		if _, ok := files[file]; ok || !fs.ValidPath(file) {
			return refusedf("content", "%q is in the bundle twice, or is no path below it", file)
		}
		files[file] = data
		return nil
	}
	rules := 0
	for _, m := range b.Modules {
		rules++
		if err := put(m.RelativePath, m.Raw); err != nil {
			return nil, err
		}
	}
	for _, raw := range b.Raw { // beside the modules, the data as it was packed
		if path.Base(raw.Path) == "data.json" {
			if err := put(raw.Path, raw.Value); err != nil {
				return nil, err
			}
		}
	}
	if rules == 0 {
		return nil, refusedf("content", "the bundle has no .rego file")
	}
	fsys, err := bundles.Files(files)
	if err != nil {
		return nil, &Error{Reason: "content", Err: err}
	}
	digest, err := bundles.Digest(fsys)
	if err != nil {
		return nil, &Error{Reason: "content", Err: err}
	}
	shown := name // as errors of its rules call it
	if name == bundleName {
		shown = s.opts.Source
	}
	return &active{
		tree:     bundles.Tree{Name: shown, FS: fsys},
		revision: b.Manifest.Revision, digest: digest, signed: len(b.Signatures.Signatures) > 0,
	}, nil
}

// install loads the bundles that are in use with the changed ones in their places, and takes the result into use. Where
// bundles are missing yet, the changed ones are loaded all the same, so that a bad one is not kept.
func (s *Source) install(ctx context.Context, changed map[string]*active) error {
	s.mu.Lock()
	all := maps.Clone(s.active)
	maps.Copy(all, changed)
	stored := !s.started && len(changed) > 0
	s.mu.Unlock()
	rev, err := s.load(all)
	if err != nil {
		return err
	}
	rev.Stored = stored
	if len(all) == s.wanted {
		if err := s.use(ctx, rev); err != nil {
			return &Error{Reason: "load", Err: err}
		}
	}
	s.mu.Lock()
	s.active = all
	if len(all) == s.wanted {
		s.status.inUse(rev)
	}
	s.loads++
	s.mu.Unlock()
	if len(all) == s.wanted {
		s.event(Event{Kind: loaded, Revision: rev.Revision, Digest: rev.Digest, Stored: stored})
	}
	return nil
}

// load compiles the base with the bundles.
func (s *Source) load(all map[string]*active) (*Revision, error) {
	rev := &Revision{Loaded: time.Now(), Signed: len(all) > 0}
	trees := append([]bundles.Tree(nil), s.opts.Base...)
	var digests []string
	for _, name := range slices.Sorted(maps.Keys(all)) {
		a := all[name]
		trees = append(trees, a.tree)
		rev.Signed = rev.Signed && a.signed
		digests = append(digests, a.digest)
		rev.Revision = strings.TrimPrefix(rev.Revision+","+a.revision, ",")
	}
	var err error
	if rev.Digest, err = s.digest(digests); err != nil {
		return nil, err
	}
	if rev.Bundle, err = bundles.Load(s.opts.Load, trees...); err != nil {
		return nil, &Error{Reason: "load", Err: err}
	}
	return rev, nil
}

// digest is that of the one bundle there is; else of them all, or of the built-in rules.
func (s *Source) digest(digests []string) (string, error) {
	switch {
	case len(digests) == 1:
		return digests[0], nil
	case len(digests) == 0 && len(s.opts.Base) > 0:
		return bundles.Digest(s.opts.Base[0].FS)
	}
	sum := sha256.Sum256([]byte(strings.Join(digests, "\n")))
	return "sha256:" + hex.EncodeToString(sum[:]), nil
}

// Error is why a bundle is not in use.
type Error struct {
	// Reason is "source" (not reached, or it answered with an error), "content" (malformed, too large, not verified),
	// "rollback", "load" (the rules do not load) or "state" (the state directory).
	Reason string
	Err    error
}

func (e *Error) Error() string { return e.Err.Error() }

// Unwrap returns the cause.
func (e *Error) Unwrap() error { return e.Err }

func refusedf(reason, format string, args ...any) error {
	return &Error{Reason: reason, Err: fmt.Errorf(format, args...)}
}

// reason tells what kind of error it is; what OPA says without one of ours is about the content.
func reason(err error) string {
	var e *Error
	if errors.As(err, &e) {
		return e.Reason
	}
	return "content"
}
