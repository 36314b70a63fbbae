package kubernetes

import "slices"

// Security is a security context as written (Kubernetes API reference, PodSecurityContext and SecurityContext). What a container
// does not set, its pod's holds, where the pod's context has that field.
type Security struct {
	// RunAsNonRoot is the flag that keeps a container from starting as root.
	RunAsNonRoot Flag `json:"run_as_non_root"`
	// RunAsUser and RunAsGroup are user and group id.
	RunAsUser  User `json:"run_as_user"`
	RunAsGroup User `json:"run_as_group"`
	// FSGroup and SupplementalGroups are of a pod alone.
	FSGroup            User    `json:"fs_group"`
	SupplementalGroups []int64 `json:"supplemental_groups"`
	// Seccomp and AppArmor are the profiles for system calls and for Linux' AppArmor.
	Seccomp  Profile `json:"seccomp"`
	AppArmor Profile `json:"apparmor"`
	// SELinux are the labels of the container's processes.
	SELinux SELinux `json:"selinux"`
	// HostProcess is windowsOptions.hostProcess.
	HostProcess Flag `json:"host_process"`
	// Privileged is of a container alone.
	Privileged Flag `json:"privileged"`
	// PrivilegeEscalation is allowPrivilegeEscalation, of a container alone.
	PrivilegeEscalation Flag `json:"privilege_escalation"`
	// ProcMount is of a container alone; "" where it is not set, which is Default.
	ProcMount string `json:"proc_mount"`
	// Added and Dropped are capabilities, of a container alone.
	Added   []string `json:"added"`
	Dropped []string `json:"dropped"`
	// Sysctls are of a pod alone.
	Sysctls []Sysctl `json:"sysctls"`
}

// A Flag is a boolean that may be left open.
type Flag struct {
	// Set is false where it is not written.
	Set bool `json:"set"`
	// Value is what it says; false where it is not written.
	Value bool `json:"value"`
}

// A Profile is a seccompProfile or an appArmorProfile.
type Profile struct {
	// Set is false where it is not written.
	Set bool `json:"set"`
	// Type is RuntimeDefault, Localhost or Unconfined.
	Type string `json:"type"`
	// LocalhostProfile is the node's profile, for Localhost.
	LocalhostProfile string `json:"localhost_profile"`
}

// SELinux is seLinuxOptions.
type SELinux struct {
	// Set is false where it is not written.
	Set bool `json:"set"`
	// Type, User and Role are parts of the label; "" is the runtime's.
	Type string `json:"type"`
	User string `json:"user"`
	Role string `json:"role"`
}

// A Sysctl is a kernel parameter of a pod.
type Sysctl struct {
	// Name is the parameter: "net.ipv4.tcp_syncookies".
	Name string `json:"name"`
	// Value is what it is set to.
	Value string `json:"value"`
}

// none are lists that nothing is in; they are never changed.
var (
	noTexts   = []string{}
	noIDs     = []int64{}
	noSysctls = []Sysctl{}
)

// settings reads a security context. at leads to it.
func (b *builder) settings(context map[string]any, at []any) Security {
	s := Security{Added: noTexts, Dropped: noTexts, Sysctls: noSysctls, SupplementalGroups: noIDs}
	if len(context) == 0 {
		return s
	}
	s.RunAsNonRoot = boolean(context["runAsNonRoot"])
	s.RunAsUser, s.RunAsGroup, s.FSGroup = user(context["runAsUser"]), user(context["runAsGroup"]), user(context["fsGroup"])
	s.Privileged, s.PrivilegeEscalation = boolean(context["privileged"]), b.boolean(context, at, "allowPrivilegeEscalation")
	s.ProcMount = text(context["procMount"])
	s.Seccomp, s.AppArmor = b.profile(context, at, "seccompProfile"), b.profile(context, at, "appArmorProfile")
	if m := b.mapping(context, at, "seLinuxOptions"); m != nil {
		s.SELinux = SELinux{Set: true, Type: text(m["type"]), User: text(m["user"]), Role: text(m["role"])}
	}
	if m := b.mapping(context, at, "windowsOptions"); m != nil {
		s.HostProcess = b.boolean(m, append(slices.Clip(at), "windowsOptions"), "hostProcess")
	}
	if m := b.mapping(context, at, "capabilities"); m != nil {
		where := append(slices.Clip(at), "capabilities")
		s.Added, s.Dropped = b.strings(m, where, "add"), b.strings(m, where, "drop")
	}
	for _, v := range b.list(context, at, "supplementalGroups") {
		if id, ok := integer(v); ok {
			s.SupplementalGroups = append(s.SupplementalGroups, id)
		}
	}
	for _, v := range b.list(context, at, "sysctls") {
		m, _ := v.(map[string]any)
		s.Sysctls = append(s.Sysctls, Sysctl{Name: text(m["name"]), Value: words(m["value"])})
	}
	return s
}

func (b *builder) profile(context map[string]any, at []any, key string) Profile {
	m := b.mapping(context, at, key)
	if m == nil {
		return Profile{}
	}
	return Profile{Set: true, Type: text(m["type"]), LocalhostProfile: text(m["localhostProfile"])}
}

// strings is a list of strings; of anything else in it the mistake is kept.
func (b *builder) strings(m map[string]any, at []any, key string) []string {
	list := b.list(m, at, key)
	all := make([]string, 0, len(list))
	for i, v := range list {
		s, ok := v.(string)
		if !ok {
			b.wrong(append(slices.Clip(at), key, i), key, "a string", v)
		}
		all = append(all, s)
	}
	return all
}

// boolean is a boolean that no verdict judges.
func (b *builder) boolean(m map[string]any, at []any, key string) Flag {
	v := m[key]
	if _, ok := v.(bool); v != nil && !ok {
		b.wrong(append(slices.Clip(at), key), key, "a boolean", v)
	}
	return boolean(v)
}

// boolean takes what is no boolean for set and false: the API server refuses the object.
func boolean(v any) Flag {
	on, _ := v.(bool)
	return Flag{Set: v != nil, Value: on}
}

func user(v any) User {
	id, ok := integer(v)
	return User{Set: ok, Value: id}
}
