package kubernetes

import (
	"slices"

	"sallyport/internal/fact"
)

// locator answers where a fact stands by the place of what it was made from. at is where the object
// stands in the tree that spans knows.
func locator(f *Facts, at []any, spans fact.Locator) fact.Locator {
	return func(p fact.Path) (fact.Span, bool) {
		from, ok := origin(f, p)
		if !ok {
			return fact.Span{}, false
		}
		if len(at) > 0 {
			from = append(slices.Clip(fact.Path(at)), from...)
		}
		return spans(from)
	}
}

// fields are the facts that stand for one field of the object or the container.
var (
	objectFields = map[string][]any{
		"api_version": {"apiVersion"}, "kind": {"kind"}, "name": {"metadata", "name"}, "namespace": {"metadata", "namespace"},
		"labels": {"metadata", "labels"}, "annotations": {"metadata", "annotations"},
	}
	podFields = map[string][]any{
		"host_network": {"hostNetwork"}, "host_pid": {"hostPID"}, "host_ipc": {"hostIPC"}, "host_users": {"hostUsers"},
		"windows": {"os", "name"}, "service_account": {"serviceAccountName"},
		"automount_token": {"automountServiceAccountToken"}, "shared_processes": {"shareProcessNamespace"}, "volumes": {"volumes"},
		"host_aliases": {"hostAliases"}, "security": {"securityContext"}, "account_field": {"serviceAccount"}, "priority_class": {"priorityClassName"},
		"tolerations": {"tolerations"}, "long_running": {"restartPolicy"}, "spread": {"topologySpreadConstraints"},
	}
	containerFields = map[string][]any{
		"name": {"name"}, "image": {"image"}, "pull_policy": {"imagePullPolicy"}, "ports": {"ports"}, "mounts": {"volumeMounts"},
		"run_as_user": {"securityContext", "runAsUser"}, "env": {"env"}, "env_from": {"envFrom"},
		"reference": {"image"}, "sidecar": {"restartPolicy"}, "interactive": {"stdin"}, "sudo": {"command"}, "repeated": {"env"}, "watched": {}, "serves": {"ports"},
	}
)

// origin turns a path into the facts into one into the object; ok is false for a fact without a place
// of its own.
func origin(f *Facts, p fact.Path) (from fact.Path, ok bool) {
	if len(p) == 0 {
		return nil, true
	}
	field, _ := p[0].(string)
	if field == "object" {
		return p[1:], true
	}
	if from, ok := objectFields[field]; ok {
		return append(slices.Clip(fact.Path(from)), p[1:]...), true
	}
	if field == "workload" {
		return ofWorkload(f, p[1:])
	}
	if len(p) < 2 {
		return nil, false
	}
	i, _ := p[1].(int)
	switch {
	case field == "pods" && inside(i, f.Pods):
		return ofPod(&f.Pods[i], p[2:])
	case field == "containers" && inside(i, f.Containers):
		return ofContainer(&f.Containers[i], p[2:])
	case field == "entries" && inside(i, f.Entries):
		return f.Entries[i].At[1:], true
	case field == "references" && inside(i, f.References):
		return f.References[i].At[1:], true
	}
	return ofKind(f, field, i, p[2:])
}

func ofContainer(c *Container, p fact.Path) (fact.Path, bool) {
	if len(p) > 0 {
		switch p[0] {
		case "non_root":
			return c.NonRoot.At[1:], true
		case "read_only_root":
			return c.ReadOnlyRoot.At[1:], true
		case "unprivileged":
			return c.Unprivileged.At[1:], true
		case "security":
			return ofSecurity(c.Path, p[1:])
		case "handlers":
			if i, ok := second(p); ok && inside(i, c.Handlers) {
				return ofHandler(c, c.Handlers[i].Name, p[2:])
			}
		case "ports", "mounts":
			if i, ok := second(p); ok {
				return append(slices.Clip(fact.Path(c.Path[1:])), append(fact.Path{listFields[p[0].(string)], i}, fieldOf(p[2:])...)...), true
			}
		case "resources":
			return ofResources(c.Path, p[1:])
		case "leaks":
			if i, ok := second(p); ok && inside(i, c.Leaks) {
				return c.Leaks[i].At[1:], true
			}
			return nil, false
		case "repeated":
			if i, ok := second(p); ok && inside(i, c.Repeated) {
				return append(slices.Clip(fact.Path(c.Path[1:])), "env", c.Repeated[i]), true
			}
		case "env", "env_from":
			if i, ok := second(p); ok {
				return append(slices.Clip(fact.Path(c.Path[1:])), containerFields[p[0].(string)][0], i), true
			}
		}
	}
	return below(c.Path, containerFields, p)
}

func second(p fact.Path) (int, bool) {
	if len(p) < 2 {
		return 0, false
	}
	i, ok := p[1].(int)
	return i, ok
}

// below is a field of a pod or a container, or that itself.
func below(at []any, fields map[string][]any, p fact.Path) (fact.Path, bool) {
	base := slices.Clip(fact.Path(at[1:]))
	if len(p) == 0 {
		return base, true
	}
	name, _ := p[0].(string)
	from, ok := fields[name]
	return append(base, from...), ok
}

func inside[T any](i int, list []T) bool { return i >= 0 && i < len(list) }
