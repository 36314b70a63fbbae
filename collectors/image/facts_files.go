package image

import "sallyport/internal/auditable"

// Files is what the layers hold. All lists are of the files that a container sees unless they say otherwise,
// sorted by name.
type Files struct {
	// Known is true where every layer was read; else Reason says why not, and the lists are of what was.
	Known  bool   `json:"known"`
	Reason string `json:"reason"`
	// Count is the number of entries of all layers.
	Count int `json:"count"`
	// Release says which distribution the image is of.
	Release Release `json:"release"`
	// Distroless is true for an image of the Distroless project, or one with neither shell nor package manager.
	Distroless bool `json:"distroless"`
	// Setuid are programs that run as their owner or group whoever starts them.
	Setuid []File `json:"setuid"`
	// Capable are programs with file capabilities.
	Capable []File `json:"capable"`
	// Writable are files that everybody may write, and folders without the sticky bit.
	Writable []File `json:"writable"`
	// Shells, Managers (of packages) and Escalators (sudo) are programs in the folders of programs.
	Shells     []File `json:"shells"`
	Managers   []File `json:"managers"`
	Escalators []File `json:"escalators"`
	// Secrets are files that hold credentials, those that a later layer deletes too.
	Secrets []Credential `json:"secrets"`
	// Repositories are the .git folders.
	Repositories []File `json:"repositories"`
	// Caches are what package managers and compilers left, deleted or not: a layer below keeps its size.
	Caches []Leftover `json:"caches"`
	// Leftovers are files of the build and of editors.
	Leftovers []Leftover `json:"leftovers"`
	Accounts  Accounts   `json:"accounts"`
	// Truncated is true where a list was too long to be kept whole.
	Truncated bool `json:"truncated"`
}

// A File is one file of the final file system.
type File struct {
	// Name is the absolute path inside the image.
	Name string `json:"name"`
	// Kind is "file", "folder" or "link".
	Kind string `json:"kind"`
	// Mode is in octal: "4755".
	Mode string `json:"mode"`
	// UID and GID are the owner.
	UID int `json:"uid"`
	GID int `json:"gid"`
	// Size is in bytes.
	Size int `json:"size"`
	// Layer is the index of its layer.
	Layer int `json:"layer"`
	// Common is true for a program that the base images of distributions have with these rights: su, mount.
	Common bool `json:"common"`
	// Capabilities are file capabilities by name: "cap_net_raw".
	Capabilities []string `json:"capabilities"`
}

// A Credential is a file that holds a secret.
type Credential struct {
	// Name is the absolute path inside the image.
	Name string `json:"name"`
	// Kind is "private-key", "credentials", "environment" or "keystore".
	Kind string `json:"kind"`
	// Reason says what was found, as the end of a sentence: "it holds a private key".
	Reason string `json:"reason"`
	// Layer is the index of its layer.
	Layer int `json:"layer"`
	// Deleted is true where a later layer deletes or replaces it: it can still be taken out of its layer.
	Deleted bool `json:"deleted"`
	// Sample is true below folders of tests, examples and documentation.
	Sample bool `json:"sample"`
}

// A Leftover is a file or a folder that a container does not need.
type Leftover struct {
	// Name is the absolute path of the file or folder.
	Name string `json:"name"`
	// Kind is the package manager or tool for caches, else "build", "editor", "temporary" or "cache".
	Kind string `json:"kind"`
	// Count and Size are of the files in it, in all layers.
	Count int `json:"count"`
	Size  int `json:"size"`
	// Layer is the index of the first layer that has it.
	Layer int `json:"layer"`
	// Deleted is true where a later layer deletes all of it.
	Deleted bool `json:"deleted"`
}

// A Release is what os-release(5) says.
type Release struct {
	// ID and Version are ID and VERSION_ID; "" where the image does not say.
	ID      string `json:"id"`
	Version string `json:"version"`
	Pretty  string `json:"pretty"`
}

// Accounts are those of /etc/passwd, /etc/group and /etc/shadow.
type Accounts struct {
	// Users are those of /etc/passwd.
	Users []Account `json:"users"`
	// Passwordless are users who log in without a password.
	Passwordless []string `json:"passwordless"`
	// Duplicates are ids and names that more than one user or group has.
	Duplicates []Duplicate `json:"duplicates"`
}

// An Account is a line of /etc/passwd.
type Account struct {
	Name  string `json:"name"`
	UID   int    `json:"uid"`
	GID   int    `json:"gid"`
	Home  string `json:"home"`
	Shell string `json:"shell"`
}

// A Duplicate is an id or a name that is not unique.
type Duplicate struct {
	// Name is the kind with the id or the name: "uid 0", "group wheel".
	Name string `json:"name"`
	// Kind is "uid", "gid", "user" or "group".
	Kind string `json:"kind"`
	// Members are the names that share it.
	Members []string `json:"members"`
}

// A Program is what the container starts: the first word of entrypoint and cmd.
type Program struct {
	// Name is as the image says; "" where it says nothing.
	Name string `json:"name"`
	// Known is true where the files say what the name leads to; else Reason says why not.
	Known  bool   `json:"known"`
	Reason string `json:"reason"`
	// File is the file behind all links.
	File string `json:"file"`
	// Found is true where the file is there, Executable where the image's user may run it.
	Found      bool `json:"found"`
	Executable bool `json:"executable"`
	// Writable says how the image's user may change the program: "owner", "mode", "folder"; "" where it may
	// not, or is root.
	Writable string `json:"writable"`
	// Mode, UID, GID, Size and Layer are those of the file.
	Mode   string `json:"mode"`
	UID    int    `json:"uid"`
	GID    int    `json:"gid"`
	Size   int    `json:"size"`
	Layer  int    `json:"layer"`
	Binary Binary `json:"binary"`
}

// A Binary is an ELF file.
type Binary struct {
	// Known is true for an ELF file that was read.
	Known bool `json:"known"`
	// Static is true without an interpreter.
	Static      bool   `json:"static"`
	Interpreter string `json:"interpreter"`
	// Rust is true where the compiler left its name in the file.
	Rust bool `json:"rust"`
	// Stripped is true without a symbol table.
	Stripped bool `json:"stripped"`
	// Auditable is true where cargo-auditable wrote the list of crates; Section is its size as stored.
	Auditable bool `json:"auditable"`
	Section   int  `json:"section"`
	// Crates is the list; Problem says why it cannot be read.
	Crates  []auditable.Crate `json:"crates"`
	Problem string            `json:"problem"`
	// Crate and Version are what the program is of; "" where the list does not say.
	Crate   string `json:"crate"`
	Version string `json:"version"`
}
