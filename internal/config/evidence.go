package config

import (
	"errors"
	"slices"

	"sallyport/internal/attest"
	"sallyport/internal/fact"
	"sallyport/internal/finding"
)

// The parameters that evidence.<kind>.required sets where it is a list of names, and evidence.<kind>.signed.
const (
	requiredParameter = "required"
	signedParameter   = "signed"
)

// wanted is true for a kind of which a document must be there, or a list of the names that must be; where names must
// be there, so must a document.
type wanted struct {
	any   bool
	names []string
}

// UnmarshalTOML reads true, false or a list of strings.
func (w *wanted) UnmarshalTOML(v any) error {
	switch v := v.(type) {
	case bool:
		w.any = v
		return nil
	case []any:
		for _, item := range v {
			name, ok := item.(string)
			if !ok || name == "" {
				return errors.New("a list that holds more than names")
			}
			w.names = append(w.names, name)
		}
		w.any = len(w.names) > 0
		return nil
	}
	return errors.New("neither true nor a list of names")
}

// readKeys reads the public keys of [evidence.receipt].
func (c *Config) readKeys(kind string, texts []string) []error {
	var errs []error
	for i, text := range texts {
		at := fact.Path{"evidence", kind, "keys", i}
		if kind != "receipt" {
			return []error{c.mistake(at[:3], "keys are those of [evidence.receipt]", "%s documents have no signatures", kind)}
		}
		key, err := attest.ParsePublicKey([]byte(text))
		if err != nil {
			errs = append(errs, c.mistake(at, "write the text of the public key, from -----BEGIN PUBLIC KEY-----", "%v", err))
			continue
		}
		c.keys = append(c.keys, key)
	}
	return errs
}

// takeEvidence accepts what trusted configuration says about a kind, beside its age.
func (e *Effective) takeEvidence(s *evidenceSetting) {
	if s.Required.any {
		e.Required = append(e.Required, s.kind)
	}
	e.name(s)
	if s.Signed {
		e.sign(s.signed)
	}
}

// name adds the names that must be there to those that are wanted already.
func (e *Effective) name(s *evidenceSetting) {
	for _, r := range s.named {
		names := texts(e.value(r, requiredParameter))
		for _, name := range s.Required.names {
			if !slices.Contains(names, name) {
				names = append(names, name)
			}
		}
		e.set(r, requiredParameter, names)
	}
}

func (e *Effective) sign(rules []*finding.Rule) {
	for _, r := range rules {
		e.set(r, signedParameter, true)
	}
}

// texts copies a list of strings, as TOML and YAML give it.
func texts(v any) []string {
	list := []string{}
	switch v := v.(type) {
	case []string:
		list = append(list, v...)
	case []any:
		for _, item := range v {
			if s, ok := item.(string); ok {
				list = append(list, s)
			}
		}
	}
	return list
}

// tightenNames accepts further names and the demand for signatures; keys of the tree's own vouch for nothing.
func (e *Effective) tightenNames(c *Config, s *evidenceSetting) {
	at := fact.Path{"evidence", s.kind}
	if len(s.Required.names) > 0 {
		e.name(s)
	}
	switch {
	case s.Signed:
		e.sign(s.signed)
	case c.has("evidence", s.kind, signedParameter) && e.trusted != nil && e.trusted.raw.Evidence[s.kind].Signed:
		e.refuse(c, append(at, signedParameter), "trusted configuration demands signatures")
	}
	if len(s.Keys) > 0 && (e.trusted == nil || !slices.Equal(e.trusted.raw.Evidence[s.kind].Keys, s.Keys)) {
		e.refuse(c, append(at, "keys"), onlyTrusted)
	}
}

// RequireSigned demands signatures of a kind, as the caller does.
func (e *Effective) RequireSigned(kind string, known Known) error {
	c := &Config{Name: "--require-signed"}
	s := &evidenceSetting{kind: kind, evidence: evidence{Signed: true}}
	if err := c.checkEvidence(known, s); err != nil {
		return err
	}
	e.sign(s.signed)
	return nil
}
