package dockerfile

import (
	"strings"

	"github.com/moby/buildkit/frontend/dockerfile/instructions"
	"github.com/moby/buildkit/frontend/dockerfile/parser"
)

// A style is what the notes on a stage's instructions need to know of those before.
type style struct {
	// workdir and shell are true once the file sets them for the stage or one below.
	workdir, shell bool
	// bare is true on an image that is known to define no variable but PATH.
	bare bool
	// last are the places of the latest CMD, ENTRYPOINT and HEALTHCHECK.
	last map[string]anchor
}

func (st style) inherit() style {
	return style{workdir: st.workdir, shell: st.shell, bare: st.bare}
}

// alias notes how a stage is called.
func (s *stageBuilder) alias(n *parser.Node, st *instructions.Stage) {
	f := &s.facts
	if st.Name != "" && n.Next != nil && n.Next.Next != nil && n.Next.Next.Next != nil {
		as := n.Next.Next
		f.Alias = as.Next.Value
		s.at.alias = anchor{node: n, part: atField, n: 2}
		lower, upper := st.OrigCmd == strings.ToLower(st.OrigCmd), st.OrigCmd == strings.ToUpper(st.OrigCmd)
		f.AsCase = lower && as.Value != strings.ToLower(as.Value) || upper && as.Value != strings.ToUpper(as.Value)
		_, f.Duplicate = s.b.names[st.Name]
		f.Reserved = st.Name == "scratch" || st.Name == "context"
	}
	f.PlatformKind = platformKind(st.Platform, st.Name)
	for _, word := range []string{st.BaseName, st.Platform} {
		for _, name := range s.b.global.unset(word, s.b.global.lex) {
			if _, ok := s.b.global.vars[name]; !ok {
				s.undefined(undefinedName{Name: name, Instruction: "from", Reason: "from"}, anchor{node: n})
			}
		}
	}
}

// platformKind tells a constant platform from one that the build decides.
func platformKind(typed, stage string) string {
	value := strings.Trim(typed, `"'`)
	switch {
	case value == "":
		return ""
	case value == "$TARGETPLATFORM", value == "${TARGETPLATFORM}":
		return "target"
	case strings.Contains(value, "$"):
		return "variable"
	}
	for part := range strings.SplitSeq(strings.ToLower(value), "/") {
		if same, ok := architectures[part]; ok && strings.Contains(stage, same) || strings.Contains(stage, part) {
			return "named"
		}
	}
	if !strings.Contains(value, "/") && strings.Contains(stage, "linux") { // an architecture, of which linux is the system
		return "named"
	}
	return "constant"
}

// architectures are other names of architectures
// (https://github.com/containerd/platforms/blob/main/database.go).
var architectures = map[string]string{
	"x86_64": "amd64", "x86-64": "amd64", "aarch64": "arm64", "i386": "386", "armhf": "arm", "armel": "arm",
}

// note notes what an instruction says by its form, before it is carried out.
func (s *stageBuilder) note(in *instruction) {
	switch c := in.cmd.(type) {
	case *instructions.WorkdirCommand:
		s.noteWorkdir(in, c.Path)
	case *instructions.ShellCommand:
		s.style.shell = true
	case *instructions.CmdCommand:
		s.once(in)
		s.shellForm(in, &c.ShellDependantCmdLine)
	case *instructions.EntrypointCommand:
		s.once(in)
		s.shellForm(in, &c.ShellDependantCmdLine)
	case *instructions.HealthCheckCommand:
		s.once(in)
		if test := c.Health.Test; len(test) == 2 && test[0] == "CMD-SHELL" && !strings.ContainsAny(test[1], shellSyntax) {
			s.shellForm(in, &instructions.ShellDependantCmdLine{CmdLine: test[1:], PrependShell: true})
		}
	case *instructions.EnvCommand:
		s.noteEnv(in, c)
	case *instructions.LabelCommand:
		s.noteLabels(in, c)
	case *instructions.MaintainerCommand:
		s.facts.Maintainers = append(s.facts.Maintainers, maintainer{Name: c.Maintainer})
		s.at.maintainers = append(s.at.maintainers, in.at(atWhole, 0))
	}
	s.undefinedIn(in)
}

// shellSyntax are the characters that mean something to a shell.
const shellSyntax = "|&;<>()$`\\\"'*?[]#~=!{}\n"

func (s *stageBuilder) noteWorkdir(in *instruction, typed string) {
	e := s.scope.expand(typed)
	w := workdir{Text: typed, Path: s.workdir(typed), Known: e.known(), Absolute: absolute(e.text)}
	w.Adrift = w.Known && !w.Absolute && !s.style.workdir
	s.style.workdir = true
	s.facts.Workdirs = append(s.facts.Workdirs, w)
	s.at.workdirs = append(s.at.workdirs, in.at(atArgs, 0))
}

// absolute tells an absolute path of Linux or Windows.
func absolute(path string) bool {
	return strings.HasPrefix(path, "/") || strings.HasPrefix(path, `\`) || len(path) > 1 && path[1] == ':'
}

// once notes the instruction that this one replaces, at the place of that one.
func (s *stageBuilder) once(in *instruction) {
	name := in.name()
	if before, ok := s.style.last[name]; ok {
		s.facts.Overridden = append(s.facts.Overridden, overridden{Instruction: name})
		s.at.overridden = append(s.at.overridden, before)
	}
	if s.style.last == nil {
		s.style.last = make(map[string]anchor, 3)
	}
	s.style.last[name] = in.at(atWhole, 0)
}

func (s *stageBuilder) shellForm(in *instruction, c *instructions.ShellDependantCmdLine) {
	if !c.PrependShell || s.style.shell {
		return
	}
	text := strings.Join(c.CmdLine, " ")
	s.facts.ShellForms = append(s.facts.ShellForms, shellForm{
		Instruction: in.name(), Text: text, Replaced: strings.HasPrefix(text, "exec "),
	})
	s.at.shellForms = append(s.at.shellForms, in.at(atWhole, 0))
}

func (s *stageBuilder) noteEnv(in *instruction, c *instructions.EnvCommand) {
	for i, kv := range c.Env {
		s.legacyPair(in, kv)
		if strings.IndexByte(kv.Value, '$') < 0 || len(c.Env) < 2 {
			continue
		}
		for _, name := range s.scope.unset(kv.Value, s.scope.lex) {
			if _, ok := s.scope.vars[name]; !ok && others(c.Env, i, name) {
				s.facts.SelfReferences = append(s.facts.SelfReferences, selfReference{Name: kv.Key, Uses: name})
				s.at.selfReferences = append(s.at.selfReferences, pair(in, i))
			}
		}
	}
}

// others tells whether a pair other than the i-th has a name.
func others(list instructions.KeyValuePairs, i int, name string) bool {
	for j, kv := range list {
		if j != i && kv.Key == name {
			return true
		}
	}
	return false
}

func (s *stageBuilder) legacyPair(in *instruction, kv instructions.KeyValuePair) {
	if kv.NoDelim {
		s.facts.Legacy = append(s.facts.Legacy, legacyPair{Instruction: in.name(), Name: kv.Key})
		s.at.legacy = append(s.at.legacy, in.at(atWhole, 0))
	}
}
