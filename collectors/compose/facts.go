package compose

import "sallyport/internal/secret"

// Facts are what rules see of a compose file: the services as compose would run them, after extends,
// merge keys, interpolation and the override file.
type Facts struct {
	// Path is the compose file.
	Path string `json:"path"`
	// Project is the project name that the file gives; "" without one.
	Project string `json:"project"`
	// Partial is true for a file that is laid over another of its folder, such as compose.prod.yaml
	// beside compose.yaml.
	Partial bool `json:"partial"`
	// Files are the further files that went into the services: the override file and extended ones.
	Files []string `json:"files"`
	// Includes are the compose files that this one includes, relative to the root where they are below it.
	Includes []string `json:"includes"`
	// Services are the services, sorted by name.
	Services []Service `json:"services"`
	// Secrets and Configs are the top-level elements of these names, sorted by name.
	Secrets []resource `json:"secrets"`
	Configs []resource `json:"configs"`
	// Leaks are the secrets that configs hold in plain.
	Leaks []Leak `json:"leaks"`
}

// A Service is one service of the compose file (compose-spec, "Services top-level element").
type Service struct {
	// Name is the key of the service.
	Name string `json:"name"`
	// Partial is true where the file under this one defines the service too, or where a file that is no
	// base has it with neither image nor build: what is absent here is no statement.
	Partial bool `json:"partial"`
	// Image is the image that runs, or the name of the one that is built.
	Image Image `json:"image"`
	// Build is how the image is built.
	Build Build `json:"build"`
	// User is the user that the service sets; the image's own runs where it sets none.
	User User `json:"user"`
	// ReadOnly is read_only: whether the root file system is read-only.
	ReadOnly Switch `json:"read_only"`
	// Privileged is privileged: whether the container has all capabilities and devices of its host.
	Privileged Switch `json:"privileged"`
	// Environment are the variables of environment, sorted by name; secrets are masked.
	Environment []Variable `json:"environment"`
	// EnvFiles are the files of env_file, in order.
	EnvFiles []envFile `json:"env_files"`
	// Tmpfs are the file systems in memory, of tmpfs and of volumes.
	Tmpfs []tmpfs `json:"tmpfs"`
	// Volumes are the mounts of volumes.
	Volumes []Volume `json:"volumes"`
	// HostMounts are the paths of the host that the container sees, however they get there: bind mounts,
	// named volumes that are bound to a path, files of configs and secrets, use_api_socket.
	HostMounts []hostMount `json:"host_mounts"`
	// Ports are the published ports.
	Ports []Port `json:"ports"`
	// CapAdd and CapDrop are capabilities in upper case, without CAP_.
	CapAdd  []setting `json:"cap_add"`
	CapDrop []setting `json:"cap_drop"`
	// DropsAll is true where cap_drop has ALL, so that only those of cap_add are left.
	DropsAll bool `json:"drops_all"`
	// Security is what security_opt means.
	Security security `json:"security"`
	// Devices are the host devices that the container gets, and DeviceRules its device_cgroup_rules.
	Devices     []device  `json:"devices"`
	DeviceRules []setting `json:"device_rules"`
	// NetworkMode, PID, IPC, UTS, UsernsMode and Cgroup say which namespaces are shared.
	NetworkMode namespace `json:"network_mode"`
	PID         namespace `json:"pid"`
	IPC         namespace `json:"ipc"`
	UTS         namespace `json:"uts"`
	UsernsMode  namespace `json:"userns_mode"`
	Cgroup      namespace `json:"cgroup"`
	// CgroupParent is the control group under which the container is put; "" is the engine's own.
	CgroupParent string `json:"cgroup_parent"`
	// GroupAdd are further groups of the user.
	GroupAdd []setting `json:"group_add"`
	// Sysctls are kernel settings of the container's namespaces, and StorageOpt options of its storage
	// driver, sorted by name.
	Sysctls    []pair `json:"sysctls"`
	StorageOpt []pair `json:"storage_opt"`
	// Ulimits are the limits of setrlimit(2), sorted by name.
	Ulimits []ulimit `json:"ulimits"`
	// Limits are the bounds on what the container uses.
	Limits limits `json:"limits"`
	// OOMKillDisable is oom_kill_disable: the kernel does not end the container when memory runs out.
	OOMKillDisable Switch `json:"oom_kill_disable"`
	// OOMScoreAdj makes the kernel end the container earlier (up to 1000) or later (down to -1000).
	OOMScoreAdj int `json:"oom_score_adj"`
	// Init is init: whether a small init reaps processes.
	Init Switch `json:"init"`
	// PullPolicy is pull_policy, Runtime the OCI runtime and Isolation Windows' isolation, as written.
	PullPolicy string `json:"pull_policy"`
	Runtime    string `json:"runtime"`
	Isolation  string `json:"isolation"`
	// DNS are the name servers; ExtraHosts are further entries of its hosts file, as name=address.
	DNS        []string `json:"dns"`
	ExtraHosts []string `json:"extra_hosts"`
	// Links are the services that links names, as written.
	Links []string `json:"links"`
	// LogDriver is the driver of logging; "" is the engine's default, "none" keeps nothing.
	LogDriver string `json:"log_driver"`
	// DeployMode is deploy.mode: replicated, global, or one of the jobs.
	DeployMode string `json:"deploy_mode"`
	// Hooks are the commands of post_start and pre_stop.
	Hooks []hook `json:"hooks"`
	// Secrets and Configs name the top-level elements that the service gets.
	Secrets []string `json:"secrets"`
	Configs []string `json:"configs"`
	// Command and Entrypoint are the command lines, one element where they are written as text; secrets
	// are masked.
	Command    []string `json:"command"`
	Entrypoint []string `json:"entrypoint"`
	// Healthcheck is the health check that the file sets.
	Healthcheck healthcheck `json:"healthcheck"`
	// Profiles are the profiles under which the service runs; none is always.
	Profiles []string `json:"profiles"`
	// Networks and DependsOn name networks and services.
	Networks  []string `json:"networks"`
	DependsOn []string `json:"depends_on"`
	// Restart says when the container is started again: restart, or deploy.restart_policy.
	Restart restart `json:"restart"`
	// Job is true for a service that is meant to end: its restart policy is a no that somebody wrote, its
	// mode one of the jobs, or others wait for its completion.
	Job bool `json:"job"`
	// Extends names the service that this one extends.
	Extends string `json:"extends"`
	// Leaks are the secrets that the service holds in plain: in variables, build arguments, commands and
	// health checks.
	Leaks []Leak `json:"leaks"`
}

