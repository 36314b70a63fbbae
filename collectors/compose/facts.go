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
	// Partial is true where the file under this one defines the service too: what is absent here is no
	// statement.
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
	// Tmpfs are the paths of tmpfs, with their options.
	Tmpfs []string `json:"tmpfs"`
	// Volumes are the mounts of volumes.
	Volumes []Volume `json:"volumes"`
	// Ports are the published ports.
	Ports []Port `json:"ports"`
	// CapAdd and CapDrop are capabilities in upper case, without CAP_.
	CapAdd  []string `json:"cap_add"`
	CapDrop []string `json:"cap_drop"`
	// SecurityOpt are the options of security_opt as written.
	SecurityOpt []string `json:"security_opt"`
	// Devices are the host devices that the container gets.
	Devices []string `json:"devices"`
	// NetworkMode, PID, IPC and UsernsMode name namespaces that are shared: "host", "service:db".
	NetworkMode string `json:"network_mode"`
	PID         string `json:"pid"`
	IPC         string `json:"ipc"`
	UsernsMode  string `json:"userns_mode"`
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
	// Restart is the restart policy as written.
	Restart string `json:"restart"`
	// Memory and CPUs are the limits of deploy.resources or mem_limit and cpus, as written.
	Memory string `json:"memory"`
	CPUs   string `json:"cpus"`
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
}

// A Port is a published port or range.
type Port struct {
	// Name is the port as written in the short form, or put together from the long one.
	Name string `json:"name"`
	// HostIP is the address that it is published on; "" is every address of the host.
	HostIP string `json:"host_ip"`
	// Published is the port or range of the host; "" is any.
	Published string `json:"published"`
	// Target is the port or range of the container.
	Target string `json:"target"`
	// Protocol is tcp, udp or sctp.
	Protocol string `json:"protocol"`
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
	// Value is the file or the variable; "" for others.
	Value string `json:"value"`
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
