// Package cargoconfig reads cargo's configuration: .cargo/config.toml and the credentials beside it.
package cargoconfig

import (
	"context"
	"io/fs"
	"path"

	"sallyport/internal/fact"
	"sallyport/internal/secret"
	"sallyport/internal/syntax"
)

// Collector reads config and credentials in directories called .cargo, with and without .toml.
var Collector = fact.Collector{
	Kind:    "cargo_config",
	Example: ".cargo/config.toml",
	Facts:   Config{},
	Match: func(file string, _ []byte) bool {
		switch path.Base(file) {
		case "config.toml", "config", "credentials.toml", "credentials":
			return path.Base(path.Dir(file)) == ".cargo"
		}
		return false
	},
	Collect: collect,
}

// A Config is one file of configuration (https://doc.rust-lang.org/cargo/reference/config.html). Cargo
// merges those of a directory and of all above it; each is a document of its own here.
type Config struct {
	// Path is the file, relative to the root.
	Path string `json:"path"`
	// Credentials is true for a credentials file, whose tokens are meant to stay on one machine.
	Credentials bool `json:"credentials"`
	// OverriddenBy is the file that cargo reads instead of this one: the name without .toml, beside it.
	OverriddenBy string `json:"overridden_by"`
	// Native is true where any of Flags asks for the processor of the machine that builds.
	Native bool `json:"native"`
	// Flags are all places that pass flags to a compiler, sorted by name within their kind.
	Flags []Flags `json:"flags"`
	Build Build   `json:"build"`
	// Targets are the tables [target.NAME], sorted by name.
	Targets []Target `json:"targets"`
	// Registries are the tables [registries.NAME], sorted by name, and [registry] as "registry".
	Registries []Registry `json:"registries"`
	// Sources are the tables [source.NAME], sorted by name: where cargo fetches crates instead.
	Sources []Source `json:"sources"`
	// Aliases are commands of the file's own, sorted by name.
	Aliases []Alias `json:"aliases"`
	// Env are the variables that cargo sets for build scripts and rustc, sorted by name.
	Env []secret.Env `json:"env"`
	Net Net          `json:"net"`
	// Include are further files that cargo reads.
	Include []string `json:"include"`
	// Secrets are all places that hold a secret: tokens, passwords in URLs, and variables.
	Secrets []Secret `json:"secrets"`
}

// Flags are what one place passes to a compiler.
type Flags struct {
	// Name is the key: "build.rustflags", "target.x86_64-unknown-linux-gnu.rustflags", "env.CFLAGS".
	Name string `json:"name"`
	// Words are the arguments; one string in the file is taken apart at white space, as cargo does.
	Words []string `json:"words"`
	// TargetCPU is the processor that the code is made for; "" leaves it to the target.
	TargetCPU string `json:"target_cpu"`
	// Native is true where that is the processor of the machine that builds.
	Native bool `json:"native"`
}

// Build is the table [build].
type Build struct {
	// Targets are the platforms to build for; empty is that of the machine that builds.
	Targets []string `json:"targets"`
	// TargetDir is where output goes.
	TargetDir string `json:"target_dir"`
	// Rustc and RustcWrapper are programs that run instead of, or around, the compiler.
	Rustc        string `json:"rustc"`
	RustcWrapper string `json:"rustc_wrapper"`
	// RustcWorkspaceWrapper is one around the compiler for members of the workspace alone.
	RustcWorkspaceWrapper string `json:"rustc_workspace_wrapper"`
}

// A Target is what is set for one platform.
type Target struct {
	// Name is a triple or a cfg() expression.
	Name string `json:"name"`
	// Linker and Runner are programs; Runner has its arguments behind it.
	Linker string `json:"linker"`
	Runner string `json:"runner"`
}

// A Registry is a place to publish to and to depend on.
type Registry struct {
	Name string `json:"name"`
	// Index is its address; a password in it is masked.
	Index string `json:"index"`
	// Token says whether the file holds a token for it.
	Token bool `json:"token"`
	// CredentialProvider is the program that knows the token.
	CredentialProvider string `json:"credential_provider"`
}

// A Source is a place that crates come from.
type Source struct {
	Name string `json:"name"`
	// ReplaceWith is the name of the source that is asked instead.
	ReplaceWith string `json:"replace_with"`
	// Kind is "registry", "local-registry", "directory", "git", or "" where the table only replaces.
	Kind string `json:"kind"`
	// Location is the address or the directory; a password in it is masked.
	Location string `json:"location"`
}

// An Alias is a cargo command under another name.
type Alias struct {
	Name string `json:"name"`
	// Words are the arguments to cargo.
	Words []string `json:"words"`
	// Subcommand is the command it runs: "build"; the name of another alias is not followed.
	Subcommand string `json:"subcommand"`
	// Locked is true with --locked or --frozen.
	Locked bool `json:"locked"`
}

// Net is the tables [net] and [http].
type Net struct {
	// Offline is true where cargo stays off the network.
	Offline bool `json:"offline"`
	// GitFetchWithCLI is true where git fetches, with the configuration of the machine.
	GitFetchWithCLI bool `json:"git_fetch_with_cli"`
	// Proxy is the address of an HTTP proxy; a password in it is masked.
	Proxy string `json:"proxy"`
	// CAInfo is a file of certificates to trust.
	CAInfo string `json:"cainfo"`
	// CheckRevoke is false where revoked certificates are accepted on Windows; cargo's default is true.
	CheckRevoke bool `json:"check_revoke"`
}

// A Secret is a place that holds one.
type Secret struct {
	// Name is the key: "registries.acme.token".
	Name string `json:"name"`
	// Reason and Masked are as in secret.Verdict.
	Reason string `json:"reason"`
	Masked string `json:"masked"`
}

// maxValues bounds the keys and list elements of one file.
const maxValues = 50_000

func collect(_ context.Context, fsys fs.FS, file string) ([]fact.Document, error) {
	data, err := syntax.Read(fsys, file)
	if err != nil {
		return nil, err
	}
	var raw configFile
	tree, err := syntax.ReadTOML(file, data, maxValues, &raw)
	if tree.Spans == nil {
		return nil, err
	}
	r := reader{raw: &raw, routes: syntax.NewRoutes(tree.Spans)}
	c := r.read()
	c.Path = file
	base := path.Base(file)
	c.Credentials = base == "credentials" || base == "credentials.toml"
	if plain := file[:len(file)-len(path.Ext(base))]; plain != file {
		if info, err := fs.Stat(fsys, plain); err == nil && info.Mode().IsRegular() {
			c.OverriddenBy = plain
		}
	}
	doc := fact.Document{Kind: "cargo_config", Path: file, Facts: c, Spans: r.routes.Find, Secrets: r.secrets}
	return []fact.Document{doc}, err
}
