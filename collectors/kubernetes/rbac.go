package kubernetes

import (
	"slices"
	"strings"
)

// A Role is a Role or a ClusterRole (Kubernetes API reference, rbac.authorization.k8s.io).
type Role struct {
	// Cluster is true for a ClusterRole.
	Cluster bool `json:"cluster"`
	// AggregatedTo are the built-in roles whose holders get these rules too: admin, edit, view.
	AggregatedTo []string `json:"aggregated_to"`
	// Grants are the powers that its rules give, each once for a rule.
	Grants []Grant `json:"grants"`
}

// A Grant is a power beyond the daily use of an application's own objects.
type Grant struct {
	// Power is everything, wildcard, secrets, escalate, bind, impersonate, roles, exec, workloads, nodes_proxy, tokens,
	// certificates, webhooks, volumes, accounts, traces or network.
	Power string `json:"power"`
	// What names it as the rule has it: "get, list on secrets".
	What string `json:"what"`
	// At leads to the rule, from the facts.
	At []any `json:"at"`
}

// A Binding is a RoleBinding or a ClusterRoleBinding.
type Binding struct {
	// Cluster is true for a ClusterRoleBinding.
	Cluster bool `json:"cluster"`
	// RoleKind and Role name the role.
	RoleKind string `json:"role_kind"`
	Role     string `json:"role"`
	// Subjects are who gets it.
	Subjects []Subject `json:"subjects"`
}

// A Subject is somebody who gets a role.
type Subject struct {
	// Kind is User, Group or ServiceAccount.
	Kind string `json:"kind"`
	// Name is who it is.
	Name string `json:"name"`
	// Namespace is a service account's; the binding's where the subject has none.
	Namespace string `json:"namespace"`
	// Class is anonymous for who has not logged in, everyone for all users or all service accounts, masters for system:masters,
	// default for the default account of a namespace or all accounts in one; "" otherwise.
	Class string `json:"class"`
}

// A power is what a rule gives by a verb on a resource. One that a resource name narrows counts where narrow is true.
type power struct {
	name, group string
	resources   []string
	verbs       []string
	narrow      bool
	names       []string
}

var writing = []string{"create", "update", "patch"}

// powers are those of https://kubernetes.io/docs/concepts/security/rbac-good-practices/#privilege-escalation-risks, and those
// that undo other safeguards.
var powers = []power{
	{name: "secrets", resources: []string{"secrets"}, verbs: []string{"get", "list", "watch", "create", "update", "patch"}},
	{name: "escalate", group: rbac, resources: []string{"roles", "clusterroles"}, verbs: []string{"escalate"}, narrow: true},
	{name: "bind", group: rbac, resources: []string{"roles", "clusterroles"}, verbs: []string{"bind"}},
	{name: "impersonate", resources: []string{"users", "groups", "serviceaccounts"}, verbs: []string{"impersonate"}, narrow: true},
	{name: "impersonate", group: "authentication.k8s.io", resources: []string{"userextras", "uids"}, verbs: []string{"impersonate"}, narrow: true},
	{name: "roles", group: rbac, resources: []string{"roles", "clusterroles", "rolebindings", "clusterrolebindings"}, verbs: writing},
	{name: "exec", resources: []string{"pods/exec", "pods/attach", "pods/portforward"}, verbs: []string{"create", "get"}},
	{name: "exec", resources: []string{"pods/ephemeralcontainers"}, verbs: []string{"update", "patch"}},
	{name: "workloads", resources: []string{"pods", "replicationcontrollers"}, verbs: []string{"create"}},
	{name: "workloads", group: "apps", resources: []string{"deployments", "daemonsets", "statefulsets", "replicasets"}, verbs: writing},
	{name: "workloads", group: "batch", resources: []string{"jobs", "cronjobs"}, verbs: writing},
	{name: "nodes_proxy", resources: []string{"nodes/proxy"}, verbs: []string{"get", "create", "update", "patch"}, narrow: true},
	{name: "tokens", resources: []string{"serviceaccounts/token"}, verbs: []string{"create"}},
	{name: "certificates", group: "certificates.k8s.io", resources: []string{"certificatesigningrequests/approval"}, verbs: []string{"update", "patch"}, narrow: true},
	{name: "webhooks", group: "admissionregistration.k8s.io", resources: []string{"validatingwebhookconfigurations", "mutatingwebhookconfigurations"}, verbs: writing},
	{name: "volumes", resources: []string{"persistentvolumes"}, verbs: []string{"create"}},
	{name: "accounts", resources: []string{"configmaps"}, verbs: writing, narrow: true, names: []string{"aws-auth", "coredns"}},
	{name: "traces", resources: []string{"pods/log", "events"}, verbs: []string{"delete", "deletecollection"}},
	{name: "traces", group: "events.k8s.io", resources: []string{"events"}, verbs: []string{"delete", "deletecollection"}},
	{name: "network", resources: []string{"services", "services/status", "endpoints"}, verbs: writing},
	{name: "network", group: "discovery.k8s.io", resources: []string{"endpointslices"}, verbs: writing},
	{name: "network", group: "networking.k8s.io", resources: []string{"networkpolicies", "ingresses"}, verbs: []string{"create", "update", "patch", "delete", "deletecollection"}},
}

const rbac = "rbac.authorization.k8s.io"

