package cargoconfig

import (
	"slices"
	"strings"

	"sallyport/internal/fact"
	"sallyport/internal/shell"
)

// flags gathers what any key passes to a compiler. Cargo itself reads RUSTFLAGS from its own environment
// and not from [env]; build scripts, and cargo called by them, do read it there.
func (r *reader) flags() []Flags {
	list := []Flags{}
	add := func(words []string, cpu func([]string) (string, int), key ...any) {
		if len(words) == 0 {
			return
		}
		f := Flags{Name: fact.Path(key).String(), Words: full(words)}
		var at int
		f.TargetCPU, at = cpu(words)
		f.Native = f.TargetCPU == "native"
		r.routes.Add(fact.Path{"flags", len(list)}, key)
		r.routes.Add(fact.Path{"flags", len(list), "words"}, key)
		for _, field := range []string{"target_cpu", "native"} {
			r.routes.Add(fact.Path{"flags", len(list), field}, append(slices.Clone(key), at))
		}
		list = append(list, f)
	}
	add(r.raw.Build.Rustflags, rustCPU, "build", "rustflags")
	for _, name := range names(r.raw.Target) {
		add(r.raw.Target[name].Rustflags, rustCPU, "target", name, "rustflags")
	}
	add(r.raw.Host.Rustflags, rustCPU, "host", "rustflags")
	for _, name := range names(r.raw.Profile) {
		add(r.raw.Profile[name].Rustflags, rustCPU, "profile", name, "rustflags")
	}
	for _, name := range names(r.raw.Env) {
		words := strings.FieldsFunc(r.raw.Env[name].value(), func(c rune) bool { return strings.ContainsRune(" \t\r\n\x1f", c) })
		switch {
		case shell.Rustflags(name):
			add(words, rustCPU, "env", name)
		case cFlags(name):
			add(words, cCPU, "env", name)
		}
	}
	return list
}

// cFlags tells whether the build scripts that compile C read the variable (the cc crate's documentation).
func cFlags(name string) bool {
	for _, base := range []string{"CFLAGS", "CXXFLAGS"} {
		if name == base || strings.HasPrefix(name, base+"_") || name == "HOST_"+base || name == "TARGET_"+base {
			return true
		}
	}
	return false
}

// rustCPU is the last target-cpu of a command line, and the word that holds it
// (https://doc.rust-lang.org/rustc/codegen-options/).
func rustCPU(words []string) (cpu string, at int) {
	for i, w := range words {
		option := strings.TrimSpace(w)
		switch {
		case i > 0 && (words[i-1] == "-C" || words[i-1] == "--codegen"):
		case strings.HasPrefix(option, "-C"):
			option = option[len("-C"):]
		case strings.HasPrefix(option, "--codegen="):
			option = option[len("--codegen="):]
		default:
			continue
		}
		name, value, _ := strings.Cut(strings.TrimSpace(option), "=")
		if strings.ReplaceAll(name, "_", "-") == "target-cpu" {
			cpu, at = strings.Trim(value, `"'`), i
		}
	}
	return cpu, at
}

// cCPU is the last -march or -mcpu, and the word that holds it.
func cCPU(words []string) (cpu string, at int) {
	for i, w := range words {
		for _, option := range []string{"-march=", "-mcpu="} {
			if value, ok := strings.CutPrefix(w, option); ok {
				cpu, at = value, i
			}
		}
	}
	return cpu, at
}
