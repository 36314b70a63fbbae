package kubernetes

import "slices"

// A NetworkPolicy says who may reach pods, and whom they may reach (Kubernetes API reference, NetworkPolicySpec).
type NetworkPolicy struct {
	// Selector are the pods that it is about.
	Selector Selector `json:"selector"`
	// Ingress and Egress tell which ways it closes.
	Ingress bool `json:"ingress"`
	Egress  bool `json:"egress"`
	// Open are the rules that open a way again for everybody and every port.
	Open []Opening `json:"open"`
}

// An Opening is a rule of a network policy that lets everything through.
type Opening struct {
	// Way is ingress or egress.
	Way string `json:"way"`
	// At leads to the rule, from the facts.
	At []any `json:"at"`
}

// A Selector picks objects by their labels (Kubernetes API reference, LabelSelector).
type Selector struct {
	// Everything is true for one without a condition.
	Everything bool `json:"everything"`
	// Labels must all be there; an expression In with one value is one of them.
	Labels map[string]string `json:"labels"`
	// Expressions are further conditions.
	Expressions []Expression `json:"expressions"`
}

// An Expression is a condition on one label.
type Expression struct {
	// Key is the label.
	Key string `json:"key"`
	// Operator is In, NotIn, Exists or DoesNotExist.
	Operator string `json:"operator"`
	// Values are those of In and NotIn.
	Values []string `json:"values"`
}

var (
	noExpressions = []Expression{}
	noSelector    = Selector{Labels: map[string]string{}, Expressions: noExpressions}
)

func selector(v any) Selector {
	m, _ := v.(map[string]any)
	s := Selector{Labels: texts(m["matchLabels"]), Expressions: noExpressions}
	list, _ := m["matchExpressions"].([]any)
	for _, item := range list {
		e, _ := item.(map[string]any)
		x := Expression{Key: text(e["key"]), Operator: text(e["operator"]), Values: scalars(e["values"])}
		if x.Operator == "In" && len(x.Values) == 1 {
			s.Labels[x.Key] = x.Values[0]
		} else {
			s.Expressions = append(s.Expressions, x)
		}
	}
	s.Everything = len(s.Labels) == 0 && len(s.Expressions) == 0
	return s
}

func (b *builder) networkPolicy(object map[string]any) {
	spec := b.mapping(object, []any{"object"}, "spec")
	p := NetworkPolicy{Selector: selector(spec["podSelector"]), Open: []Opening{}}
	// Without policyTypes a policy closes the way in, and the way out where it has rules for it.
	types := scalars(spec["policyTypes"])
	p.Ingress = len(types) == 0 || slices.Contains(types, "Ingress")
	p.Egress = len(types) == 0 && spec["egress"] != nil || slices.Contains(types, "Egress")
	for _, way := range []struct {
		name, peers string
		closed      bool
	}{{"ingress", "from", p.Ingress}, {"egress", "to", p.Egress}} {
		for i, item := range b.list(spec, []any{"object", "spec"}, way.name) {
			rule, _ := item.(map[string]any)
			if way.closed && open(rule, way.peers) {
				p.Open = append(p.Open, Opening{Way: way.name, At: []any{"object", "spec", way.name, i}})
			}
		}
	}
	b.facts.NetworkPolicies = []NetworkPolicy{p}
}

// open tells whether a rule is for every port and every address.
func open(rule map[string]any, peers string) bool {
	ports, _ := rule["ports"].([]any)
	list, _ := rule[peers].([]any)
	if len(ports) > 0 {
		return false
	}
	return len(list) == 0 || slices.ContainsFunc(list, func(peer any) bool {
		block, _ := within(peer, []any{"ipBlock"}).(map[string]any)
		except, _ := block["except"].([]any)
		return everywhere(text(block["cidr"])) && len(except) == 0
	})
}

// A Webhook is one that the API server asks about requests (Kubernetes API reference, ValidatingWebhook and MutatingWebhook).
type Webhook struct {
	// Name is the webhook's name.
	Name string `json:"name"`
	// Mutating is true for one that may change objects.
	Mutating bool `json:"mutating"`
	// FailurePolicy is Fail or Ignore.
	FailurePolicy string `json:"failure_policy"`
	// Everything is true where it is asked about every object of every namespace.
	Everything bool `json:"everything"`
	// At leads to it, from the facts.
	At []any `json:"at"`
}

func (b *builder) webhooks(object map[string]any) {
	for i, item := range b.list(object, []any{"object"}, "webhooks") {
		m, _ := item.(map[string]any)
		w := Webhook{Name: text(m["name"]), Mutating: b.facts.Kind[0] == 'M', FailurePolicy: text(m["failurePolicy"]), At: []any{"object", "webhooks", i}}
		if w.FailurePolicy == "" {
			w.FailurePolicy = "Fail"
		}
		narrowed := len(scalars(m["matchConditions"])) > 0 || !selector(m["namespaceSelector"]).Everything || !selector(m["objectSelector"]).Everything
		rules, _ := m["rules"].([]any)
		w.Everything = !narrowed && slices.ContainsFunc(rules, func(v any) bool {
			rule, _ := v.(map[string]any)
			resources := scalars(rule["resources"])
			return slices.Contains(scalars(rule["apiGroups"]), "*") && (slices.Contains(resources, "*") || slices.Contains(resources, "*/*"))
		})
		b.facts.Webhooks = append(b.facts.Webhooks, w)
	}
}
