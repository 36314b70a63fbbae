package config

import (
	"errors"
	"fmt"
	"hash/fnv"
	"slices"

	"github.com/bmatcuk/doublestar/v4"

	"sallyport/internal/fact"
	"sallyport/internal/finding"
)

// The modes of a binding: findings close the gate, are told, or are only written down.
const (
	Enforce = "enforce"
	Warn    = "warn"
	Audit   = "audit"
)

// maxBindings bounds those of one file: each object is held against each of them.
const maxBindings = 500

type bindingText struct {
	Name              string           `toml:"name"`
	Profile           string           `toml:"profile"`
	Mode              string           `toml:"mode"`
	Namespaces        []string         `toml:"namespaces"`
	NamespaceSelector selectorText     `toml:"namespace_selector"`
	ObjectSelector    selectorText     `toml:"object_selector"`
	Rollout           int              `toml:"rollout"`
	FailOn            finding.Severity `toml:"fail_on"`
	OnUpdate          string           `toml:"on_update"`
	OnError           string           `toml:"on_error"`
}

// A Binding says by which rules objects of a cluster are judged, and what their findings do.
type Binding struct {
	// Name is how decisions call the binding.
	Name string
	// Profile is the set of rules; "" is all of them.
	Profile string
	// Mode is Enforce, Warn or Audit.
	Mode string
	// FailOn is the severity from which a finding closes the gate; 0 leaves it to the profile and the configuration.
	FailOn finding.Severity
	// Rollout is the share of objects, in percent, for which Mode holds; the others are judged in the mode Audit.
	Rollout int
	// OnlyNew lets an update pass whose violations the object had before.
	OnlyNew bool
	// AllowErrors lets an object pass that could not be judged in time or by some rule.
	AllowErrors bool

	namespaces            []string
	namespace, object     selector
	byNamespace, byObject bool
}

// A Target is an object as bindings see it.
type Target struct {
	*fact.Object
	// Cluster is true for an object that is in no namespace. Any other without one is in a namespace that is not known.
	Cluster bool
	// NamespaceLabels are the labels of the namespace; nil where they are not known.
	NamespaceLabels map[string]string
}

// FromFile is an object of a file, with the labels of the namespaces that are known. Files leave the namespace to whoever applies
// them; but some kinds are in none.
func FromFile(o *fact.Object, namespaces map[string]map[string]string) *Target {
	return &Target{Object: o, Cluster: o.Namespace == "" && slices.Contains(clusterKinds, o.Kind), NamespaceLabels: namespaces[o.Namespace]}
}

// clusterKinds are the kinds of Kubernetes itself that are in no namespace (kubectl api-resources --namespaced=false).
var clusterKinds = []string{
	"APIService", "CertificateSigningRequest", "ClusterRole", "ClusterRoleBinding", "ClusterTrustBundle", "ComponentStatus", "CSIDriver", "CSINode",
	"CustomResourceDefinition", "DeviceClass", "FlowSchema", "IngressClass", "IPAddress", "MutatingAdmissionPolicy", "MutatingAdmissionPolicyBinding",
	"MutatingWebhookConfiguration", "Namespace", "Node", "PersistentVolume", "PodSecurityPolicy", "PriorityClass", "PriorityLevelConfiguration",
	"ResourceSlice", "RuntimeClass", "ServiceCIDR", "StorageClass", "StorageVersion", "ValidatingAdmissionPolicy", "ValidatingAdmissionPolicyBinding",
	"ValidatingWebhookConfiguration", "VolumeAttachment", "VolumeAttributesClass",
}

// Implied is the binding of every object where there is no other.
func Implied() *Binding { return &Binding{Mode: Enforce, Rollout: 100, OnlyNew: true} }

