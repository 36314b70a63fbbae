package systemd

import "sallyport/internal/secret"

// Unit is what a unit file and its drop-ins mean together. Settings that hold nothing after resets are
// empty; booleans are effective, also where another setting implies them.
type Unit struct {
	// Path is the path of the unit file, or of the first drop-in where the unit itself is not in the tree.
	Path string `json:"path"`
	// Name is the name of the unit: "app.service", "worker@.service".
	Name string `json:"name"`
	// AliasOf is the unit that this is another name of; "" for a unit by its own name. Of an alias only the
	// exposure is told, since the unit itself is judged.
	AliasOf string `json:"alias_of"`
	// Type is the type of the unit: service, socket, timer, path, mount, automount, swap, target, slice or scope.
	Type string `json:"type"`
	// Template is true for a unit of which instances are made, such as worker@.service.
	Template bool `json:"template"`
	// Partial is true for drop-ins whose unit is not in the tree: they say what they set, and nothing
	// about what they do not.
	Partial bool `json:"partial"`
	// Masked is true for an empty file, which switches the unit off.
	Masked bool `json:"masked"`
	// Manager is "system", or "user" for a unit that runs as the user who logged in (systemd/user/).
	Manager string `json:"manager"`
	// Service is true where the unit runs processes of its own: it has a [Service] section and is not masked.
	Service bool `json:"service"`
	// Description is Description= of [Unit].
	Description string `json:"description"`
	// DropIns are the files that change the unit, in the order in which they are read.
	DropIns []string `json:"drop_ins"`
	// DefaultDependencies is false for units of early boot.
	DefaultDependencies bool `json:"default_dependencies"`
	// ServiceType is Type= of [Service]: "simple", "oneshot", ...; "" where it is not set.
	ServiceType string `json:"service_type"`
	// Identity is the account that the processes run as.
	Identity Identity `json:"identity"`
	// Filesystem is what the processes may write and see.
	Filesystem Filesystem `json:"filesystem"`
	// Environment is what Environment= sets in the end.
	Environment []secret.Env `json:"environment"`
	// Overridden are the assignments of Environment= that a later one replaces or resets: they are not in
	// effect, and still in the file.
	Overridden []secret.Env `json:"overridden"`
	// EnvironmentFiles are the files of EnvironmentFile=.
	EnvironmentFiles []EnvironmentFile `json:"environment_files"`
	// PassEnvironment are the variables taken over from the manager.
	PassEnvironment []string `json:"pass_environment"`
	// Credentials are those of SetCredential=, whose values stand in the unit.
	Credentials []secret.Env `json:"credentials"`
	// LoadedCredentials are those that come from files: LoadCredential= and its like.
	LoadedCredentials []Credential `json:"loaded_credentials"`
	// Exec are the commands, by setting and in order.
	Exec []Command `json:"exec"`
	// NoNewPrivileges is true where processes cannot gain privileges; DynamicUser implies it.
	NoNewPrivileges bool `json:"no_new_privileges"`
	// CapabilityBoundingSet and AmbientCapabilities are the words of the settings, as typed since the last reset.
	CapabilityBoundingSet []string `json:"capability_bounding_set"`
	AmbientCapabilities   []string `json:"ambient_capabilities"`
	// Listen are the addresses of a socket unit.
	Listen []Listen `json:"listen"`
	// Socket is how a socket unit listens.
	Socket SocketOptions `json:"socket"`
	// Starts is the unit that a socket, timer or path starts.
	Starts Started `json:"starts"`
	// Sockets are the socket units beside the service that hand it their sockets.
	Sockets []Socket `json:"sockets"`
	// ActivatedBy are the timers and paths beside the service that start it.
	ActivatedBy []Activation `json:"activated_by"`
	// Unknown are sections and settings that systemd does not know and ignores.
	Unknown []Unknown `json:"unknown"`
	// Ignored are values that systemd cannot read.
	Ignored []Ignored `json:"ignored"`
	// Running is how a service runs.
	Running Service `json:"running"`
	// Install is the [Install] section.
	Install Install `json:"install"`
	// Confinement is what the processes of a service keep of the kernel.
	Confinement Confinement `json:"confinement"`
	// Packaged is true for a unit file where packages install theirs: below lib/systemd/system or lib/systemd/user.
	Packaged bool `json:"packaged"`
	// Changes are the restrictions that drop-ins set anew, in the order in which they do.
	Changes []Change `json:"changes"`
	// Exposure is what systemd-analyze security would say.
	Exposure Exposure `json:"exposure"`
	// Ports are those on which the unit says that its service listens.
	Ports []Port `json:"ports"`
	// SharedPaths are paths in folders where others write.
	SharedPaths []Shared `json:"shared_paths"`
	// Acts are what the commands do beyond starting a program.
	Acts []Act `json:"acts"`
	// Conduct is how systemd handles the service, and what its settings do to each other.
	Conduct Conduct `json:"conduct"`
	// Settings are all settings as typed, in the order of their first assignment.
	Settings []Setting `json:"settings"`
}

// Identity is the account that the processes of a unit run as, systemd.exec(5).
type Identity struct {
	// User, Group and SupplementaryGroups are what is set; "" and [] where nothing is.
	User                string   `json:"user"`
	Group               string   `json:"group"`
	SupplementaryGroups []string `json:"supplementary_groups"`
	// DynamicUser is true where systemd makes up an account for the unit.
	DynamicUser bool `json:"dynamic_user"`
	// Root is true where the processes run as root: User= is root or 0, or there is neither a user nor
	// DynamicUser. It is false for units of a user's manager, and for drop-ins alone unless they set it.
	Root bool `json:"root"`
	// UID is the number of the account, by User= or by sysusers.d(5) beside the unit; -1 where it is not known.
	UID int `json:"uid"`
}

