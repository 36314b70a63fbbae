package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"

	"sallyport/bundles"
	"sallyport/collectors"
	"sallyport/collectors/systemd"
	"sallyport/internal/admission"
	"sallyport/internal/config"
	"sallyport/internal/finding"
	"sallyport/internal/gate"
	"sallyport/internal/tree"
)

// configure reads the trusted configuration and the tree's own, and narrows the rules.
func (s *session) configure(f *sessionFlags, failOn finding.Severity) error {
	trusted, err := s.trustedConfig(f)
	if err != nil {
		return err
	}
	own, err := s.ownConfig(f)
	if err != nil {
		s.errors = append(s.errors, gate.Notifications(err)...)
		own = nil
	}
	if trusted != nil {
		if err := trusted.Check(s.known()); err != nil {
			return err
		}
	}
	if own != nil {
		if err := own.Check(s.known()); err != nil {
			s.errors = append(s.errors, gate.Notifications(err)...)
			own = nil
		}
	}
	asked := failOn
	if failOn, err = closesFrom(f.profile, failOn); err != nil {
		return err
	}
	s.effective = config.Merge(trusted, own, failOn, s.now)
	for _, kind := range f.requireSigned {
		if err := s.effective.RequireSigned(kind, s.known()); err != nil {
			return err
		}
	}
	parameters, err := withProfile(f.profile, s.effective.Parameters)
	if err != nil {
		return err
	}
	if len(parameters) > 0 {
		s.bundle = s.bundle.WithParameters(parameters)
	}
	whole := s.bundle
	if s.bundle, err = selectRules(s.bundle, f.only, f.skip, f.profile); err != nil {
		return err
	}
	if err := s.bind(f, whole, asked); err != nil {
		return err
	}
	judged := s.bundle.Names()
	all := s.tree.Whole()
	s.effective.Judged = func(rule string) bool { return all && slices.Contains(judged, rule) }
	s.limit(f.limits)
	s.rooted(f)
	return nil
}

// bind prepares the bindings of the trusted configuration. The flags that narrow the rules narrow those of a binding as well; but the
// rules of a binding are those of its own profile, and not of --profile.
func (s *session) bind(f *sessionFlags, whole *bundles.Bundle, failOn finding.Severity) (err error) {
	s.bindings, err = admission.Bindings(s.effective, func(profile string) (*bundles.Bundle, error) {
		b, err := selectRules(whole, f.only, f.skip, "")
		if err != nil {
			return nil, err
		}
		return b.Profile(profile)
	}, failOn)
	return err
}

// limit applies the limits of the configuration; flags win.
func (s *session) limit(flags tree.Options) {
	o, l := flags, s.effective.Limits
	if o.FileSize == 0 {
		o.FileSize = l.FileSize
	}
	if o.Files == 0 {
		o.Files = l.Files
	}
	if o.ImageSize == 0 {
		o.ImageSize = l.ImageSize
	}
	if o.Depth == 0 {
		o.Depth = l.Depth
	}
	s.tree = s.tree.With(o)
	s.fsys = s.tree.FS()
}

// rooted says what of the root of a file system is walked: all of it, or the load path of systemd where nothing else is asked
// about.
func (s *session) rooted(f *sessionFlags) {
	if f.root == "" {
		return
	}
	kinds := f.kinds
	if kinds == nil {
		kinds = s.bundle.Kinds()
	}
	o := s.tree.Options()
	o.Root = true
	if slices.Equal(kinds, []string{"systemd"}) {
		o.Only = systemd.LoadPath()
	}
	s.tree = s.tree.With(o)
	s.fsys = s.tree.FS()
}

// known is what a configuration may speak of: all kinds that collectors make, whether or not a rule judges
// them. Listing them reads the collectors' tables, so it waits until there is a configuration.
func (s *session) known() config.Known {
	all, _ := collectors.All(collectors.Options{})
	return config.Known{
		Kinds: append(kindsOf(all), "config"), Rules: s.bundle.Names(), Rule: s.bundle.Rule,
		Profile: func(name string) error { _, err := bundles.ReadProfile(name); return err },
	}
}

// trustedConfig is the configuration that the caller names: a file outside the tree, or the tree's file at
// a revision that the caller trusts.
func (s *session) trustedConfig(f *sessionFlags) (*config.Config, error) {
	switch {
	case f.config != "" && f.trustedRef != "":
		return nil, errors.New("--config and --trusted-ref both name the trusted configuration: choose one")
	case f.trustedRef != "":
		return s.configAt(f.trustedRef)
	case f.config == "" || inside(s.tree.Dir(), f.config):
		return nil, nil
	}
	text, err := os.ReadFile(f.config)
	if err != nil {
		return nil, fmt.Errorf("--config: %w", err)
	}
	name := f.config
	if rel, err := filepath.Rel(absolute(s.tree.Dir()), absolute(f.config)); err == nil {
		name = rel // as all other paths in the report
	}
	return config.Parse(filepath.ToSlash(name), text)
}

func (s *session) configAt(ref string) (*config.Config, error) {
	files, _, err := s.repo.At(ref)
	if err != nil {
		return nil, fmt.Errorf("--trusted-ref %s: %w", ref, err)
	}
	c := &config.Config{Name: config.File}
	text, err := fs.ReadFile(files, slashJoin(s.repo.VCS(s.tree.Dir()).Prefix, config.File))
	if err == nil {
		c, err = config.Parse(config.File, text)
	} else if errors.Is(err, fs.ErrNotExist) {
		err = nil
	}
	if err != nil {
		return nil, fmt.Errorf("--trusted-ref %s: %w", ref, err)
	}
	c.Ref = ref
	return c, nil
}

func slashJoin(dir, file string) string {
	if dir == "" {
		return file
	}
	return dir + "/" + file
}

// ownConfig is the configuration that comes with the tree, which is not trusted.
func (s *session) ownConfig(f *sessionFlags) (*config.Config, error) {
	name := config.File
	if f.config != "" && inside(s.tree.Dir(), f.config) {
		rel, err := filepath.Rel(s.tree.Dir(), absolute(f.config))
		if err != nil {
			return nil, err
		}
		name = filepath.ToSlash(rel)
	}
	text, err := fs.ReadFile(s.fsys, name)
	if errors.Is(err, fs.ErrNotExist) && name == config.File && (f.config == "" || !inside(s.tree.Dir(), f.config)) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	return config.Parse(name, text)
}

// inside tells whether a file belongs to the tree under test, through links too: what a pull request can
// change is not trusted.
func inside(dir, file string) bool {
	real, err := filepath.EvalSymlinks(absolute(file))
	if err != nil {
		real = absolute(file)
	}
	if top, err := filepath.EvalSymlinks(dir); err == nil {
		dir = top
	}
	for _, f := range []string{real, absolute(file)} {
		if rel, err := filepath.Rel(dir, f); err == nil && filepath.IsLocal(rel) {
			return true
		}
	}
	return false
}

func absolute(file string) string {
	if abs, err := filepath.Abs(file); err == nil {
		return abs
	}
	return file
}