func (b *builder) role(object map[string]any) {
	r := Role{Cluster: b.facts.Kind == "ClusterRole", AggregatedTo: noTexts, Grants: []Grant{}}
	for _, to := range []string{"admin", "edit", "view"} {
		if b.facts.Labels[rbac+"/aggregate-to-"+to] == "true" {
			r.AggregatedTo = append(slices.Clip(r.AggregatedTo), to)
		}
	}
	for i, item := range b.list(object, []any{"object"}, "rules") {
		at := []any{"object", "rules", i}
		rule, ok := item.(map[string]any)
		if !ok {
			b.wrong(at, "a rule", "a mapping", item)
			continue
		}
		r.Grants = append(r.Grants, grants(rule, at)...)
	}
	b.facts.Roles = []Role{r}
}

// grants are the powers of a rule. One that gives everything gives all others, which are not named then.
func grants(rule map[string]any, at []any) (all []Grant) {
	verbs, groups, resources := scalars(rule["verbs"]), scalars(rule["apiGroups"]), scalars(rule["resources"])
	names, urls := scalars(rule["resourceNames"]), scalars(rule["nonResourceURLs"])
	anything := slices.Contains(resources, "*") || slices.Contains(resources, "*/*")
	core := slices.Contains(groups, "*") || slices.Contains(groups, "") || slices.Contains(groups, rbac)
	if anything && core && slices.Contains(verbs, "*") && len(names) == 0 {
		return []Grant{{Power: "everything", What: "every verb on every resource of " + groupsNamed(groups), At: at}}
	}
	for _, wild := range []struct {
		list       []string
		star, what string
	}{
		{verbs, "*", "every verb on " + strings.Join(append(slices.Clone(resources), urls...), ", ")},
		{resources, "*", strings.Join(verbs, ", ") + " on every resource of " + groupsNamed(groups)},
		{groups, "*", strings.Join(verbs, ", ") + " on " + strings.Join(resources, ", ") + " of every API group"},
	} {
		if slices.Contains(wild.list, wild.star) && len(all) == 0 {
			all = append(all, Grant{Power: "wildcard", What: wild.what, At: at})
		}
	}
	for _, p := range powers {
		if what := p.of(verbs, groups, resources, names, anything); what != "" {
			if i := slices.IndexFunc(all, func(g Grant) bool { return g.Power == p.name }); i >= 0 {
				all[i].What += "; " + what
			} else {
				all = append(all, Grant{Power: p.name, What: what, At: at})
			}
		}
	}
	return all
}

// of says with what words a rule gives the power; "" where it does not.
func (p power) of(verbs, groups, resources, names []string, anything bool) string {
	if !slices.Contains(groups, p.group) && !slices.Contains(groups, "*") || len(names) > 0 && !p.narrow {
		return ""
	}
	if len(p.names) > 0 && !slices.ContainsFunc(names, func(n string) bool { return slices.Contains(p.names, n) }) {
		return ""
	}
	given := meet(verbs, p.verbs, slices.Contains(verbs, "*"))
	what := meet(resources, p.resources, anything)
	if len(given) == 0 || len(what) == 0 {
		return ""
	}
	return strings.Join(given, ", ") + " on " + strings.Join(what, ", ")
}

// meet are the words of a list that are wanted; all that are wanted where a wildcard stands in it.
func meet(list, wanted []string, wild bool) (both []string) {
	for _, w := range wanted {
		if wild || slices.Contains(list, w) {
			both = append(both, w)
		}
	}
	return both
}

func groupsNamed(groups []string) string {
	if slices.Contains(groups, "*") {
		return "every API group"
	}
	named := make([]string, len(groups))
	for i, g := range groups {
		if named[i] = g; g == "" {
			named[i] = "core"
		}
	}
	return strings.Join(named, ", ")
}

// scalars are the scalars of a list, as text.
func scalars(v any) []string {
	list, _ := v.([]any)
	all := make([]string, len(list))
	for i, item := range list {
		all[i] = words(item)
	}
	return all
}

func (b *builder) binding(object map[string]any) {
	ref := b.mapping(object, []any{"object"}, "roleRef")
	x := Binding{Cluster: b.facts.Kind == "ClusterRoleBinding", RoleKind: text(ref["kind"]), Role: text(ref["name"]), Subjects: []Subject{}}
	for i, item := range b.list(object, []any{"object"}, "subjects") {
		m, ok := item.(map[string]any)
		if !ok {
			b.wrong([]any{"object", "subjects", i}, "a subject", "a mapping", item)
		}
		s := Subject{Kind: text(m["kind"]), Name: text(m["name"]), Namespace: text(m["namespace"])}
		if s.Namespace == "" && s.Kind == "ServiceAccount" {
			s.Namespace = b.facts.Namespace
		}
		s.Class = class(s)
		x.Subjects = append(x.Subjects, s)
	}
	b.facts.Bindings = []Binding{x}
}

func class(s Subject) string {
	switch {
	case s.Kind == "ServiceAccount":
		return map[bool]string{true: "default"}[s.Name == "default"]
	case s.Name == "system:anonymous" || s.Name == "system:unauthenticated":
		return "anonymous"
	case s.Name == "system:authenticated" || s.Name == "system:serviceaccounts":
		return "everyone"
	case s.Name == "system:masters":
		return "masters"
	case strings.HasPrefix(s.Name, "system:serviceaccounts:"):
		return "default"
	case strings.HasPrefix(s.Name, "system:serviceaccount:") && strings.HasSuffix(s.Name, ":default"):
		return "default"
	}
	return ""
}
