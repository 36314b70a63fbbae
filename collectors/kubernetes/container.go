package kubernetes

import (
	"fmt"
	"math"
	"slices"
	"strings"
)

// A scope is what a pod decides for its containers.
type scope struct {
	pod     Pod
	index   int
	volumes map[string]int // their indexes by their names
	context map[string]any
	patch   bool
	// resources are those that the pod has for all of its containers.
	resources map[string]any
}

func (b *builder) container(s scope, c map[string]any, list string, at []any) Container {
	at = slices.Clip(at)
	own := b.mapping(c, at, "securityContext")
	x := Container{Name: text(c["name"]), List: list, Pod: s.index, Path: at, Image: text(c["image"]), PullPolicy: text(c["imagePullPolicy"])}
	x.Security = b.settings(own, append(at, "securityContext"))
	x.Ports, x.Mounts, x.Handlers, x.Resources = b.ports(c, at), b.mounts(c, at, s.volumes), b.handlers(c), b.resources(c, at, s.resources)
	x.Reference, x.Interactive = reference(x.Image), c["stdin"] == true || c["tty"] == true
	x.Serves = serves(x.Ports)
	x.Sidecar = list == "initContainers" && c["restartPolicy"] == "Always"
	x.Watched = s.pod.LongRunning && (list == "containers" || x.Sidecar)
	user := s.effective("runAsUser", own, at)
	if id, ok := integer(user.value); ok {
		x.RunAsUser = User{Set: true, Value: id}
	}
	if s.pod.Windows {
		x.NonRoot = s.nonRootWindows(own, at)
		x.ReadOnlyRoot = ok(append(at, "securityContext", "readOnlyRootFilesystem"))
	} else {
		x.NonRoot = s.nonRoot(user, own, at)
		x.ReadOnlyRoot = s.readOnly(own, at)
	}
	x.Unprivileged = s.unprivileged(own, at)
	b.environment(&x, c)
	b.commands(&x, c)
	return x
}

// A setting is a field of the security context and where it comes from.
type setting struct {
	value any
	at    []any
	// inherited is true for the pod's.
	inherited bool
}

// effective is the container's own field, or the pod's; null is absent. Where neither has it, the place is
// the container's.
func (s *scope) effective(field string, own map[string]any, at []any) setting {
	mine := append(at, "securityContext", field)
	if v := own[field]; v != nil {
		return setting{value: v, at: mine}
	}
	if v := s.context[field]; v != nil {
		return setting{value: v, at: append(slices.Clip(s.pod.Path), "securityContext", field), inherited: true}
	}
	return setting{at: mine}
}

func ok(at []any) Verdict { return Verdict{OK: true, At: at} }

func bad(at []any, format string, args ...any) Verdict {
	return Verdict{At: at, Reason: fmt.Sprintf(format, args...)}
}

// absent is the verdict about a setting that is nowhere: in a patch it is no statement.
func (s *scope) absent(at []any, reason string) Verdict {
	return Verdict{OK: s.patch, At: at, Reason: map[bool]string{false: reason}[s.patch]}
}

func (s *scope) nonRoot(user setting, own map[string]any, at []any) Verdict {
	flag := s.effective("runAsNonRoot", own, at)
	if user.value != nil {
		id, isInteger := integer(user.value)
		switch {
		case !isInteger:
			return bad(user.at, "has no valid user: %s is %s, and the API server takes only integers", from("runAsUser", user), quoted(user.value))
		case id == 0 && flag.value == true:
			return bad(user.at, "cannot start: %s is 0, which is root, and runAsNonRoot forbids it", from("runAsUser", user))
		case id == 0:
			return bad(user.at, "runs as root: %s is 0", from("runAsUser", user))
		case id < 0 || id > math.MaxInt32:
			return bad(user.at, "has no valid user: %s is %d, outside 0 to 2147483647", from("runAsUser", user), id)
		}
	}
	on, isBool := flag.value.(bool)
	switch {
	case flag.value != nil && !isBool:
		return bad(flag.at, "may run as root: %s is %s, and the API server takes only true and false", from("runAsNonRoot", flag), quoted(flag.value))
	case on || user.value != nil:
		return ok(flag.at)
	case flag.value != nil:
		return bad(flag.at, "may run as root: %s is false%s, and no runAsUser applies", from("runAsNonRoot", flag), s.overrides(flag))
	}
	return s.absent(flag.at, "may run as root: neither runAsNonRoot nor runAsUser applies, so the image decides")
}

// from names a field together with who sets it.
func from(field string, s setting) string {
	if s.inherited {
		return "the pod's " + field
	}
	return field
}

// overrides says that a container takes back what its pod promises.
func (s *scope) overrides(flag setting) string {
	if !flag.inherited && s.context["runAsNonRoot"] == true {
		return ", which overrides the pod's true"
	}
	return ""
}

// nonRootWindows judges by name: Windows has no numeric users (Kubernetes documentation, "Configure
// RunAsUserName for Windows pods and containers").
func (s *scope) nonRootWindows(own map[string]any, at []any) Verdict {
	flag := s.effective("runAsNonRoot", own, at)
	name := s.windows("runAsUserName", own, at)
	switch user := text(name.value); {
	case strings.EqualFold(user, "ContainerAdministrator"):
		return bad(name.at, "runs as ContainerAdministrator")
	case flag.value == true || user != "":
		return ok(flag.at)
	case flag.value != nil:
		return bad(flag.at, "may run as an administrator: %s is %s", from("runAsNonRoot", flag), quoted(flag.value))
	}
	return s.absent(flag.at, "may run as an administrator: neither runAsNonRoot nor runAsUserName applies, so the image decides")
}

// windows is a field of windowsOptions, the container's own or the pod's.
func (s *scope) windows(field string, own map[string]any, at []any) setting {
	mine := append(at, "securityContext", "windowsOptions", field)
	options, _ := own["windowsOptions"].(map[string]any)
	if v := options[field]; v != nil {
		return setting{value: v, at: mine}
	}
	options, _ = s.context["windowsOptions"].(map[string]any)
	if v := options[field]; v != nil {
		return setting{value: v, at: append(slices.Clip(s.pod.Path), "securityContext", "windowsOptions", field), inherited: true}
	}
	return setting{at: mine}
}

func (s *scope) readOnly(own map[string]any, at []any) Verdict {
	where := append(at, "securityContext", "readOnlyRootFilesystem")
	switch v := own["readOnlyRootFilesystem"].(type) {
	case nil:
		return s.absent(where, "can write to its root file system: readOnlyRootFilesystem is not set")
	case bool:
		if v {
			return ok(where)
		}
		return bad(where, "can write to its root file system: readOnlyRootFilesystem is false")
	default:
		return bad(where, "may write to its root file system: readOnlyRootFilesystem is %s, and the API server takes only true and false", quoted(v))
	}
}

// unprivileged judges privileged.
func (s *scope) unprivileged(own map[string]any, at []any) Verdict {
	where := append(at, "securityContext", "privileged")
	switch v := own["privileged"].(type) {
	case nil:
		return ok(where)
	case bool:
		if !v {
			return ok(where)
		}
		return bad(where, "is privileged")
	default:
		return bad(where, "may be privileged: privileged is %s, and the API server takes only true and false", quoted(v))
	}
}

// integer reads a whole number, as decoded from YAML or by encoding/json.
func integer(v any) (int64, bool) {
	switch v := v.(type) {
	case int64:
		return v, true
	case float64:
		if v == math.Trunc(v) && math.Abs(v) < 1<<53 {
			return int64(v), true
		}
	}
	return 0, false
}
