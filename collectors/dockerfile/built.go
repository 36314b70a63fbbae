package dockerfile

import (
	"path"
	"slices"
	"strings"
)

// maxHops bounds how far a file is followed from stage to stage.
const maxHops = 8

// builds says which of the files that stages copy from each other cargo has made, and what they need.
func (b *builder) builds() {
	for _, s := range b.stages {
		for i := range s.facts.Copies {
			t := &s.facts.Copies[i]
			if t.Stage < 0 || t.Onbuild {
				continue
			}
			for _, src := range t.Sources {
				if found, ok := b.trace(t.Stage, path.Join("/", src), maxHops); ok {
					found.Name = src
					found.Lacks = b.lacks(&found, s)
					t.Built = append(t.Built, found)
				}
			}
		}
	}
}

// trace follows a file of a stage to where cargo makes it.
func (b *builder) trace(stage int, file string, hops int) (built, bool) {
	if hops == 0 {
		return built{}, false
	}
	chain := b.chain(stage)
	for _, s := range chain {
		for i := len(s.facts.Copies) - 1; i >= 0; i-- {
			t := &s.facts.Copies[i]
			if from, ok := t.brings(file); ok && !t.Onbuild {
				if t.Stage < 0 {
					return built{}, false
				}
				return b.trace(t.Stage, path.Join("/", from), hops-1)
			}
		}
	}
	found := built{Stage: stage, Path: file}
	if !found.artifact(chain) {
		source := moved(chain, file)
		if source == "" {
			return built{}, false
		}
		if found.Path = source; !found.artifact(chain) {
			return built{}, false
		}
	}
	return found, b.linkage(&found, chain)
}

// chain is a stage and the stages that it is built on.
func (b *builder) chain(stage int) []*stageBuilder {
	var chain []*stageBuilder
	for i := stage; i >= 0; i = b.stages[i].facts.Base.Stage {
		chain = append(chain, b.stages[i])
	}
	return chain
}

// brings tells whether an instruction puts a file where it is asked for, and which file that was.
func (t *transfer) brings(file string) (source string, ok bool) {
	if t.Path == "" {
		return "", false
	}
	folder := strings.HasSuffix(t.Path, "/") || len(t.Sources) > 1
	dest := path.Clean(t.Path)
	rest, below := strings.CutPrefix(file, strings.TrimSuffix(dest, "/")+"/")
	for _, src := range t.Sources {
		switch {
		case !folder && file == dest:
			return src, true
		case below && path.Base(src) == rest:
			return src, true
		case below && strings.ContainsAny(path.Base(src), "*?["):
			if match, _ := path.Match(path.Base(src), rest); match {
				return path.Join(path.Dir(src), rest), true
			}
		case below && !folder && len(t.Sources) == 1 && path.Ext(src) == "":
			return path.Join(src, rest), true // a folder's contents
		}
	}
	return "", false
}

// artifact reads profile and target out of a path that cargo writes to: target/TRIPLE/PROFILE/NAME,
// CARGO_TARGET_DIR, and the folder that cargo install installs to.
func (f *built) artifact(chain []*stageBuilder) bool {
	runs := false
	for _, s := range chain {
		for _, c := range s.facts.Cargo {
			switch c.Subcommand {
			case "install":
				if dir := path.Dir(f.Path); (dir == "/usr/local/cargo/bin" || dir == "/root/.cargo/bin" || dir == path.Join("/", option(c.Args, "--root"), "bin")) && path.Base(f.Path) != "cargo" {
					f.Profile = "release"
					if slices.Contains(c.Args, "--debug") {
						f.Profile = "debug"
					}
					return true
				}
			case "build", "rustc", "auditable":
				runs = true
			}
		}
	}
	if !runs {
		return false
	}
	rest, ok := strings.CutPrefix(f.Path, strings.TrimSuffix(chain[0].facts.Environment["CARGO_TARGET_DIR"], "/")+"/")
	if !ok || chain[0].facts.Environment["CARGO_TARGET_DIR"] == "" {
		if _, rest, ok = strings.Cut(f.Path, "/target/"); !ok {
			return false
		}
	}
	parts := strings.Split(strings.Trim(rest, "/"), "/")
	if len(parts) > 1 && strings.Count(parts[0], "-") >= 2 {
		f.Target, parts = parts[0], parts[1:]
	}
	if len(parts) > 2 || parts[0] == "" || strings.ContainsAny(parts[0], "$*") {
		return false
	}
	f.Profile = parts[0]
	return true
}