// Filesystem is what the processes of a unit may write and see, systemd.exec(5).
type Filesystem struct {
	// ProtectSystem is in effect: no, yes, full or strict; DynamicUser implies strict.
	ProtectSystem string `json:"protect_system"`
	// ProtectSystemSet is what is set; "" where nothing valid is.
	ProtectSystemSet string `json:"protect_system_set"`
	// ReadOnly is true where the whole hierarchy is read-only, save for what is opened again: ProtectSystem is
	// strict, ReadOnlyPaths= holds "/", or the root is an image that cannot be written.
	ReadOnly bool `json:"read_only"`
	// ProtectHome is in effect: no, yes, read-only or tmpfs; DynamicUser implies read-only.
	ProtectHome string `json:"protect_home"`
	// ReadWritePaths, ReadOnlyPaths and InaccessiblePaths are the lists of those settings.
	ReadWritePaths    []PathSetting `json:"read_write_paths"`
	ReadOnlyPaths     []PathSetting `json:"read_only_paths"`
	InaccessiblePaths []PathSetting `json:"inaccessible_paths"`
	// TemporaryFileSystem are the paths over which an empty file system is mounted.
	TemporaryFileSystem []PathSetting `json:"temporary_file_system"`
	// BindPaths are the sources of BindPaths=: writable, wherever in the unit's view they appear.
	BindPaths []PathSetting `json:"bind_paths"`
	// PrivateTmp and PrivateDevices are in effect.
	PrivateTmp     bool `json:"private_tmp"`
	PrivateDevices bool `json:"private_devices"`
	// The directories that systemd makes and that stay writable, below /var/lib, /var/cache, /var/log, /etc and /run.
	StateDirectory         []string `json:"state_directory"`
	CacheDirectory         []string `json:"cache_directory"`
	LogsDirectory          []string `json:"logs_directory"`
	ConfigurationDirectory []string `json:"configuration_directory"`
	RuntimeDirectory       []string `json:"runtime_directory"`
	// RootDirectory and RootImage replace the root of the hierarchy.
	RootDirectory string `json:"root_directory"`
	RootImage     string `json:"root_image"`
}

// PathSetting is one path of a list of paths.
type PathSetting struct {
	// Name is the path, without its prefixes and options.
	Name string `json:"name"`
	// Optional is true for "-": the path may be missing.
	Optional bool `json:"optional"`
	// InRoot is true for "+": the path is below RootDirectory= or RootImage=.
	InRoot bool `json:"in_root"`
	// System is true for a path that holds the system or everything: /, /usr, /etc, /boot, /var, ...
	System bool `json:"system"`
	// HoldsProgram is true where a program of the unit lies below the path.
	HoldsProgram bool `json:"holds_program"`
}

// EnvironmentFile is a file of EnvironmentFile=.
type EnvironmentFile struct {
	// Name is the path as set.
	Name string `json:"name"`
	// Optional is true for "-": the file may be missing.
	Optional bool `json:"optional"`
	// Found is true where the tree holds the file, at File.
	Found bool   `json:"found"`
	File  string `json:"file"`
	// Document is true where the file is a document of kind env_file itself, and judged there.
	Document bool `json:"document"`
	// Variables are those of the file.
	Variables []secret.Env `json:"variables"`
}

// Command is one command of ExecStart= and its like, systemd.service(5) "COMMAND LINES".
type Command struct {
	// Name is the setting, and from the second command of a setting on also its number: "ExecStart", "ExecStart#2".
	Name string `json:"name"`
	// Setting is the setting alone.
	Setting string `json:"setting"`
	// Command is the command line without its prefixes, secrets masked.
	Command string `json:"command"`
	// Path is the program.
	Path string `json:"path"`
	// Argv are the words of the command, the program first, secrets masked.
	Argv []string `json:"argv"`
	// FullPrivileges is "+": no user, no capability bounds and no sandbox apply.
	FullPrivileges bool `json:"full_privileges"`
	// KeepsRoot is "!": the user is not changed to User=.
	KeepsRoot bool `json:"keeps_root"`
	// KeepsRootLegacy is "!!": like "!" on kernels without ambient capabilities.
	KeepsRootLegacy bool `json:"keeps_root_legacy"`
	// IgnoresFailure is "-", NoExpansion is ":", OwnName is "@".
	IgnoresFailure bool `json:"ignores_failure"`
	NoExpansion    bool `json:"no_expansion"`
	OwnName        bool `json:"own_name"`
	// Writable is the folder that holds the program and that others than root may write: /tmp, a home, or what the
	// unit opens for the service; "" where there is none. Script is the same for the script that a shell or another
	// interpreter is told to run.
	Writable       string `json:"writable"`
	ScriptWritable string `json:"script_writable"`
	// Secrets are the secrets that the command line shows.
	Secrets []secret.Verdict `json:"secrets"`
}

// Unknown is a section or setting that systemd ignores because it does not know it.
type Unknown struct {
	// Name is the setting, or "" for a section.
	Name string `json:"name"`
	// Section is the section that holds it.
	Section string `json:"section"`
	// Nearest is the known name that is most like it; "" where none is near.
	Nearest string `json:"nearest"`
}

// Install is the [Install] section.
type Install struct {
	WantedBy   []string `json:"wanted_by"`
	RequiredBy []string `json:"required_by"`
	Also       []string `json:"also"`
	Alias      []string `json:"alias"`
}

// Setting is one setting as typed.
type Setting struct {
	// Name is the key, Section the section.
	Name    string `json:"name"`
	Section string `json:"section"`
	// Values are the values of all its assignments in order, secrets masked; an empty one resets lists.
	Values []string `json:"values"`
}
