package remote

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"sync"
)

// state remembers the revision that was last in use, by the bundle's name, in a file where there is a directory for it.
type state struct {
	file string // "" is memory alone

	mu        sync.Mutex
	Revisions map[string]revision `json:"revisions"`
}

type revision struct {
	Revision string `json:"revision"`
	Digest   string `json:"digest"`
}

// openState reads what an earlier run has left. A file that cannot be read is an error: to go on without would accept
// any revision.
func openState(dir string) (*state, error) {
	s := &state{Revisions: map[string]revision{}}
	if dir == "" {
		return s, nil
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, fmt.Errorf("state directory: %w", err)
	}
	s.file = filepath.Join(dir, "revisions.json")
	text, err := os.ReadFile(s.file)
	if errors.Is(err, fs.ErrNotExist) {
		return s, s.write() // so that a directory that cannot be written shows at once
	}
	if err == nil {
		err = json.Unmarshal(text, s)
	}
	if err != nil {
		return nil, fmt.Errorf("%s: %w: remove the file to accept any revision once", s.file, err)
	}
	if s.Revisions == nil {
		s.Revisions = map[string]revision{}
	}
	return s, nil
}

func (s *state) last(name string) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.Revisions[name].Revision
}

// save remembers what is in use.
func (s *state) save(name string, a *active) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	r := revision{Revision: a.revision, Digest: a.digest}
	if s.Revisions[name] == r {
		return nil
	}
	old := s.Revisions[name]
	s.Revisions[name] = r
	if err := s.write(); err != nil {
		s.Revisions[name] = old
		return &Error{Reason: "state", Err: fmt.Errorf("the bundle is in use, and its revision is not kept: %w", err)}
	}
	return nil
}

// write replaces the file in one step.
func (s *state) write() (err error) {
	if s.file == "" {
		return nil
	}
	text, err := json.MarshalIndent(s, "", "  ")
	if err != nil {
		return err
	}
	f, err := os.CreateTemp(filepath.Dir(s.file), ".revisions-*")
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			os.Remove(f.Name())
		}
	}()
	_, err = f.Write(append(text, '\n'))
	if err = errors.Join(err, f.Sync(), f.Close()); err != nil {
		return err
	}
	return os.Rename(f.Name(), s.file)
}
