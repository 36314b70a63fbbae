package workflow

import (
	"path"
	"slices"
	"strconv"
	"strings"

	"sallyport/internal/fact"
	"sallyport/internal/shell"
)

// A choice is a toolchain that a job chooses, before it is known what the job does with it.
type choice struct {
	Toolchain
	from place
	// spread is true for one of several values of a matrix.
	spread bool
	// harmless is true for a single command that compiles nothing that is kept.
	harmless bool
	// installed is true where the toolchain is there for commands that name it.
	installed bool
}

func (r *reader) begin(job string) { r.job, r.step, r.chosen = job, "", nil }

func (r *reader) choose(c choice) {
	for _, other := range r.chosen {
		if other.Channel == c.Channel && other.Kind == c.Kind && other.Source == c.Source && other.Job == c.Job &&
			other.harmless == c.harmless {
			return
		}
	}
	r.chosen = append(r.chosen, c)
}

// end decides which of a job's toolchains matter, and makes them facts.
func (r *reader) end(job *Job) {
	fixed := slices.ContainsFunc(r.chosen, func(c choice) bool {
		return c.spread && (c.Kind == "exact" || c.Kind == "dated" || c.Kind == "file")
	})
	keeps, named := false, map[string]bool{}
	commands, folder := 0, ""
	for _, s := range job.Steps {
		for i := range s.Cargo {
			if commands++; commands == 1 {
				folder = s.Folder
			}
			keeps = keeps || !harmless(&s.Cargo[i])
			if name := s.Cargo[i].Toolchain; name != "" {
				named[name] = true
			}
		}
	}
	idle := commands > 0 && !keeps
	if keeps && len(r.chosen) == 0 && !chooses(job) {
		r.chosen = append(r.chosen, r.implied(job)...)
	}
	for _, c := range r.chosen {
		c.Folder = path.Join(r.facts.Root, folder)
		c.Extra = job.MayFail || c.spread && fixed && c.Kind == "moving" || c.harmless ||
			c.Source != "cargo" && idle || c.installed && named[c.Channel]
		r.toolchain(c)
	}
	r.chosen = nil
}

// chooses tells whether a job has a step that may choose a toolchain in a way that is not read here.
func chooses(job *Job) bool {
	return slices.ContainsFunc(job.Steps, func(s Step) bool {
		name := strings.ToLower(s.Uses.Name)
		return strings.HasPrefix(name, ".") || strings.HasPrefix(name, "docker://") || strings.Contains(name, "setup") ||
			strings.Contains(name, "toolchain") || strings.Contains(name, "nix") || strings.Contains(name, "mise")
	})
}

// implied is the toolchain of a job that compiles and chooses none: on GitHub's runners rustup is there and
// reads the repository's toolchain file, and without one it takes what came with the runner. What another
// image brings, or GitLab's runner, nobody can tell from the file.
func (r *reader) implied(job *Job) []choice {
	if r.facts.Format != github || job.Container.Reference != "" {
		return nil
	}
	for i := range r.facts.Toolchains {
		if t := &r.facts.Toolchains[i]; t.Source == "env" && t.Job == "" {
			return nil
		}
	}
	from := r.places[fact.Path{"jobs", len(r.facts.Jobs)}.String()]
	for j := range job.Steps {
		if len(job.Steps[j].Cargo) > 0 {
			from = r.places[fact.Path{"jobs", len(r.facts.Jobs), "steps", j, "cargo", 0}.String()]
			break
		}
	}
	return []choice{{from: from, Toolchain: Toolchain{
		Kind: "file", Source: "runner", Job: job.Name,
		Text: "the job " + strconv.Quote(job.Name),
	}}}
}

func (r *reader) toolchain(c choice) {
	where := c.Source
	if c.Job != "" {
		where = c.Job + "/" + where
	}
	// One default of a pipeline serves many jobs.
	key := c.Channel + "\x00" + c.Source + "\x00" + c.from.key()
	if i, ok := r.told[key]; ok {
		r.facts.Toolchains[i].Extra = r.facts.Toolchains[i].Extra && c.Extra
		return
	}
	r.told[key] = len(r.facts.Toolchains)
	c.Name = r.unique("toolchains", strings.TrimSuffix(where+" "+c.Channel, " "))
	r.places[fact.Path{"toolchains", len(r.facts.Toolchains)}.String()] = c.from
	r.facts.Toolchains = append(r.facts.Toolchains, c.Toolchain)
}

// keepers are the subcommands whose result is kept or believed: what they compile must come from the
// toolchain that was decided on. The others format, document, measure or hunt for bugs, often with a
// nightly toolchain that they need for it.
var keepers = map[string]bool{
	"build": true, "test": true, "run": true, "check": true, "clippy": true, "bench": true, "rustc": true,
	"install": true, "package": true, "publish": true, "nextest": true, "auditable": true, "zigbuild": true,
	"xwin": true, "ndk": true, "lambda": true, "chef": true, "tauri": true, "deb": true, "cbuild": true,
	"cinstall": true, "hack": true, "component": true, "contract": true, "rpm": true, "wix": true,
	"generate-rpm": true, "dist": true, "leptos": true, "watch": true, "fix": true, "espflash": true,
}

