// Package keeper keeps what the webhook decides by: the rules and the configuration, each replaced while the server runs, and
// only by what works together with the other.
package keeper

import (
	"errors"
	"slices"
	"sync"
	"time"

	"sallyport/bundles"
	"sallyport/internal/admission"
	"sallyport/internal/config"
)

// Rules are a bundle, as it came from its source.
type Rules struct {
	Bundle           *bundles.Bundle
	Revision, Digest string
	Loaded           time.Time
}

// A Keeper makes a decider of each new bundle and of each new configuration.
type Keeper struct {
	// Namespaces knows the labels of namespaces; it may be nil.
	Namespaces admission.Namespaces
	// Use takes a decider into use.
	Use func(d *admission.Decider, rules *Rules)

	mu     sync.Mutex
	now    *admission.Decider
	rules  *Rules
	config *config.Config
}

// Bundle takes other rules into use. An error leaves those before in place.
func (k *Keeper) Bundle(rules *Rules) error {
	k.mu.Lock()
	defer k.mu.Unlock()
	if err := k.decide(rules, k.config); err != nil {
		return err
	}
	k.rules = rules
	return nil
}

// Config takes another configuration into use. An error leaves the one before in place. Until there are rules, it is only read.
func (k *Keeper) Config(name string, text []byte) error {
	c, err := config.Parse(name, text)
	if err != nil {
		return err
	}
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.rules != nil {
		if err := k.decide(k.rules, c); err != nil {
			return err
		}
	}
	k.config = c
	return nil
}

func (k *Keeper) decide(rules *Rules, c *config.Config) error {
	if rules.Bundle == nil {
		return errors.New("the bundle holds no rules")
	}
	if !slices.Contains(rules.Bundle.Kinds(), "kubernetes") {
		return errors.New("the bundle holds no rules about Kubernetes objects: everything would be allowed")
	}
	d, err := admission.New(admission.Options{
		Bundle: rules.Bundle.Profile, Config: c, Namespaces: k.Namespaces, Revision: rules.Revision, Digest: rules.Digest,
		Before: k.now,
	})
	if err != nil {
		return err
	}
	k.now = d
	k.Use(d, rules)
	return nil
}
