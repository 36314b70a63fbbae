// Package cargomanifest reads Cargo.toml, the manifest of a package or a workspace.
package cargomanifest

import (
	"path"

	"sallyport/internal/fact"
	"sallyport/internal/spdx"
)

// Collector reads every file called Cargo.toml.
var Collector = fact.Collector{
	Kind:    "cargo_manifest",
	Example: "Cargo.toml",
	Facts:   Manifest{},
	Match:   func(file string, _ []byte) bool { return path.Base(file) == "Cargo.toml" },
	Collect: collect,
}

// A Manifest is a Cargo.toml (https://doc.rust-lang.org/cargo/reference/manifest.html), with what it
// inherits from the root of its workspace.
type Manifest struct {
	// Path is the file, relative to the root.
	Path string `json:"path"`
	// Package is the table [package]; its Present is false for a workspace without a package of its own.
	Package   Package   `json:"package"`
	Workspace Workspace `json:"workspace"`
	// Lock is the Cargo.lock that cargo uses for the package: beside the root of the workspace.
	Lock string `json:"lock"`
	// Dependencies are all that the manifest names, of every kind.
	Dependencies []Dependency `json:"dependencies"`
	// Features are sorted by name.
	Features []Feature `json:"features"`
	// Profiles are dev, release and those that the manifest defines, with cargo's defaults filled in.
	Profiles []Profile `json:"profiles"`
	// ProfilesIgnored is true for a member of a workspace: cargo reads profiles, patches and replacements
	// from the workspace's root alone.
	ProfilesIgnored bool `json:"profiles_ignored"`
	// Lints are the levels of lints, sorted by tool and name, inherited ones among them.
	Lints []Lint `json:"lints"`
	// Allowed are the lints that the roots of the package's crates switch off for all of a crate, in the order of the files.
	Allowed []Allowed `json:"allowed"`
}

// A Package is the table [package] and what cargo finds beside the manifest.
type Package struct {
	// Present says whether there is a package.
	Present bool      `json:"present"`
	Name    string    `json:"name"`
	Version Inherited `json:"version"`
	// Edition is "2015" where the manifest does not say.
	Edition Inherited `json:"edition"`
	// RustVersion is the oldest compiler that the package supports; "" where nothing says.
	RustVersion Inherited `json:"rust_version"`
	License     Inherited `json:"license"`
	// Licensing is what License and license-file come to.
	Licensing spdx.License `json:"licensing"`
	// Vendored is true for a crate that cargo vendor has copied.
	Vendored bool `json:"vendored"`
	// Publish is false where the package may not go to any registry.
	Publish bool `json:"publish"`
	// BuildScript is the program that runs before the package is compiled: "build.rs", or "".
	BuildScript string `json:"build_script"`
	// Binaries are the names of the programs that the package builds, sorted: those declared, src/main.rs
	// and what lies in src/bin.
	Binaries []string `json:"binaries"`
	// Library says whether the package builds a library, and ProcMacro that it is one for macros.
	Library   bool `json:"library"`
	ProcMacro bool `json:"proc_macro"`
	// Fuzz is true for a package of fuzz targets as cargo-fuzz makes it.
	Fuzz bool `json:"fuzz"`
}

// An Inherited is a value that a package may take from its workspace.
type Inherited struct {
	// Value is the value in effect.
	Value string `json:"value"`
	// Inherited is true where the manifest says `workspace = true`.
	Inherited bool `json:"inherited"`
	// Unresolved is true where it says so and no workspace in the tree has the value.
	Unresolved bool `json:"unresolved"`
}

// A Workspace is what the manifest belongs to.
type Workspace struct {
	// Present says whether this manifest has a table [workspace].
	Present bool `json:"present"`
	// Root is the manifest of the workspace's root: another one for a member, else this one.
	Root string `json:"root"`
	// Member is true where Root is another manifest.
	Member bool `json:"member"`
	// Members, DefaultMembers and Exclude are as written, globs among them.
	Members        []string `json:"members"`
	DefaultMembers []string `json:"default_members"`
	Exclude        []string `json:"exclude"`
	// Resolver is the version of the resolver; "" leaves it to the edition.
	Resolver string `json:"resolver"`
}

// A Dependency is one entry of a table of dependencies
// (https://doc.rust-lang.org/cargo/reference/specifying-dependencies.html).
type Dependency struct {
	// Name is the key; Package is the name of the crate, which differs where the key renames it.
	Name    string `json:"name"`
	Package string `json:"package"`
	// Kind is "normal", "dev", "build", "workspace" (for members to inherit), "patch" or "replace".
	Kind string `json:"kind"`
	// Target is the platform or the cfg() expression that the dependency is limited to.
	Target string `json:"target"`
	// Replaces is what a patch is applied to: "crates-io" or an address.
	Replaces string `json:"replaces"`
	// Source is "registry", "git" or "path"; "" where Unresolved.
	Source string `json:"source"`
	// Req is the requirement on the version; "" is any.
	Req string `json:"req"`
	// Registry is the name or the index of a registry; "" is the default one.
	Registry string `json:"registry"`
	// Git is the address of a repository; a password in it is masked. At most one of the three is not empty.
	Git    string `json:"git"`
	Branch string `json:"branch"`
	Tag    string `json:"tag"`
	Rev    string `json:"rev"`
	// Pinned is true for a git repository at a commit: Rev is a hash.
	Pinned bool `json:"pinned"`
	// Directory is a path dependency's, relative to the root of the tree; it begins with ".." outside.
	Directory string `json:"directory"`
	// Optional is true where a feature switches the dependency on.
	Optional bool `json:"optional"`
	// Features are those asked for besides the default ones, which DefaultFeatures switches.
	Features        []string `json:"features"`
	DefaultFeatures bool     `json:"default_features"`
	// Inherited is true where the manifest says `workspace = true`; all else is then the workspace's.
	Inherited bool `json:"inherited"`
	// Unresolved is true where it says so and no workspace in the tree has the dependency.
	Unresolved bool `json:"unresolved"`
}

// A Feature is a name that switches on others.
type Feature struct {
	Name    string   `json:"name"`
	Enables []string `json:"enables"`
}

// A Profile is a set of compiler settings (https://doc.rust-lang.org/cargo/reference/profiles.html).
type Profile struct {
	Name string `json:"name"`
	// Inherits is the profile whose settings it starts from; "" for dev and release.
	Inherits string `json:"inherits"`
	// OptLevel is "0" to "3", "s" or "z".
	OptLevel string `json:"opt_level"`
	// Debug is "none", "line-directives-only", "line-tables-only", "limited" or "full".
	Debug string `json:"debug"`
	// Strip is "none", "debuginfo" or "symbols".
	Strip string `json:"strip"`
	// LTO is "thin-local" (cargo's default), "thin", "fat" or "off".
	LTO string `json:"lto"`
	// Panic is "unwind" or "abort".
	Panic           string `json:"panic"`
	OverflowChecks  bool   `json:"overflow_checks"`
	DebugAssertions bool   `json:"debug_assertions"`
	Incremental     bool   `json:"incremental"`
	CodegenUnits    int    `json:"codegen_units"`
}

// A Lint is the level of one lint or group.
type Lint struct {
	// Name is tool and lint: "rust.unsafe_code", "clippy.unwrap_used".
	Name string `json:"name"`
	// Level is "allow", "warn", "deny" or "forbid".
	Level     string `json:"level"`
	Inherited bool   `json:"inherited"`
}
