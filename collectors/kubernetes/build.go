package kubernetes

import (
	"fmt"
	"slices"
	"strings"
)

// A builder makes the facts of one object.
type builder struct {
	facts    *Facts
	secrets  []string
	mistakes []mistake
}

// A mistake is a value of a type that the API server refuses.
type mistake struct {
	at  []any
	msg string
}

func (b *builder) build(object map[string]any) {
	f := b.facts
	f.Object = object
	f.APIVersion, f.Kind = text(object["apiVersion"]), text(object["kind"])
	meta := b.mapping(object, []any{"object"}, "metadata")
	if f.Name = text(meta["name"]); f.Name == "" {
		f.Name = text(meta["generateName"])
	}
	f.Namespace = text(meta["namespace"])
	f.Labels, f.Annotations = texts(meta["labels"]), texts(meta["annotations"])
	owners, _ := meta["ownerReferences"].([]any)
	f.Owned = len(owners) > 0
	switch {
	case foreign(f.APIVersion):
		b.resource(object)
	case f.Kind == "ConfigMap":
		b.configMap(object)
	case f.Kind == "Secret":
		b.secret(object)
	case f.Kind == "CustomResourceDefinition":
	default:
		if !b.special(object) {
			b.pods(object)
			b.workload(object)
		}
	}
	b.references(object)
}

// foreign tells of a version whether its group is none of Kubernetes' own. A definition of resources names its kinds as it likes, so
// that a Secret there need not be one. It needs a dot in its group, and groups of k8s.io are protected (Kubernetes documentation,
// "Extend the Kubernetes API with CustomResourceDefinitions").
func foreign(version string) bool {
	group, _, ok := strings.Cut(version, "/")
	return ok && strings.Contains(group, ".") && !strings.HasSuffix(group, ".k8s.io")
}

// resource reads a resource that others define: the pod templates in it, and what is read alike wherever it stands. Its other fields
// have the types that its definition gives them.
func (b *builder) resource(object map[string]any) {
	b.search(object, []any{"object"})
	n := len(b.mistakes)
	if b.facts.Kind != "Gateway" && b.facts.Kind != "Route" || !b.special(object) {
		b.workload(object)
	}
	b.mistakes = b.mistakes[:n]
}

// special reads the kinds that hold no pods.
func (b *builder) special(object map[string]any) bool {
	group, _, _ := strings.Cut(b.facts.APIVersion, "/")
	switch b.facts.Kind {
	case "Role", "ClusterRole":
		b.role(object)
	case "RoleBinding", "ClusterRoleBinding":
		b.binding(object)
	case "NetworkPolicy":
		if group == "networking.k8s.io" || group == "extensions" { // network plugins have kinds of that name, too
			b.networkPolicy(object)
		}
	case "Ingress":
		b.ingress(object)
	case "PodDisruptionBudget":
		b.budget(object)
	case "HorizontalPodAutoscaler":
		b.autoscaler(object)
	case "ValidatingWebhookConfiguration", "MutatingWebhookConfiguration":
		b.webhooks(object)
	case "Gateway":
		list, name := "listeners", "name"
		if group == "networking.istio.io" {
			list = "servers"
		}
		b.gateway(object, list, name)
	case "Route":
		b.route(object)
	case "Service":
		b.service(object)
	case "Config":
		b.kubeconfig(object)
	default:
		return false
	}
	return true
}

// workloads tells where the kinds of the core, apps and batch groups have their pod specification.
var workloads = map[string][]any{
	"Pod":                   {"spec"},
	"PodTemplate":           {"template", "spec"},
	"Deployment":            {"spec", "template", "spec"},
	"StatefulSet":           {"spec", "template", "spec"},
	"DaemonSet":             {"spec", "template", "spec"},
	"ReplicaSet":            {"spec", "template", "spec"},
	"ReplicationController": {"spec", "template", "spec"},
	"Job":                   {"spec", "template", "spec"},
	"CronJob":               {"spec", "jobTemplate", "spec", "template", "spec"},
}

func (b *builder) pods(object map[string]any) {
	if where := workloads[b.facts.Kind]; where != nil {
		at := []any{"object"}
		inner, outer := object, object
		for _, key := range where {
			outer = inner
			next := b.mapping(inner, at, key.(string))
			at = append(at, key)
			if inner = next; inner == nil {
				break
			}
		}
		if inner != nil {
			meta, _ := outer["metadata"].(map[string]any)
			b.pod(inner, meta, at)
			return
		}
	}
	b.search(object, []any{"object"})
}

// search finds the pod templates in an object of any kind: mappings named template whose spec has
// containers.
func (b *builder) search(v any, at []any) {
	switch v := v.(type) {
	case map[string]any:
		for _, key := range sortedCollections(v) {
			inner := append(slices.Clip(at), key)
			if template, ok := v[key].(map[string]any); ok && key == "template" {
				if spec, ok := template["spec"].(map[string]any); ok && b.holds(spec) {
					meta, _ := template["metadata"].(map[string]any)
					b.pod(spec, meta, append(inner, "spec"))
					continue
				}
			}
			b.search(v[key], inner)
		}
	case []any:
		for i, item := range v {
			b.search(item, append(slices.Clip(at), i))
		}
	}
}

