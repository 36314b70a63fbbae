package dockerfile

import "sallyport/internal/packages"

// A packageCommand is one invocation of a package manager, in one shape for all of them.
type packageCommand struct {
	// Manager is the family: "apt", "apk", "dnf" (dnf5 and tdnf too), "yum", "microdnf", "zypper", "rpm", "dpkg",
	// "pacman", "pip" (pip3, python -m pip, pipx, uv), "npm", "yarn", "pnpm", "gem", "bundle", "composer", "poetry", "go"
	// or "cargo".
	Manager string `json:"manager"`
	// Program is the program: "apt-get", "apt", "pip3".
	Program string `json:"program"`
	// Command is the index of the command in the run's commands.
	Command int `json:"command"`
	// Action is "install", "refresh" (apt-get update, apk update), "upgrade" (of what is installed),
	// "release-upgrade" (dist-upgrade, full-upgrade, zypper dup), "remove", "clean", "config", "download",
	// "build" or "other".
	Action string `json:"action"`
	// Subcommand is the word as typed: "dist-upgrade", "ci".
	Subcommand string `json:"subcommand"`
	// Packages are what an install, upgrade or remove names.
	Packages []packages.Requirement `json:"packages"`
	// Flags are the options as typed, without their values where these are words of their own.
	Flags []string `json:"flags"`
	// AssumeYes is true where the command asks nothing: -y, -qq, --non-interactive, DEBIAN_FRONTEND is not enough.
	// It is true for managers that never ask.
	AssumeYes bool `json:"assume_yes"`
	// Recommends is true where an apt or zypper install brings recommended packages too.
	Recommends bool `json:"recommends"`
	// KeepsCache is true where the command leaves downloaded packages or indexes in the layer: nothing in the
	// same instruction removes them, no flag or setting avoids them, and no cache or tmpfs mount holds them.
	KeepsCache bool `json:"keeps_cache"`
	// Cache is what is left: "lists", "packages", "cache"; "" where nothing is.
	Cache string `json:"cache"`
	// Refreshed is true for an install whose index was fetched in the same instruction (apt-get update &&
	// apt-get install), or whose manager fetches it by itself.
	Refreshed bool `json:"refreshed"`
	// Unverified names the command's own flags that switch off the checks of signatures or certificates:
	// --allow-unauthenticated, --nogpgcheck, --trusted-host=pypi.org, main.sslverify=0. The stage's unchecked has
	// variables and configuration files too.
	Unverified []string `json:"unverified"`
	// Locked is true where a lock file decides the versions: npm ci, pip --require-hashes, cargo --locked,
	// bundle install with a frozen lock.
	Locked bool `json:"locked"`
	// Nested is true inside a condition, loop or function.
	Nested bool `json:"nested"`
}

// An account is a user or group that a RUN instruction creates (useradd(8), Debian's and BusyBox's adduser(8),
// groupadd(8), addgroup(8), or a line written into /etc/passwd or /etc/group).
type account struct {
	// Name is the account's name.
	Name string `json:"name"`
	// Kind is "user" or "group".
	Kind string `json:"kind"`
	// ID is the uid or gid; -1 where the command leaves it to the system.
	ID int `json:"id"`
	// Group is the primary group as typed; "" by default.
	Group string `json:"group"`
	// Shell and Home are as given; "" by default.
	Shell string `json:"shell"`
	Home  string `json:"home"`
	// System is true for a system account (-r, -S, --system).
	System bool `json:"system"`
	// NoLogInit is true with -l, which keeps lastlog sparse.
	NoLogInit bool `json:"no_log_init"`
	// Program is "useradd", "adduser", "groupadd" or "addgroup"; "echo", "printf", "cat" or "tee" for a written line.
	Program string `json:"program"`
	// Run and Command are the indexes of the command.
	Run     int `json:"run"`
	Command int `json:"command"`
}

// A modeChange is a change of the mode, owner or capabilities of files in a RUN instruction (chmod(1),
// install(1), setcap(8)).
type modeChange struct {
	// Paths are the files as typed, after expansion.
	Paths []string `json:"paths"`
	// Mode is as typed: "4755", "u+s", "777"; the capabilities for setcap.
	Mode string `json:"mode"`
	// SetID is true where it sets the set-user-ID or set-group-ID bit of what is not known to be a folder, and Clears
	// where it removes them, or capabilities.
	SetID  bool `json:"set_id"`
	Clears bool `json:"clears"`
	// WorldWritable is true where everybody may write afterwards and no sticky bit is set.
	WorldWritable bool `json:"world_writable"`
	// Capabilities is true for setcap.
	Capabilities bool `json:"capabilities"`
	// Recursive is true with -R.
	Recursive bool `json:"recursive"`
	// Reaches is true where the final image may get the files as they are after the change: the stage is a base of
	// it, or another stage takes one of the paths.
	Reaches bool `json:"reaches"`
	// Run and Command are the indexes of the command.
	Run     int `json:"run"`
	Command int `json:"command"`
}
