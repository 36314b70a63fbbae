package kubernetes

import (
	"slices"

	"sallyport/internal/fact"
)

// kindFields are the facts of the lists that are about one kind of object, and where they are read from.
var kindFields = map[string]map[string]fact.Path{
	"roles":    {"": {"rules"}, "cluster": {"kind"}, "aggregated_to": {"metadata", "labels"}},
	"bindings": {"": {"subjects"}, "cluster": {"kind"}, "role": {"roleRef", "name"}, "role_kind": {"roleRef", "kind"}},
	"services": {
		"": {"spec"}, "type": {"spec", "type"}, "ports": {"spec", "ports"}, "selector": {"spec", "selector"}, "external_ips": {"spec", "externalIPs"},
		"external_name": {"spec", "externalName"}, "leads": {"spec", "externalName"}, "internal": {"metadata", "annotations"},
		"source_ranges": {"spec", "loadBalancerSourceRanges"},
	},
	"ingresses":        {"": {"spec"}, "class": {"spec", "ingressClassName"}},
	"network_policies": {"": {"spec"}, "selector": {"spec", "podSelector"}, "ingress": {"spec", "policyTypes"}, "egress": {"spec", "policyTypes"}},
	"budgets": {
		"": {"spec"}, "selector": {"spec", "selector"}, "min_available": {"spec", "minAvailable"}, "max_unavailable": {"spec", "maxUnavailable"},
		"unhealthy_policy": {"spec", "unhealthyPodEvictionPolicy"},
	},
	"autoscalers": {
		"": {"spec"}, "target_kind": {"spec", "scaleTargetRef", "kind"}, "target": {"spec", "scaleTargetRef", "name"},
		"min": {"spec", "minReplicas"}, "max": {"spec", "maxReplicas"},
	},
	"workload": {
		"": {"spec"}, "replicas": {"spec", "replicas"}, "strategy": {"spec", "strategy"}, "history": {"spec", "revisionHistoryLimit"},
		"selector": {"spec", "selector"}, "mismatch": {"spec", "selector"}, "ttl": {"spec", "ttlSecondsAfterFinished"},
		"deadline": {"spec", "startingDeadlineSeconds"},
	},
}

// ofKind is a fact of the list of a field, of its element i.
func ofKind(f *Facts, field string, i int, p fact.Path) (fact.Path, bool) {
	if at := partOf(f, field, i, p); at != nil {
		return at[1:], true
	}
	fields, ok := kindFields[field]
	if !ok {
		return nil, false
	}
	name := ""
	if len(p) > 0 {
		name, _ = p[0].(string)
	}
	from, ok := fields[name]
	if !ok {
		from = fields[""]
	}
	from = slices.Clip(from)
	switch j, isPart := second(p); {
	case isPart && (name == "ports" || name == "external_ips" || name == "source_ranges"):
		return append(from, j), true
	case name == "selector" && field == "services":
		return append(from, p[1:]...), true
	}
	return from, true
}

// partOf leads to an element that knows its own place; nil where there is none.
func partOf(f *Facts, field string, i int, p fact.Path) []any {
	part := -1
	if j, ok := second(p); ok {
		part = j
	}
	switch field {
	case "roles":
		if inside(i, f.Roles) && p != nil && inside(part, f.Roles[i].Grants) && p[0] == "grants" {
			return f.Roles[i].Grants[part].At
		}
	case "bindings":
		if inside(i, f.Bindings) && inside(part, f.Bindings[i].Subjects) {
			return append([]any{"object", "subjects", part}, subjectField(p[2:])...)
		}
	case "ingresses":
		if inside(i, f.Ingresses) && len(p) > 1 {
			x := f.Ingresses[i]
			switch {
			case p[0] == "hosts" && inside(part, x.Hosts):
				return x.Hosts[part].At
			case p[0] == "snippets" && inside(part, x.Snippets):
				return []any{"object", "metadata", "annotations", x.Snippets[part]}
			}
		}
	case "network_policies":
		if inside(i, f.NetworkPolicies) && len(p) > 1 && p[0] == "open" && inside(part, f.NetworkPolicies[i].Open) {
			return f.NetworkPolicies[i].Open[part].At
		}
	case "gateways":
		if inside(i, f.Gateways) {
			return f.Gateways[i].At
		}
	case "webhooks":
		if inside(i, f.Webhooks) {
			return f.Webhooks[i].At
		}
	case "clusters":
		if inside(i, f.Clusters) {
			return f.Clusters[i].At
		}
	}
	return nil
}

func subjectField(p fact.Path) fact.Path {
	if len(p) > 0 && (p[0] == "kind" || p[0] == "name" || p[0] == "namespace") {
		return p[:1]
	}
	return nil
}

func ofWorkload(f *Facts, p fact.Path) (fact.Path, bool) {
	if len(p) > 0 && p[0] == "strategy" && (f.Kind == "DaemonSet" || f.Kind == "StatefulSet") {
		return fact.Path{"spec", "updateStrategy"}, true
	}
	return ofKind(f, "workload", 0, p[:min(len(p), 1)])
}
