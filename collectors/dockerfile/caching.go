package dockerfile

import (
	"path"
	"slices"
	"strings"

	"sallyport/internal/shell"
)

// A caching says whether a stage that builds with cargo keeps its dependencies from one build to the next.
type caching struct {
	// Applies is true where the stage itself copies sources and builds them with cargo.
	Applies bool `json:"applies"`
	// Cached is true where a change of the sources does not build the dependencies anew.
	Cached bool `json:"cached"`
	// How is "cargo-chef", "manifests-first" (dependencies are built or fetched before the sources are copied),
	// "cache-mount", "sccache", or "" where nothing is cached.
	How string `json:"how"`
	// Run is the index of the first RUN that builds; -1 where Applies is false.
	Run int `json:"run"`
	// Unlocked is the index of the COPY that brings Cargo.toml where nothing brings the Cargo.lock beside it; -1
	// elsewhere.
	Unlocked int `json:"unlocked"`
}

// building are the subcommands of cargo that compile the dependencies.
var building = set("build check test install rustc clippy doc bench run auditable zigbuild chef nextest fetch vendor leptos component")

// caches works out how each stage keeps what cargo has built.
func (b *builder) caches() {
	for _, s := range b.stages {
		c := caching{Run: -1, Unlocked: -1}
		run := s.compiles()
		if run < 0 {
			s.facts.Caching = c
			continue
		}
		c.How = s.kept(run)
		if c.How == "" {
			for _, below := range b.chain(s.index)[1:] {
				if below.cooks() {
					c.How = "cargo-chef"
				} else if first := below.compiles(); first >= 0 && c.How == "" {
					c.How = "manifests-first"
				}
			}
		}
		c.Applies, c.Cached = s.sources(run) || c.How != "", c.How != ""
		if c.Applies {
			c.Run = s.firstBuild(run)
		}
		c.Unlocked = b.unlocked(s)
		s.facts.Caching = c
	}
}

// compiles is the last RUN of a stage that builds a package of the context with cargo; -1 without one.
func (s *stageBuilder) compiles() int {
	for i := len(s.facts.Runs) - 1; i >= 0; i-- {
		r := &s.facts.Runs[i]
		for _, c := range r.Commands {
			if c.Program != "cargo" || r.Onbuild {
				continue
			}
			if sub := subcommand(c.Args); sub != "fetch" && sub != "vendor" && compiling(c.Args) {
				return i
			}
		}
	}
	return -1
}

// firstBuild is the first RUN that builds, at most last.
func (s *stageBuilder) firstBuild(last int) int {
	for i := range last {
		for _, c := range s.facts.Runs[i].Commands {
			if c.Program == "cargo" && compiling(c.Args) {
				return i
			}
		}
	}
	return last
}

// unlocked is the COPY of a Cargo.toml without the Cargo.lock: no instruction and no mount can have brought it, or the ignore
// file keeps it from the builder.
func (b *builder) unlocked(s *stageBuilder) int {
	found := -1
	for _, stage := range b.chain(s.index) {
		for i := range stage.facts.Copies {
			t := &stage.facts.Copies[i]
			for _, src := range t.Sources {
				base := path.Base(clean(src))
				match, _ := path.Match(base, "Cargo.lock")
				switch {
				case base == "." && t.From == "" && !t.Open && b.lockIgnored:
					if stage == s {
						found = i
					}
				case t.From != "" || t.Open || match || base == "." || path.Clean(t.Path) == "/Cargo.lock":
					return -1
				case base == "Cargo.toml" && clean(src) == base && stage == s:
					found = i
				}
			}
		}
		for _, r := range stage.facts.Runs {
			if strings.Contains(r.Text, "Cargo.lock") || strings.Contains(r.Text, "generate-lockfile") || strings.Contains(r.Text, "git clone") ||
				slices.ContainsFunc(r.Mounts, func(m mount) bool { return m.Type == "bind" }) {
				return -1
			}
		}
	}
	return found
}

// compiling tells whether arguments of cargo compile or fetch the dependencies of a package of the context. A tool from the
// registry is none, and cargo-chef cooks what it has prepared.
func compiling(args []string) bool {
	switch sub := subcommand(args); sub {
	case "install":
		return option(args, "--path") != ""
	case "chef":
		return slices.Contains(args, "cook")
	default:
		return building(sub)
	}
}

func subcommand(args []string) string {
	for _, a := range args {
		if a == "b" {
			return "build"
		}
		if a != "" && a[0] != '-' && a[0] != '+' {
			return a
		}
	}
	return ""
}

// cooks tells whether a stage builds dependencies with cargo-chef.
func (s *stageBuilder) cooks() bool {
	return slices.ContainsFunc(s.facts.Cargo, func(c shell.CargoCommand) bool {
		return c.Subcommand == "chef" && slices.Contains(c.Args, "cook")
	})
}

// kept says how the stage itself keeps dependencies: run is its last build.
func (s *stageBuilder) kept(run int) string {
	if s.cooks() {
		return "cargo-chef"
	}
	for i := range s.facts.Runs {
		r := &s.facts.Runs[i]
		for _, m := range r.Mounts {
			if m.Type == "cache" && (strings.Contains(m.Target, "cargo") || strings.Contains(m.Target, "registry") || strings.Contains(m.Target, "target") || strings.Contains(m.Target, "sccache") || strings.Contains(m.Target, "$")) {
				return "cache-mount"
			}
		}
		if strings.Contains(r.Text, "sccache") {
			return "sccache"
		}
	}
	if strings.Contains(s.facts.Environment["RUSTC_WRAPPER"], "sccache") || strings.Contains(s.facts.Environment["CARGO_BUILD_RUSTC_WRAPPER"], "sccache") {
		return "sccache"
	}
	// A RUN with cargo before the last COPY of sources had the manifests alone.
	last := -1
	for i, n := range s.copyOrder {
		if t := &s.facts.Copies[i]; t.From == "" && !t.Onbuild && !manifests(t) {
			last = n
		}
	}
	for i := range run {
		if s.runOrder[i] > last {
			break
		}
		for _, c := range s.facts.Runs[i].Commands {
			if c.Program == "cargo" && compiling(c.Args) {
				return "manifests-first"
			}
		}
	}
	return ""
}

// manifests tells whether an instruction copies no sources: manifests, locks and configuration.
func manifests(t *transfer) bool {
	for _, src := range t.Sources {
		switch base := path.Base(src); {
		case strings.HasPrefix(base, "Cargo."), strings.HasPrefix(base, "rust-toolchain"), base == ".cargo", base == "vendor", base == "recipe.json":
		case strings.HasSuffix(base, ".toml"), strings.HasSuffix(base, ".lock"):
		default:
			return false
		}
	}
	return true
}

// sources tells whether the stage has copied the sources from the context before a RUN.
func (s *stageBuilder) sources(run int) bool {
	for i, t := range s.facts.Copies {
		if t.From == "" && !t.Onbuild && !manifests(&t) && s.copyOrder[i] < s.runOrder[run] {
			return true
		}
	}
	return false
}