// harmless tells whether nothing that is kept comes from the command. Installing a tool is harmless; what
// is installed from the repository itself is not.
func harmless(c *shell.CargoCommand) bool {
	if c.Subcommand == "install" {
		return !slices.ContainsFunc(c.Args, func(a string) bool { return a == "--path" || strings.HasPrefix(a, "--path=") })
	}
	return !keepers[c.Subcommand]
}

// classify reads the name of a toolchain; "" is left to the toolchain file.
func classify(name string) (channel, kind string) {
	name = strings.TrimSpace(name)
	switch {
	case name == "":
		return "", "file"
	case strings.Contains(name, "${{") || strings.Contains(name, "$"):
		return name, "unknown"
	case strings.HasPrefix(name, "stable ") || strings.HasPrefix(name, "nightly "):
		return name, "moving" // "stable 3 months ago", "stable minus 2 releases"
	}
	return name, shell.ParseToolchain(name).Kind
}

// envToolchain reads RUSTUP_TOOLCHAIN, which wins over every toolchain file.
func (r *reader) envToolchain(vars []variable, sc scope) {
	for _, v := range vars {
		if v.name != "RUSTUP_TOOLCHAIN" || v.value == "" {
			continue
		}
		options := sc.options(v.from, v.value)
		for _, o := range options {
			channel, kind := classify(o.text)
			c := choice{from: place{path: o.from.path}, spread: len(options) > 1, Toolchain: Toolchain{
				Channel: channel, Kind: kind, Source: "env", Text: v.name + "=" + o.text, Job: sc.job,
			}}
			if sc.job == "" {
				c.Folder = r.facts.Root
				r.toolchain(c)
			} else {
				r.choose(c)
			}
		}
	}
}

func (r *reader) cargoToolchain(c *shell.CargoCommand, path fact.Path, i int, sc scope) {
	if c.Toolchain == "" {
		return
	}
	from := r.places[at(path, "cargo", i).String()]
	options := sc.options(node{path: from.path}, c.Toolchain)
	for _, o := range options {
		channel, kind := classify(o.text)
		r.choose(choice{
			harmless: harmless(c), from: from, spread: len(options) > 1,
			Toolchain: Toolchain{
				Channel: channel, Kind: kind, Source: "cargo", Job: sc.job,
				Text: "cargo +" + o.text + " " + c.Subcommand,
			},
		})
	}
}

func (r *reader) rustupToolchains(commands []shell.RustupCommand, path fact.Path, sc scope) {
	for i, c := range commands {
		switch c.Action {
		case "default", "toolchain install", "update", "override set", "init":
		default:
			continue
		}
		from := r.places[at(path, "rustup", i).String()]
		names := []string{}
		for _, t := range c.Toolchains {
			names = append(names, t.Name)
		}
		if len(names) == 0 && c.Action == "toolchain install" {
			names = []string{""}
		}
		for _, name := range names {
			options := sc.options(node{path: from.path}, name)
			for _, o := range options {
				channel, kind := classify(o.text)
				if o.text == "none" {
					channel, kind = "", "file"
				}
				r.choose(choice{
					from: from, installed: c.Action == "toolchain install" || c.Action == "update",
					spread: len(options) > 1,
					Toolchain: Toolchain{
						Channel: channel, Kind: kind, Source: "rustup", Job: sc.job,
						Text: strings.TrimSpace(c.Name + " " + c.Action + " " + o.text),
					},
				})
			}
		}
	}
}

// imageToolchains reads the toolchain that a job's image brings.
func (r *reader) imageToolchains(n node, sc scope) {
	image := imageOf(n)
	options := sc.options(image, image.text())
	for _, o := range options {
		c := choice{
			from: place{path: o.from.path}, spread: len(options) > 1,
			Toolchain: Toolchain{Source: "image", Text: o.text, Job: sc.job},
		}
		repository, tag, digest, known := parseImage(o.text)
		switch {
		case known && rustImage(repository):
			c.Channel, c.Kind = imageChannel(tag)
			c.Pinned = digest != ""
		case !known && strings.HasPrefix(o.text, "rust:"):
			c.Kind = "unknown"
		default:
			continue
		}
		r.choose(c)
	}
}

// rustImage tells whether an image exists to bring a Rust toolchain: the official one, also from a
// mirror, and the nightly one of the Rust project.
func rustImage(repository string) bool {
	_, name, _ := strings.Cut(repository, "/")
	return name == "library/rust" || name == "rust" || strings.HasSuffix(name, "/library/rust") ||
		strings.HasSuffix(name, "rustlang/rust")
}

// imageChannel reads the version in front of a tag of the official image: 1.82.0-slim-bookworm. A tag that
// names none follows the newest release.
func imageChannel(tag string) (channel, kind string) {
	if tag == "" {
		return "", "unknown" // a digest alone
	}
	if kind := shell.ParseToolchain(tag).Kind; kind == "dated" {
		return tag, kind
	}
	version, _, _ := strings.Cut(tag, "-")
	if kind := shell.ParseToolchain(version).Kind; kind == "exact" || kind == "moving" {
		return version, kind
	}
	return "stable", "moving"
}
