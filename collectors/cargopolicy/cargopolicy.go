// Package cargopolicy reads what cargo-deny and cargo-audit are configured with: deny.toml and audit.toml.
package cargopolicy

import (
	"context"
	"errors"
	"io/fs"
	"path"
	"regexp"
	"sync"

	"sallyport/internal/advisory"
	"sallyport/internal/fact"
	"sallyport/internal/syntax"
)

// Options are what the ignored advisories are looked up in; nil is nothing.
type Options struct {
	Advisories *advisory.Database
}

var auditTable = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`(?m)^\s*\[advisories\]`) })

// New returns the collector of deny.toml, .deny.toml and .cargo/audit.toml, and of an audit.toml elsewhere that has
// a table [advisories].
func New(opts Options) fact.Collector {
	return fact.Collector{
		Kind:    "cargo_policy",
		Example: "deny.toml",
		Facts:   Policy{},
		Match: func(file string, head []byte) bool {
			switch path.Base(file) {
			case "deny.toml", ".deny.toml":
				return true
			case "audit.toml":
				return path.Base(path.Dir(file)) == ".cargo" || auditTable().Match(head)
			}
			return false
		},
		Collect: func(_ context.Context, fsys fs.FS, file string) ([]fact.Document, error) {
			return collect(fsys, file, opts)
		},
	}
}

// A Policy is the configuration of cargo-deny (https://embarkstudios.github.io/cargo-deny/checks/cfg.html) or of
// cargo-audit (https://docs.rs/crate/cargo-audit/latest/source/audit.toml.example).
type Policy struct {
	// Path is the file, relative to the root.
	Path string `json:"path"`
	// Tool is "cargo-deny" or "cargo-audit".
	Tool string `json:"tool"`
	// Ignored are the advisories, and the crates that were taken back, that the tool does not tell.
	Ignored []Ignored `json:"ignored"`
	// Looked is true where the run has a database in which the ignored advisories were looked up.
	Looked bool `json:"looked"`
	// Loosened are the settings with which the tool tells less than it does without them.
	Loosened []Loosened `json:"loosened"`
	Bans     Bans       `json:"bans"`
	Licenses Licenses   `json:"licenses"`
	Sources  Sources    `json:"sources"`
}

// An Ignored is an entry of advisories.ignore.
type Ignored struct {
	// Name is the entry: "RUSTSEC-2023-0071", or "crate@1.2.3" for a version that was taken back.
	Name string `json:"name"`
	// Advisory is Name where it is one of an advisory, and Crate where it is that of a crate.
	Advisory string `json:"advisory"`
	Crate    string `json:"crate"`
	// Aliases are the advisory's names elsewhere, and Package is the crate it is about, where a database knows it.
	Aliases []string `json:"aliases"`
	Package string   `json:"package"`
	// Known is true where the database has the advisory, also under another name.
	Known bool `json:"known"`
	// Reason is why, in the words of the entry; a comment behind or above it counts as well.
	Reason string `json:"reason"`
}

// A Loosened is one setting that makes a tool tell less.
type Loosened struct {
	// Name is the key: "advisories.yanked".
	Name string `json:"name"`
	// Value is what it is set to.
	Value string `json:"value"`
	// Effect says what is not told, as the rest of a sentence.
	Effect string `json:"effect"`
}

// Bans is the table [bans].
type Bans struct {
	// MultipleVersions and Wildcards are "allow", "warn" or "deny"; "" is the tool's default.
	MultipleVersions string `json:"multiple_versions"`
	Wildcards        string `json:"wildcards"`
	// Deny, Allow, Skip and SkipTree are crates, each with its requirement.
	Deny     []Crate `json:"deny"`
	Allow    []Crate `json:"allow"`
	Skip     []Crate `json:"skip"`
	SkipTree []Crate `json:"skip_tree"`
	// Features are limits of single crates.
	Features []Features `json:"features"`
	// BuildScripts are the crates that may have one, where Judged says that the list counts.
	BuildScripts       []string `json:"build_scripts"`
	BuildScriptsJudged bool     `json:"build_scripts_judged"`
}

// A Crate is one entry of a list of crates.
type Crate struct {
	Name string `json:"name"`
	// Req is the requirement on the version; "" is any.
	Req string `json:"req"`
	// Wrappers are the crates through which alone it may come.
	Wrappers []string `json:"wrappers"`
	Reason   string   `json:"reason"`
}

// Features are what one crate may be built with.
type Features struct {
	Name  string   `json:"name"`
	Allow []string `json:"allow"`
	Deny  []string `json:"deny"`
	Exact bool     `json:"exact"`
}

// Licenses is the table [licenses].
type Licenses struct {
	Allow []string `json:"allow"`
	// Exceptions are licenses that single crates may have besides.
	Exceptions []Exception `json:"exceptions"`
	// Clarified are the crates whose license the file states itself.
	Clarified []Clarified `json:"clarified"`
	// Confidence is how much of a license's text must be there, 0 to 1.
	Confidence float64 `json:"confidence"`
}

// An Exception is one crate's licenses.
type Exception struct {
	Name  string   `json:"name"`
	Allow []string `json:"allow"`
}

// A Clarified is a crate whose license the file states.
type Clarified struct {
	Name       string `json:"name"`
	Expression string `json:"expression"`
}

// Sources is the table [sources].
type Sources struct {
	// UnknownRegistry and UnknownGit are "allow", "warn" or "deny"; "" is the tool's default.
	UnknownRegistry string `json:"unknown_registry"`
	UnknownGit      string `json:"unknown_git"`
	// RequiredGitSpec is "any", "branch", "tag" or "rev"; "" is any.
	RequiredGitSpec string `json:"required_git_spec"`
	// AllowRegistry and AllowGit are addresses; AllowOrg are "github.com/acme" and the like.
	AllowRegistry []string `json:"allow_registry"`
	AllowGit      []string `json:"allow_git"`
	AllowOrg      []string `json:"allow_org"`
}

// maxValues bounds the keys and list elements of one file.
const maxValues = 50_000

func collect(fsys fs.FS, file string, opts Options) ([]fact.Document, error) {
	data, err := syntax.Read(fsys, file)
	if err != nil {
		return nil, err
	}
	var raw policyFile
	tree, err := syntax.ReadTOML(file, data, maxValues, &raw)
	if tree.Spans == nil {
		return nil, err
	}
	r := reader{file: file, raw: &raw, text: string(data), opts: opts, spans: tree.Spans, routes: syntax.NewRoutes(tree.Spans)}
	r.tree, _ = tree.Value.(map[string]any)
	p := Policy{Path: file, Tool: "cargo-deny", Looked: opts.Advisories != nil}
	if path.Base(file) == "audit.toml" {
		p.Tool = "cargo-audit"
	}
	p.Ignored = r.ignored()
	p.Bans, p.Licenses, p.Sources = r.bans(), r.licenses(), r.sources()
	p.Loosened = r.loosened(p.Tool)
	doc := fact.Document{Kind: "cargo_policy", Path: file, Facts: p, Spans: r.routes.Find, Secrets: r.secrets}
	return []fact.Document{doc}, errors.Join(append([]error{err}, r.errs...)...)
}