// An Image is an image reference.
type Image struct {
	// Name is the reference as it is after interpolation; "" without one.
	Name string `json:"name"`
	// Known is false where a variable in it has no value or it is no reference.
	Known bool `json:"known"`
	// Registry, Repository, Tag and Digest are its parts: docker.io, library/postgres, 16, sha256:….
	// The tag is latest where neither tag nor digest is given.
	Registry   string `json:"registry"`
	Repository string `json:"repository"`
	Tag        string `json:"tag"`
	Digest     string `json:"digest"`
}

// A Build says where an image is built from.
type Build struct {
	// Set is true where the service is built.
	Set bool `json:"set"`
	// Known is false where the Dockerfile is not a file of this tree that the file names: a remote context,
	// a variable without value, an inline Dockerfile.
	Known bool `json:"known"`
	// Context is the folder, relative to the root of the tree; as written where Known is false.
	Context string `json:"context"`
	// Dockerfile is the path of the Dockerfile, relative to the root of the tree.
	Dockerfile string `json:"dockerfile"`
	// Inline is true for dockerfile_inline.
	Inline bool `json:"inline"`
	// Target is the stage that is built; "" is the last.
	Target string `json:"target"`
	// Args are the build arguments, sorted by name; secrets are masked.
	Args []Variable `json:"args"`
	// Network is the network of RUN steps: host, none, or "" for the builder's own.
	Network string `json:"network"`
	// Privileged is build.privileged, and Entitlements what else the build is allowed: security.insecure,
	// network.host.
	Privileged   Switch    `json:"privileged"`
	Entitlements []setting `json:"entitlements"`
}

// A User is the user of a service.
type User struct {
	// Set is false where the service leaves it to the image.
	Set bool `json:"set"`
	// Value is the user as it is after interpolation, with its group.
	Value string `json:"value"`
	// Known is false where a variable in it has no value.
	Known bool `json:"known"`
	// Root is true for the user id 0 and the name root.
	Root bool `json:"root"`
}

// A Switch is a boolean setting.
type Switch struct {
	// Set is true where the service has the setting.
	Set bool `json:"set"`
	// On is its value; false where it is absent or not known.
	On bool `json:"on"`
	// Known is false where a variable in it has no value, or it is no boolean.
	Known bool `json:"known"`
	// Value is the setting as written.
	Value string `json:"value"`
}

// A Variable is an environment variable or a build argument.
type Variable struct {
	// Name is the name of the variable.
	Name string `json:"name"`
	// Set is false where the value is taken from the shell that runs compose.
	Set bool `json:"set"`
	// Value is the value with the defaults of its variables applied; where it is or holds a secret, that
	// part is masked.
	Value string `json:"value"`
	// Secret says whether the value is or holds a secret.
	Secret secret.Verdict `json:"secret"`
}

// An envFile is a file whose lines become variables.
type envFile struct {
	// Name is the path, relative to the root of the tree where it is below it.
	Name string `json:"name"`
	// Required is false where the file may be missing.
	Required bool `json:"required"`
	// Found is true where the file is in the tree.
	Found bool `json:"found"`
	// Variables are the variables of a file that is no document of its own, because only this one says
	// that it is an env file; secrets are masked.
	Variables []Variable `json:"variables"`
}

// A healthcheck is a health check.
type healthcheck struct {
	// Set is true where the file has a health check.
	Set bool `json:"set"`
	// Disabled is true where it switches the image's off.
	Disabled bool `json:"disabled"`
	// Test is the command, one element where it is written as text; secrets are masked.
	Test []string `json:"test"`
}

// A resource is a top-level secret or config.
type resource struct {
	// Name is its key.
	Name string `json:"name"`
	// From is file, environment, content or external.
	From string `json:"from"`
	// Value is the file, relative to the root of the tree where it is below it, or the variable; "" for
	// others.
	Value string `json:"value"`
	// Found is true where the file is in the tree, and git does not keep it out of the repository.
	Found bool `json:"found"`
	// Plain is true for a secret whose file is in the tree and holds it as it is: neither encrypted, nor a
	// placeholder or a certificate.
	Plain bool `json:"plain"`
}

// A Leak is a secret in plain.
type Leak struct {
	// What names the place for people: "the variable DB_PASSWORD".
	What string `json:"what"`
	// At leads to the place, from the facts.
	At []any `json:"at"`
	// Secret is why it is one.
	Secret secret.Verdict `json:"secret"`
}
