package remote

import (
	"bytes"
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/bundle"

	"sallyport/bundles"
	"sallyport/policies"
)

// rule is a rule of the name dockerfile/<name>.
func rule(name string) string {
	return fmt.Sprintf(`# METADATA
# title: The base image is not ours
# description: Nobody keeps it.
# custom:
#   severity: high
#   remediation: Use our mirror.
#   bad: FROM debian
#   good: FROM mirror.example/debian
package policies.dockerfile.%s

deny contains {"at": ["stages", i, "base"], "msg": "not ours"} if {
	some i, stage in input.stages
	stage.base.registry != "mirror.example"
}
`, name)
}

// A signer is a key pair.
type signer struct{ private, public string }

func newSigner(t *testing.T) signer {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	private, err := x509.MarshalECPrivateKey(key)
	if err != nil {
		t.Fatal(err)
	}
	public, err := x509.MarshalPKIXPublicKey(&key.PublicKey)
	if err != nil {
		t.Fatal(err)
	}
	return signer{
		private: string(pem.EncodeToMemory(&pem.Block{Type: "EC PRIVATE KEY", Bytes: private})),
		public:  string(pem.EncodeToMemory(&pem.Block{Type: "PUBLIC KEY", Bytes: public})),
	}
}

func (s signer) key(id string) Key { return Key{ID: id, PEM: s.public, Algorithm: "ES256"} }

// build packs rules as `opa build` does, and signs them where there is a signer.
func build(t *testing.T, revision string, by *signer, claims string, rules ...string) []byte {
	t.Helper()
	b := bundle.Bundle{Manifest: bundle.Manifest{Revision: revision}, Data: map[string]any{}}
	b.Manifest.Init()
	for _, name := range rules {
		text := rule(name)
		if strings.Contains(name, "\n") {
			text, name = name, "broken"
		}
		file := "/acme/dockerfile/" + name + ".rego"
		m := bundle.ModuleFile{URL: file, Path: file, RelativePath: file, Raw: []byte(text)}
		var err error
		if m.Parsed, err = ast.ParseModule(file, text); err != nil {
			t.Fatal(err)
		}
		b.Modules = append(b.Modules, m)
	}
	if by != nil {
		sign(t, &b, *by, claims)
	}
	var buf bytes.Buffer
	if err := bundle.NewWriter(&buf).UseModulePath(true).DisableFormat(true).Write(b); err != nil {
		t.Fatal(err)
	}
	return buf.Bytes()
}

func sign(t *testing.T, b *bundle.Bundle, by signer, claims string) {
	t.Helper()
	file := ""
	if claims != "" {
		file = filepath.Join(t.TempDir(), "claims.json")
		write(t, file, claims)
	}
	if err := b.GenerateSignature(bundle.NewSigningConfig(by.private, "ES256", file), "default", true); err != nil {
		t.Fatal(err)
	}
}

func write(t *testing.T, file, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

// running is a source that runs until the test ends.
type running struct {
	*Source
	revisions chan *Revision
	events    chan Event
	stop      func()
}

func start(t *testing.T, opts Options) *running {
	t.Helper()
	schemas, err := fs.Sub(policies.FS, "schemas")
	if err != nil {
		t.Fatal(err)
	}
	r := &running{revisions: make(chan *Revision, 100), events: make(chan Event, 1000)}
	opts.Base = []bundles.Tree{{Name: "policies", FS: policies.FS, BuiltIn: true}}
	opts.Load = bundles.Options{Schemas: schemas}
	opts.Event = func(e Event) { r.events <- e }
	if opts.Poll == 0 {
		opts.Poll = 20 * time.Millisecond
	}
	if r.Source, err = New(opts); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan error, 1)
	go func() {
		done <- r.Run(ctx, func(_ context.Context, rev *Revision) error {
			r.revisions <- rev
			return nil
		})
	}()
	stopped := false
	r.stop = func() {
		if !stopped {
			stopped = true
			cancel()
			if err := <-done; err != nil {
				t.Error(err)
			}
		}
	}
	t.Cleanup(r.stop)
	return r
}

// await returns the next revision.
func (r *running) await(t *testing.T) *Revision {
	t.Helper()
	select {
	case rev := <-r.revisions:
		return rev
	case <-time.After(30 * time.Second):
		t.Fatalf("no bundle: %+v", r.Status())
		return nil
	}
}

// event returns the next event of the kind.
func (r *running) event(t *testing.T, kind string) Event {
	t.Helper()
	late := time.After(30 * time.Second)
	for {
		select {
		case e := <-r.events:
			if e.Kind == kind {
				return e
			}
		case <-late:
			t.Fatalf("no event %s: %+v", kind, r.Status())
			return Event{}
		}
	}
}

// custom lists the rules that are not built in, which are all named after a letter.
func custom(rev *Revision) string {
	var names []string
	for _, n := range rev.Bundle.Names() {
		if short := strings.TrimPrefix(n, "dockerfile/"); len(short) == 1 {
			names = append(names, short)
		}
	}
	return strings.Join(names, "")
}

func TestBuiltIn(t *testing.T) {
	r := start(t, Options{Source: BuiltIn})
	rev := r.await(t)
	if len(rev.Bundle.Names()) < 100 || !strings.HasPrefix(rev.Digest, "sha256:") || rev.Signed || rev.Stored {
		t.Errorf("got %d rules, %+v", len(rev.Bundle.Names()), rev)
	}
	r.event(t, loaded) // the status has it by now
	if st := r.Status(); st.Loaded.IsZero() || st.Source != BuiltIn || st.Digest != rev.Digest {
		t.Errorf("status %+v", st)
	}
}

// An error of use keeps what was in use.
func TestUseRefuses(t *testing.T) {
	dir := t.TempDir()
	write(t, filepath.Join(dir, "dockerfile/a.rego"), rule("a"))
	s, err := New(Options{Source: dir, Poll: time.Hour, Load: bundles.Options{Schemas: policies.FS}})
	if err != nil {
		t.Fatal(err)
	}
	schemas, _ := fs.Sub(policies.FS, "schemas")
	s.opts.Load.Schemas = schemas
	ctx, cancel := context.WithCancel(context.Background())
	s.opts.Event = func(Event) { cancel() }
	if err := s.Run(ctx, func(context.Context, *Revision) error { return errors.New("no such profile") }); err != nil {
		t.Fatal(err)
	}
	if st := s.Status(); !st.Loaded.IsZero() || st.LastError != "no such profile" {
		t.Errorf("status %+v", st)
	}
}