// moved is the file that a command of the stages copies or moves to another place.
func moved(chain []*stageBuilder, file string) string {
	for _, s := range chain {
		for i := len(s.facts.Runs) - 1; i >= 0; i-- {
			for _, c := range s.facts.Runs[i].Commands {
				if c.Program != "cp" && c.Program != "mv" && c.Program != "install" || len(c.Args) < 2 {
					continue
				}
				dest := s.absolute(c.Args[len(c.Args)-1])
				for _, src := range c.Args[:len(c.Args)-1] {
					full := s.absolute(src)
					if strings.HasPrefix(src, "-") || !strings.Contains(full, "/target/") {
						continue
					}
					if path.Clean(dest) == file || path.Join(dest, path.Base(src)) == file {
						return full
					}
				}
			}
		}
	}
	return ""
}

// linkage says against which C library the file is linked. It is false for a file of another kind.
func (b *builder) linkage(f *built, chain []*stageBuilder) bool {
	static := false
	for _, s := range chain {
		for _, c := range s.facts.Cargo {
			if c.Name != "cargo" || c.Subcommand == "zigbuild" || c.Subcommand == "xwin" {
				return true // another linker, and another C library
			}
			if t := option(c.Args, "--target"); t != "" && f.Target == "" {
				f.Target = t
			}
		}
		for _, flags := range s.facts.Rustflags {
			if strings.Contains(flags.Value, "crt-static") || !flags.Known {
				static = true
			}
		}
		if t := s.facts.Environment["CARGO_BUILD_TARGET"]; t != "" && f.Target == "" {
			f.Target = t
		}
	}
	sys := &chain[len(chain)-1].facts.System
	switch {
	case static:
		return true
	case strings.Contains(f.Target, "musl"):
		f.Libc, f.Static = "musl", true
	case strings.Contains(f.Target, "$"), strings.Contains(f.Target, "wasm"), b.configured:
	case sys.Libc == "musl" && sys.Toolchain == "rust" && f.Target == "":
		f.Libc, f.Static = "musl", true
	case sys.Libc == "glibc" && (f.Target == "" || strings.HasSuffix(f.Target, "-linux-gnu")):
		f.Libc = "glibc"
	}
	return true
}

// option is the value of an option on a command line.
func option(args []string, name string) string {
	for i, a := range args {
		if v, ok := strings.CutPrefix(a, name+"="); ok {
			return v
		}
		if a == name && i+1 < len(args) {
			return args[i+1]
		}
	}
	return ""
}

// steps are versions of glibc that brought symbols which every program of the Rust standard library asks for
// once it is linked against that version or a newer one.
var steps = [...]string{"2.39", "2.34", "2.28"}

// lacks says what a file needs and a stage does not have.
func (b *builder) lacks(f *built, s *stageBuilder) string {
	sys := &s.facts.System
	if f.Libc != "glibc" || f.Static || b.brought(s) {
		return ""
	}
	if sys.Libc == "musl" || sys.Libc == "none" {
		return "glibc"
	}
	builder := &b.stages[f.Stage].facts.System
	if sys.Libc != "glibc" || sys.LibcVersion == "" || builder.LibcVersion == "" {
		return ""
	}
	for _, step := range steps {
		if !older(builder.LibcVersion, step) {
			if older(sys.LibcVersion, step) {
				return "glibc " + step
			}
			return ""
		}
	}
	return ""
}

// older compares versions of two numbers.
func older(a, b string) bool {
	aMajor, aMinor, _ := twoNumbers(a)
	bMajor, bMinor, _ := twoNumbers(b)
	return aMajor < bMajor || aMajor == bMajor && aMinor < bMinor
}

// brought tells whether a stage may have got a C library beside that of its base.
func (b *builder) brought(s *stageBuilder) bool {
	for _, s := range b.chain(s.index) {
		for _, t := range s.facts.Copies {
			if t.Path == "/" || t.Path == "" || strings.HasPrefix(t.Path, "/lib") || strings.HasPrefix(t.Path, "/usr/lib") || t.Path == "/usr/" || t.Path == "/usr" {
				return true
			}
		}
		for _, r := range s.facts.Runs {
			if strings.Contains(r.Text, "libc") || strings.Contains(r.Text, "gcompat") || strings.Contains(r.Text, "apt-get upgrade") || strings.Contains(r.Text, "dist-upgrade") {
				return true
			}
		}
	}
	return false
}