// holds tells whether a specification is that of a pod.
func (b *builder) holds(spec map[string]any) bool {
	_, list := spec["containers"].([]any)
	return list || spec["containers"] != nil && !foreign(b.facts.APIVersion)
}

func sortedCollections(m map[string]any) []string {
	var keys []string
	for key, v := range m {
		switch v.(type) {
		case map[string]any, []any:
			keys = append(keys, key)
		}
	}
	slices.Sort(keys)
	return keys
}

// pod reads a pod specification; meta is the metadata beside it.
func (b *builder) pod(spec, meta map[string]any, at []any) {
	at = slices.Clip(at)
	context := b.mapping(spec, at, "securityContext")
	p := Pod{
		Path:           at,
		HostNetwork:    spec["hostNetwork"] == true,
		HostPID:        spec["hostPID"] == true,
		HostIPC:        spec["hostIPC"] == true,
		HostUsers:      spec["hostUsers"] != false,
		Windows:        text(b.mapping(spec, at, "os")["name"]) == "windows",
		ServiceAccount: text(spec["serviceAccountName"]),

		AutomountToken:  b.boolean(spec, at, "automountServiceAccountToken"),
		SharedProcesses: spec["shareProcessNamespace"] == true,
		Labels:          texts(meta["labels"]), Annotations: texts(meta["annotations"]),
		Security:    b.settings(context, append(at, "securityContext")),
		Volumes:     b.volumes(spec, at),
		HostAliases: aliases(spec["hostAliases"]),
		LongRunning: b.longRunning(spec), Spread: spread(spec), PriorityClass: text(spec["priorityClassName"]), Tolerations: b.tolerations(spec, at),
		AccountField: text(spec["serviceAccount"]),
	}
	switch p.ServiceAccount {
	case "":
		p.ServiceAccount = p.AccountField
	case p.AccountField: // the API server writes both
		p.AccountField = ""
	}
	s := scope{pod: p, index: len(b.facts.Pods), volumes: byName(p.Volumes), context: context, patch: b.facts.Patch, resources: b.mapping(spec, at, "resources")}
	b.facts.Pods = append(b.facts.Pods, p)
	for _, list := range []string{"initContainers", "containers", "ephemeralContainers"} {
		for i, item := range b.list(spec, at, list) {
			where := append(at, list, i)
			if c, ok := item.(map[string]any); ok {
				b.facts.Containers = append(b.facts.Containers, b.container(s, c, list, where))
			} else {
				b.wrong(where, "a container", "a mapping", item)
			}
		}
	}
}

// aliases are the names that a pod adds to its hosts file.
func aliases(v any) []string {
	all := noTexts
	list, _ := v.([]any)
	for _, item := range list {
		m, _ := item.(map[string]any)
		names, _ := m["hostnames"].([]any)
		for _, name := range names {
			all = append(all, words(name))
		}
	}
	return all
}

// mapping is a field that must be a mapping where it is there at all.
func (b *builder) mapping(m map[string]any, at []any, key string) map[string]any {
	v := m[key]
	inner, ok := v.(map[string]any)
	if !ok && v != nil {
		b.wrong(append(slices.Clip(at), key), key, "a mapping", v)
	}
	return inner
}

// list is a field that must be a list where it is there at all.
func (b *builder) list(m map[string]any, at []any, key string) []any {
	v := m[key]
	inner, ok := v.([]any)
	if !ok && v != nil {
		b.wrong(append(slices.Clip(at), key), key, "a list", v)
	}
	return inner
}

func (b *builder) wrong(at []any, what, want string, got any) {
	b.mistakes = append(b.mistakes, mistake{at, fmt.Sprintf("%s is %s, not %s", what, typeOf(got), want)})
}

// typeOf names a type with its article.
func typeOf(v any) string {
	switch v.(type) {
	case nil:
		return "null"
	case map[string]any:
		return "a mapping"
	case []any:
		return "a list"
	case bool:
		return "a boolean"
	case string:
		return "a string"
	}
	return "a number"
}

// text is a string; "" for what is none.
func text(v any) string {
	s, _ := v.(string)
	return s
}

// words is a scalar as text, whatever its type.
func words(v any) string {
	switch v := v.(type) {
	case string:
		return v
	case nil, map[string]any, []any:
		return ""
	}
	return fmt.Sprint(v)
}

// texts is a mapping of strings; other scalars are written out.
func texts(v any) map[string]string {
	m, _ := v.(map[string]any)
	all := make(map[string]string, len(m))
	for key, value := range m {
		all[key] = words(value)
	}
	return all
}

// quoted shows a scalar as the file has it, strings in quotes and cut short.
func quoted(v any) string {
	s, ok := v.(string)
	if !ok {
		return words(v)
	}
	if r := []rune(s); len(r) > 40 {
		s = string(r[:40]) + "…"
	}
	return `"` + strings.ReplaceAll(s, "\n", " ") + `"`
}
