package compose

// A Volume is a mount.
type Volume struct {
	// Name is the path in the container.
	Name string `json:"name"`
	// Type is volume, bind, tmpfs, npipe, cluster or image.
	Type string `json:"type"`
	// Source is the volume or the path on the host, as written; "" for an anonymous volume.
	Source string `json:"source"`
	// ReadOnly is true for a mount that cannot be written.
	ReadOnly bool `json:"read_only"`
	// Known is false where a variable in the source has no value.
	Known bool `json:"known"`
	// Propagation is the mount propagation: "" is the engine's default, rprivate.
	Propagation string `json:"propagation"`
	// Options are the options of the short form, such as ro, z or nocopy.
	Options []string `json:"options"`
}

// A hostMount is a path of the host that the container sees.
type hostMount struct {
	// Name is the path in the container.
	Name string `json:"name"`
	// Path is the path on the host, cleaned: absolute, under "~", or relative to the root of the tree.
	Path string `json:"path"`
	// Known is false where a variable in the path has no value.
	Known bool `json:"known"`
	// ReadOnly is true where the container cannot write it. A socket is used all the same.
	ReadOnly bool `json:"read_only"`
	// Propagation is the mount propagation: "" is the engine's default, rprivate.
	Propagation string `json:"propagation"`
	// Holds says what the path gives away: "engine" for the socket of a container engine or the folder that
	// it is in, "root" for the whole file system of the host, "credentials" for keys and logins of its
	// people, "system" for a folder that belongs to the system; "" for everything else.
	Holds string `json:"holds"`
}

// A tmpfs is a file system in memory.
type tmpfs struct {
	// Name is the path in the container.
	Name string `json:"name"`
	// Options are its mount options, such as size=64m or exec.
	Options []string `json:"options"`
}

// A Port is a published port or range.
type Port struct {
	// Name is the port as written in the short form, or put together from the long one.
	Name string `json:"name"`
	// Known is false where a variable in it has no value, or it is no port.
	Known bool `json:"known"`
	// HostIP is the address that it is published on; "" is every address of the host.
	HostIP string `json:"host_ip"`
	// AllInterfaces is true where it is published on every address of the host.
	AllInterfaces bool `json:"all_interfaces"`
	// Published is the port or range of the host; "" is any.
	Published string `json:"published"`
	// First and Last are the bounds of Published as numbers; 0 where it is any or not known.
	First int `json:"first"`
	Last  int `json:"last"`
	// Target is the port or range of the container, TargetFirst and TargetLast its bounds.
	Target      string `json:"target"`
	TargetFirst int    `json:"target_first"`
	TargetLast  int    `json:"target_last"`
	// Protocol is tcp, udp or sctp.
	Protocol string `json:"protocol"`
}

// A setting is an element of a list.
type setting struct {
	// Name is its value, after interpolation.
	Name string `json:"name"`
	// Known is false where a variable in it has no value.
	Known bool `json:"known"`
}

// A pair is a setting with a name.
type pair struct {
	Name  string `json:"name"`
	Value string `json:"value"`
}

// A namespace says what a container shares.
type namespace struct {
	// Value is the setting after interpolation: "host", "service:db", "bridge"; "" where it is absent.
	Value string `json:"value"`
	// Known is false where a variable in it has no value.
	Known bool `json:"known"`
	// Host is true where the container shares the namespace of its host.
	Host bool `json:"host"`
}

// A security is what security_opt means (https://docs.docker.com/reference/cli/docker/container/run/#security-opt).
type security struct {
	// NoNewPrivileges keeps processes from gaining privileges, as through setuid files.
	NoNewPrivileges Switch `json:"no_new_privileges"`
	// Seccomp and AppArmor are the profiles: "" is the engine's default, "unconfined" is none.
	Seccomp  profile `json:"seccomp"`
	AppArmor profile `json:"apparmor"`
	// Label is what SELinux is told; Disabled says that it does not separate the container.
	Label label `json:"label"`
	// SystemPaths is true where the paths of /proc and /sys that engines hide are open.
	SystemPaths bool `json:"system_paths"`
	// Other are the options that mean nothing here, such as those with a variable without value.
	Other []setting `json:"other"`
}

// A profile names the profile of a security module.
type profile struct {
	// Value is the profile after interpolation.
	Value string `json:"value"`
	// Known is false where a variable in it has no value.
	Known bool `json:"known"`
	// Unconfined is true where the module does not confine the container.
	Unconfined bool `json:"unconfined"`
}

// A label is the SELinux label of a container.
type label struct {
	// Type is the type of its processes; "" is the engine's.
	Type string `json:"type"`
	// Disabled is true where labels are switched off, or the type is one that SELinux does not confine.
	Disabled bool `json:"disabled"`
}

// A device is a device of the host.
type device struct {
	// Name is the device on the host, or the name of a CDI device.
	Name string `json:"name"`
	// Known is false where a variable in it has no value.
	Known bool `json:"known"`
	// Target is the path in the container.
	Target string `json:"target"`
	// Permissions are r, w and m; "rwm" where nothing is said.
	Permissions string `json:"permissions"`
	// Class is "disk", "memory" or "all" for those that give the host away, "harmless" for such as
	// /dev/null; "" for others.
	Class string `json:"class"`
}

// A ulimit is a limit of setrlimit(2).
type ulimit struct {
	Name string `json:"name"`
	// Soft and Hard are its bounds as written; -1 is none.
	Soft string `json:"soft"`
	Hard string `json:"hard"`
}

// The limits of a container, from deploy.resources.limits or the older mem_limit, cpus and pids_limit.
type limits struct {
	Memory limit `json:"memory"`
	// CPU is a share or a bound: cpus, cpu_quota, cpu_shares or cpuset.
	CPU  limit `json:"cpu"`
	PIDs limit `json:"pids"`
}

// A limit is a bound on a resource.
type limit struct {
	// Set is false where there is no bound: nothing is said, or 0 or -1.
	Set bool `json:"set"`
	// Value is the bound after interpolation.
	Value string `json:"value"`
	// Known is false where a variable in it has no value.
	Known bool `json:"known"`
}

// A restart is a restart policy.
type restart struct {
	// Set is false where nothing is said, which is no.
	Set bool `json:"set"`
	// Condition is no, always, unless-stopped or on-failure.
	Condition string `json:"condition"`
	// Attempts bounds how often a failing container is started again; 0 is without bound.
	Attempts int `json:"attempts"`
	// Known is false where a variable in it has no value.
	Known bool `json:"known"`
}

// A hook is a command that runs in the container beside its own.
type hook struct {
	// Name says when: post_start or pre_stop.
	Name string `json:"name"`
	// Command is the command line, one element where it is written as text; secrets are masked.
	Command []string `json:"command"`
	// User is who runs it; the container's user where it is not set.
	User User `json:"user"`
	// Privileged is true where it runs with all privileges.
	Privileged Switch `json:"privileged"`
}
