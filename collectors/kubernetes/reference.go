package kubernetes

import (
	"maps"
	"slices"
)

// A Reference is another object that this one needs, by its name.
type Reference struct {
	// Kind, Namespace and Name are the object's; Namespace is "" where this one has none.
	Kind      string `json:"kind"`
	Namespace string `json:"namespace"`
	Name      string `json:"name"`
	// At leads to the name, from the facts.
	At []any `json:"at"`
}

func (b *builder) refer(kind, namespace, name string, at ...any) {
	if name == "" {
		return
	}
	if namespace == "" {
		namespace = b.facts.Namespace
	}
	b.facts.References = append(b.facts.References, Reference{Kind: kind, Namespace: namespace, Name: name, At: at})
}

// references gathers what the object refers to. Secrets and ConfigMaps are left out: generators and operators make them.
func (b *builder) references(object map[string]any) {
	for _, p := range b.facts.Pods {
		if p.ServiceAccount != "default" {
			b.refer("ServiceAccount", "", p.ServiceAccount, append(slices.Clip(p.Path), "serviceAccountName")...)
		}
	}
	spec, _ := object["spec"].(map[string]any)
	switch b.facts.Kind {
	case "StatefulSet":
		b.refer("Service", "", text(spec["serviceName"]), "object", "spec", "serviceName")
	case "HorizontalPodAutoscaler":
		ref, _ := spec["scaleTargetRef"].(map[string]any)
		b.refer(text(ref["kind"]), "", text(ref["name"]), "object", "spec", "scaleTargetRef", "name")
	case "RoleBinding", "ClusterRoleBinding":
		for _, x := range b.facts.Bindings {
			if x.RoleKind == "Role" {
				b.refer("Role", "", x.Role, "object", "roleRef", "name")
			}
		}
	case "Ingress":
		b.backends(object, []any{"object"})
	case "HTTPRoute", "GRPCRoute", "TLSRoute", "TCPRoute", "UDPRoute":
		b.routed(spec)
	case "Route":
		if to, _ := spec["to"].(map[string]any); text(to["kind"]) == "Service" || to["kind"] == nil {
			b.refer("Service", "", text(to["name"]), "object", "spec", "to", "name")
		}
	}
}

// backends finds the services of an Ingress, in the form of v1 and of earlier versions.
func (b *builder) backends(v any, at []any) {
	switch v := v.(type) {
	case map[string]any:
		for _, key := range sortedCollections(v) {
			inner := append(slices.Clip(at), key)
			if m, ok := v[key].(map[string]any); ok && (key == "backend" || key == "defaultBackend") {
				b.refer("Service", "", text(m["serviceName"]), append(inner, "serviceName")...)
				s, _ := m["service"].(map[string]any)
				b.refer("Service", "", text(s["name"]), append(inner, "service", "name")...)
				continue
			}
			if key == "spec" || key == "rules" || key == "http" || key == "paths" || len(at) > 1 {
				b.backends(v[key], inner)
			}
		}
	case []any:
		for i, item := range v {
			b.backends(item, append(slices.Clip(at), i))
		}
	}
}

// routed finds the services of a route of the Gateway API.
func (b *builder) routed(spec map[string]any) {
	rules, _ := spec["rules"].([]any)
	for i, rule := range rules {
		refs, _ := within(rule, []any{"backendRefs"}).([]any)
		for j, item := range refs {
			m, _ := item.(map[string]any)
			if text(m["group"]) == "" && (m["kind"] == nil || m["kind"] == "Service") {
				b.refer("Service", text(m["namespace"]), text(m["name"]), "object", "spec", "rules", i, "backendRefs", j, "name")
			}
		}
	}
}

func sortedKeys(m map[string]string) []string { return slices.Sorted(maps.Keys(m)) }
