package dockerfile

import (
	"slices"
	"strings"

	"github.com/moby/buildkit/frontend/dockerfile/instructions"

	"sallyport/internal/secret"
	"sallyport/internal/shell"
)

// env judges a variable, and keeps its value out of every output where it is secret.
func (b *builder) env(name, value string) Env {
	judged := secret.Variable(name, value)
	e := Env{Name: name, Value: judged.Value, Known: true, Args: []string{}, Sensitive: sensitive(name), Secret: judged.Secret}
	if judged.Secret.Found {
		b.secrets = append(b.secrets, secret.Values(name, value)...)
		e.Leak = "value"
	}
	return e
}

// stems are what a name must contain to say that its value is secret, in lower case.
var stems = [...]string{"pass", "pwd", "pw", "token", "secret", "key", "cred", "auth", "api"}

// probe is a value that is secret under a name that says so, and unsuspicious under any other name.
const probe = "opensesame"

// sensitive tells whether a name says that the value is a secret, whatever the value.
func sensitive(name string) bool {
	lower := strings.ToLower(name)
	if !slices.ContainsFunc(stems[:], func(s string) bool { return strings.Contains(lower, s) }) {
		return false
	}
	return secret.Variable(name, probe).Secret.Found
}

// env carries out ENV. All of its values are expanded before the first is set.
func (s *stageBuilder) env(in *instruction, c *instructions.EnvCommand, m mode) {
	list := make([]variable, len(c.Env))
	names := make([]string, len(c.Env))
	for i, kv := range c.Env {
		names[i] = s.scope.expand(kv.Key).text
		e := s.scope.expand(kv.Value)
		list[i] = variable{value: e.text, known: e.known(), args: sorted(e.args)}
	}
	for i, v := range list {
		e := s.b.env(names[i], v.value)
		if m != record {
			s.set(e.Name, v)
			s.facts.Environment[e.Name] = e.Value
			if s.at.environment == nil {
				s.at.environment = make(map[string]anchor)
			}
			s.at.environment[e.Name] = pair(in, i)
		}
		if m == replay {
			continue
		}
		e.Known, e.Onbuild = v.known, m == record
		e.Args = append(e.Args, v.args...)
		if e.Leak == "" && e.Sensitive && len(e.Args) > 0 {
			e.Leak = "argument"
		}
		s.facts.Env = append(s.facts.Env, e)
		s.at.env = append(s.at.env, pair(in, i))
		if shell.Rustflags(e.Name) {
			s.rustflags(e.Name, e.Value, e.Known, pair(in, i))
		}
		if e.Name == "RUSTUP_TOOLCHAIN" {
			s.rustupVariable(e.Value, v.known, pair(in, i))
		}
	}
}

func (s *stageBuilder) set(name string, v variable) {
	s.scope.set(name, v)
	s.known = nil
}

// arg carries out ARG in a stage (dispatchArg): the build argument wins over the default, and without
// both the argument of the same name before the first FROM counts.
func (s *stageBuilder) arg(in *instruction, c *instructions.ArgCommand, m mode) {
	for i, a := range c.Args {
		v := variable{arg: true}
		given, isGiven := s.b.opts.args[a.Key]
		global, isGlobal := s.b.global.vars[a.Key]
		old, isOld := s.scope.vars[a.Key]
		switch {
		case isGiven:
			v.value, v.known = given, true
		case a.Value != nil:
			e := s.scope.expand(*a.Value)
			v.value, v.known, v.args = e.text, e.known(), e.args
		case isGlobal && global.known:
			v.value, v.known, v.args = global.value, true, global.args
		case isOld:
			v = old
		}
		if m != record {
			s.set(a.Key, v)
		}
		if m == replay {
			continue
		}
		declared := s.b.arg(a, v)
		declared.Onbuild = m == record
		s.b.declared[a.Key] = true
		if declared.Sensitive && v.value == "" {
			declared.Leak = "name" // --build-arg is to give it
		}
		at := in.at(atWord, i)
		s.facts.Args = append(s.facts.Args, declared)
		s.at.args = append(s.at.args, at)
		if shell.Rustflags(a.Key) && v.value != "" {
			s.rustflags(a.Key, declared.Value, v.known, at)
		}
		if a.Key == "RUSTUP_TOOLCHAIN" && v.value != "" {
			s.rustupVariable(declared.Value, v.known, at)
		}
	}
}

// rustflags notes flags for the compiler.
func (s *stageBuilder) rustflags(name, value string, known bool, at anchor) {
	cpu := ""
	if i := strings.LastIndex(value, "target-cpu"); i >= 0 {
		cpu = strings.TrimLeft(value[i+len("target-cpu"):], "= ")
		cpu = cpu[:len(cpu)-len(strings.TrimLeft(cpu, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.+${}"))]
	}
	s.facts.Rustflags = append(s.facts.Rustflags, rustflags{
		Name: name, Value: value, Known: known,
		Native: cpu == "native", CPU: cpu,
	})
	s.at.flags = append(s.at.flags, at)
}

// rustupVariable notes RUSTUP_TOOLCHAIN, which chooses the toolchain of every cargo behind it.
func (s *stageBuilder) rustupVariable(value string, known bool, at anchor) {
	t := shell.ParseToolchain(value)
	if !known {
		t.Kind = "unknown"
	}
	s.facts.Rustup = append(s.facts.Rustup, shell.RustupCommand{
		Name: "RUSTUP_TOOLCHAIN", Action: "variable",
		Toolchains: []shell.Toolchain{t}, Moving: t.Kind == "moving",
	})
	s.at.rustup = append(s.at.rustup, at)
}
