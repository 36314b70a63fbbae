package kubernetes

import (
	"slices"

	"sallyport/internal/fact"
)

// securityFields are the facts of a security context, and the fields that they are read from.
var securityFields = map[string][]any{
	"run_as_non_root": {"runAsNonRoot"}, "run_as_user": {"runAsUser"}, "run_as_group": {"runAsGroup"}, "fs_group": {"fsGroup"},
	"supplemental_groups": {"supplementalGroups"}, "seccomp": {"seccompProfile"}, "apparmor": {"appArmorProfile"},
	"selinux": {"seLinuxOptions"}, "host_process": {"windowsOptions", "hostProcess"}, "privileged": {"privileged"},
	"privilege_escalation": {"allowPrivilegeEscalation"}, "proc_mount": {"procMount"}, "added": {"capabilities", "add"},
	"dropped": {"capabilities", "drop"}, "sysctls": {"sysctls"},
}

// partFields are the facts of the parts of lists and profiles that have another name than their field.
var partFields = map[string]string{
	"localhost_profile": "localhostProfile", "number": "containerPort", "host_port": "hostPort", "host_ip": "hostIP",
	"path": "mountPath", "sub_path": "subPath", "read_only": "readOnly", "propagation": "mountPropagation",
}

var listFields = map[string]string{"ports": "ports", "mounts": "volumeMounts"}

// fieldOf turns the rest of a path below an element into fields.
func fieldOf(p fact.Path) fact.Path {
	from := slices.Clone(p)
	for i, step := range from {
		name, _ := step.(string)
		if field := partFields[name]; field != "" {
			from[i] = field
		}
	}
	return from
}

// ofSecurity is a fact of the security context of what stands at a path.
func ofSecurity(at []any, p fact.Path) (fact.Path, bool) {
	base := append(slices.Clip(fact.Path(at[1:])), "securityContext")
	if len(p) == 0 {
		return base, true
	}
	name, _ := p[0].(string)
	from, ok := securityFields[name]
	base = append(base, from...)
	if name == "run_as_user" || name == "run_as_group" || name == "fs_group" || len(p) > 1 && (p[1] == "set" || p[1] == "value") && name != "sysctls" {
		return base, ok
	}
	return append(base, fieldOf(p[1:])...), ok
}

func ofHandler(c *Container, name string, p fact.Path) (fact.Path, bool) {
	base := slices.Clip(fact.Path(c.Path[1:]))
	if name == "postStart" || name == "preStop" {
		base = append(base, "lifecycle")
	}
	base = append(base, name)
	i := slices.IndexFunc(c.Handlers, func(h Handler) bool { return h.Name == name })
	if len(p) > 0 && p[0] != "name" && p[0] != "type" && c.Handlers[i].Type != "" {
		base = append(append(base, c.Handlers[i].Type), p...)
	}
	return base, true
}

func ofResources(at []any, p fact.Path) (fact.Path, bool) {
	base := append(slices.Clip(fact.Path(at[1:])), "resources")
	if len(p) == 0 {
		return base, true
	}
	from, ok := map[any][]any{
		"requests_cpu": {"requests", "cpu"}, "requests_memory": {"requests", "memory"},
		"limits_cpu": {"limits", "cpu"}, "limits_memory": {"limits", "memory"},
		"requests_storage": {"requests", "ephemeral-storage"}, "limits_storage": {"limits", "ephemeral-storage"},
		"cores": {"limits", "cpu"}, "memory": {"limits", "memory"}, "storage": {"limits", "ephemeral-storage"},
		"cpu_ratio": {"limits", "cpu"}, "memory_ratio": {"limits", "memory"}, "given": {},
	}[p[0]]
	return append(base, from...), ok
}

func ofPod(pod *Pod, p fact.Path) (fact.Path, bool) {
	if len(p) == 0 {
		return below(pod.Path, podFields, p)
	}
	switch p[0] {
	case "security":
		return ofSecurity(pod.Path, p[1:])
	case "labels", "annotations":
		// The metadata stands beside the specification.
		above := slices.Clip(fact.Path(pod.Path[1 : len(pod.Path)-1]))
		return append(append(above, "metadata"), p...), true
	case "volumes":
		if i, ok := second(p); ok && inside(i, pod.Volumes) {
			base := append(slices.Clip(fact.Path(pod.Path[1:])), "volumes", i)
			switch {
			case len(p) > 2 && p[2] == "name":
				base = append(base, "name")
			case len(p) > 2:
				base = append(base, pod.Volumes[i].Type)
			}
			return base, true
		}
	case "tolerations":
		if i, ok := second(p); ok {
			return append(slices.Clip(fact.Path(pod.Path[1:])), "tolerations", i), true
		}
	}
	return below(pod.Path, podFields, p)
}