// binding holds one [[binding]] against what it may say.
func (c *Config) binding(i int) (*Binding, error) {
	t := c.raw.Bindings[i]
	at := func(key ...any) fact.Path { return append(fact.Path{"binding", i}, key...) }
	var errs []error
	wrong := func(path fact.Path, hint, format string, args ...any) {
		errs = append(errs, c.mistake(path, hint, format, args...))
	}
	oneOf := func(key, value, first string, others ...string) string {
		switch {
		case value == "" && !c.has("binding", i, key):
			return first
		case value != first && !slices.Contains(others, value):
			wrong(at(key), fmt.Sprintf("choose one of %s, %s", first, join(others)), "there is no %s %q", key, short(value))
		}
		return value
	}
	b := &Binding{
		Name: t.Name, Profile: t.Profile, Mode: oneOf("mode", t.Mode, Enforce, Warn, Audit), FailOn: t.FailOn, Rollout: 100,
		OnlyNew:     oneOf("on_update", t.OnUpdate, "new", "all") != "all",
		AllowErrors: oneOf("on_error", t.OnError, "deny", "allow") == "allow",
		namespaces:  t.Namespaces,
	}
	if t.Name == "" || len(t.Name) > 100 {
		wrong(at("name"), "decisions call it by its name", "a binding without a name of at most 100 bytes")
	}
	for j, other := range c.raw.Bindings[:i] {
		if other.Name == t.Name {
			wrong(at("name"), "choose another", "the bindings %d and %d have the name %q", j+1, i+1, short(t.Name))
			break
		}
	}
	if c.has("binding", i, "rollout") {
		if b.Rollout = t.Rollout; t.Rollout < 0 || t.Rollout > 100 {
			wrong(at("rollout"), "write a number from 0 to 100", "rollout is %d percent", t.Rollout)
		}
	}
	if c.has("binding", i, "namespaces") && len(t.Namespaces) == 0 {
		wrong(at("namespaces"), "leave it out for all of them", "a binding for no namespace")
	}
	for j, pattern := range t.Namespaces {
		if len(pattern) > maxPattern || pattern == "" || !doublestar.ValidatePattern(pattern) {
			wrong(at("namespaces", j), "write it as apps-*", "%q is no pattern of names", short(pattern))
		}
	}
	var err error
	b.byNamespace, b.byObject = c.has("binding", i, "namespace_selector"), c.has("binding", i, "object_selector")
	b.namespace, err = c.selector(at("namespace_selector"), t.NamespaceSelector)
	errs = append(errs, err)
	b.object, err = c.selector(at("object_selector"), t.ObjectSelector)
	return b, errors.Join(append(errs, err)...)
}

func join(words []string) string {
	s := words[0]
	for _, w := range words[1:] {
		s += ", " + w
	}
	return s
}

// Bindings are those of trusted configuration; none means that every object is judged by all rules.
func (e *Effective) Bindings() []*Binding {
	if e.trusted == nil {
		return nil
	}
	return e.trusted.bindings
}

// ByLabels tells whether the labels of namespaces matter to the binding.
func (b *Binding) ByLabels() bool { return b.byNamespace }

// Matches tells whether the binding is for an object. Where that depends on what is not known, it is: what cannot be decided
// is not a pass.
func (b *Binding) Matches(t *Target) bool {
	if b.byObject && t.Labels != nil && !b.object.matches(t.Labels) {
		return false
	}
	name, labels := t.Namespace, t.NamespaceLabels
	switch {
	case t.Kind == "Namespace":
		name, labels = t.Name, t.Labels
	case t.Cluster:
		// As for admission webhooks: a selector of namespaces leaves out no object that is in none.
		return len(b.namespaces) == 0
	case name == "":
		return true
	}
	if len(b.namespaces) > 0 && !slices.ContainsFunc(b.namespaces, func(pattern string) bool { return glob(pattern, name) }) {
		return false
	}
	if !b.byNamespace {
		return true
	}
	return b.namespace.matchesPartly(labels, labels == nil, name)
}

// ModeFor is the mode in which an object is judged. It hangs on the object's own key, so that every replica decides alike, and an
// object stays on its side for good; a larger share takes more in and leaves none out. An object whose namespace is not known is in.
func (b *Binding) ModeFor(t *Target) string {
	if b.Rollout >= 100 || t.Namespace == "" && !t.Cluster {
		return b.Mode
	}
	h := fnv.New64a()
	_, _ = h.Write([]byte(t.Namespace + "/" + t.Key)) // never an error
	if int(mix(h.Sum64())%100) < b.Rollout {
		return b.Mode
	}
	return Audit
}

// mix spreads what names that are alike have in common over all bits (the finalizer of MurmurHash3).
func mix(h uint64) uint64 {
	h ^= h >> 33
	h *= 0xff51afd7ed558ccd
	h ^= h >> 33
	h *= 0xc4ceb9fe1a85ec53
	return h ^ h>>33
}

func glob(pattern, name string) bool {
	ok, err := doublestar.Match(pattern, name)
	return ok && err == nil
}
