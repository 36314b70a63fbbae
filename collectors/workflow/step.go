package workflow

import (
	"maps"
	"path"
	"slices"
	"strings"

	"sallyport/internal/fact"
	"sallyport/internal/secret"
	"sallyport/internal/shell"
)

// A scope is what a part of a job knows of its surroundings.
type scope struct {
	path   fact.Path
	job    string
	env    environment
	matrix axes
	// known are the passwords of the job's services.
	known map[string]bool
	// service is true for a container whose own passwords are known to the job alone.
	service bool
	// shell and folder are what the job's scripts start with.
	shell, folder string
	// windows is true where the default shell is PowerShell.
	windows bool
	// dollar is true where $NAME is a variable of the pipeline.
	dollar bool
}

func (r *reader) githubStep(n node, i int, path fact.Path, sc scope) Step {
	r.places.set(path, n)
	action := n.key("uses").text()
	step := Step{
		If: n.key("if").text(), Uses: usesOf(action), MayFail: mayFail(n.key("continue-on-error")),
		Shell: n.key("shell").text(), Exports: []secret.Env{}, Cargo: []shell.CargoCommand{}, Rustup: []shell.RustupCommand{},
	}
	for _, name := range []string{n.key("name").text(), n.key("id").text(), action, "step " + number(i+1)} {
		if step.Name == "" {
			step.Name = name
		}
	}
	step.Name = r.unique(sc.path.String(), step.Name)
	r.step = step.Name
	for fact, key := range map[string]string{
		"uses": "uses", "run": "run", "if": "if", "with": "with", "env": "env",
		"shell": "shell", "may_fail": "continue-on-error", "name": "name",
	} {
		if !n.key(key).absent() {
			r.places.set(at(path, fact), n.key(key))
		}
	}
	r.places.set(at(path, "uses", "ref"), n.key("uses"))
	if step.Shell == "" {
		step.Shell = sc.shell
	}
	if step.Folder = n.key("working-directory").text(); step.Folder == "" {
		step.Folder = sc.folder
	}
	vars := r.variables(n.key("env"))
	step.Env = r.judge(at(path, "env"), vars, sc.known)
	inputs := r.inputs(n.key("with"))
	step.With = r.judge(at(path, "with"), inputs, sc.known)
	r.envToolchain(vars, sc)
	r.actionToolchains(step.Uses, n, sc)
	if run := n.key("run"); !run.absent() {
		var s script
		s.add(run, run.text())
		r.script(&step, path, s, sc, sc.env.with(vars))
	}
	return step
}

// script reads what a step runs.
func (r *reader) script(step *Step, path fact.Path, s script, sc scope, env environment) {
	// A script of another shell still yields the commands that it plainly has, so the error is none of ours.
	parsed, _ := shell.Parse(env.spell(s.text), env)
	commands := parsed.Commands
	careless := carelessness(step.Shell, sc.windows)
	for i := range commands {
		c := &commands[i]
		c.MayFail = c.MayFail || careless.pipes && c.Piped || careless.all && i < len(commands)-1
	}
	secrets := r.scriptSecrets(step, path, s, sc, commands)
	step.Folder = enter(step.Folder, commands)
	hide := hider(secrets)
	step.Cargo, step.Rustup = shell.Cargo(commands), shell.Rustup(commands)
	for i := range step.Cargo {
		c := &step.Cargo[i]
		c.MayFail = commands[c.At].MayFail
		r.places.cut(at(path, "cargo", i), s, commands[c.At].Offset, commands[c.At].End)
		r.cargoToolchain(c, path, i, sc)
		c.Rustflags = hide(c.Rustflags)
		for j := range c.Args {
			c.Args[j] = hide(c.Args[j])
		}
	}
	for i, c := range step.Rustup {
		r.places.cut(at(path, "rustup", i), s, commands[c.At].Offset, commands[c.At].End)
	}
	r.rustupToolchains(step.Rustup, path, sc)
	step.Run = hide(s.text)
}

// enter follows the cd commands before the first cargo command into a folder of the repository.
func enter(folder string, commands []shell.Command) string {
	inside := func(dir string) string {
		if dir = path.Clean(dir); dir == "." || strings.HasPrefix(dir, "..") || strings.ContainsAny(dir, "$~") || path.IsAbs(dir) {
			return ""
		}
		return dir
	}
	here := inside(folder)
	for _, c := range commands {
		switch c.Name {
		case "cd", "pushd":
			if len(c.Args) == 1 {
				here = inside(path.Join(here, c.Args[0]))
			}
		case "cargo":
			return here
		}
	}
	return inside(folder)
}

// maxHidden bounds how many secrets are looked for in a text; a text with more is hidden as a whole.
const maxHidden = 100

func hider(secrets []string) func(string) string {
	if len(secrets) > maxHidden {
		return func(string) string { return secret.Mask("") }
	}
	return secret.Redactor(secrets)
}

// A careless shell goes on after a failure: after one before a pipe, or after any but the last command's.
type careless struct{ pipes, all bool }

// carelessness reads the name or the template of a shell
// (https://docs.github.com/actions/reference/workflows-and-actions/workflow-syntax#jobsjob_idstepsshell).
func carelessness(name string, windows bool) careless {
	switch name {
	case "":
		return careless{pipes: !windows, all: windows}
	case "bash":
		return careless{}
	case "sh":
		return careless{pipes: true}
	case "pwsh", "powershell", "cmd":
		return careless{all: true}
	case "python":
		return careless{}
	}
	program, options, _ := strings.Cut(name, " ")
	if program == "bash" || program == "sh" || strings.HasSuffix(program, "/bash") || strings.HasSuffix(program, "/sh") {
		return careless{pipes: !strings.Contains(options, "pipefail"), all: !stopsAtError(options)}
	}
	return careless{pipes: true}
}

// stopsAtError tells whether options of a shell hold -e, alone or among others as in -eux.
func stopsAtError(options string) bool {
	for word := range strings.FieldsSeq(options) {
		if word == "errexit" || strings.HasPrefix(word, "-") && !strings.HasPrefix(word, "--") && strings.Contains(word, "e") {
			return true
		}
	}
	return false
}

// scriptSecrets notes the variables that a script sets and the secrets that stand in it.
func (r *reader) scriptSecrets(step *Step, path fact.Path, s script, sc scope, commands []shell.Command) []string {
	told := map[string]bool{}
	for _, c := range commands {
		// A variable before a command is that command's alone; an assignment or export is the script's.
		for _, v := range c.Env {
			r.assign(step, path, s, sc, v, told, !command(c))
		}
		for _, v := range githubEnv(c) {
			r.assign(step, path, s, sc, v, told, true)
		}
	}
	from := 0
	for _, hit := range secret.Find(s.text) {
		if told[hit.Value] || sc.known[hit.Value] {
			continue
		}
		told[hit.Value] = true
		r.keep([]string{hit.Value})
		// Hits mostly come in the order of the text.
		if i := strings.Index(s.text[from:], hit.Value); i >= 0 {
			from += i
		} else {
			from = max(0, strings.Index(s.text, hit.Value))
		}
		r.note(at(path, "run"), hit.Verdict, s.place(from, from+len(hit.Value)))
	}
	return slices.Collect(maps.Keys(told))
}

// command tells whether a command runs a program; the others set variables.
func command(c shell.Command) bool {
	switch c.Name {
	case "", "export", "declare", "typeset", "local", "readonly":
		return false
	}
	return true
}

func (r *reader) assign(step *Step, path fact.Path, s script, sc scope, v shell.Assign, told map[string]bool, lasting bool) {
	env := secret.Variable(v.Name, v.Value)
	values := secret.Values(v.Name, v.Value)
	if !v.Known || temporary(values, v.Value, sc.known) {
		env, values = secret.Env{Name: v.Name, Value: v.Value}, nil
	}
	if env.Secret.Found {
		for _, value := range values {
			told[value] = true
		}
		r.keep(values)
		r.note(at(path, "run", v.Name), env.Secret, s.place(v.Offset, v.End))
	}
	if lasting {
		r.places.cut(at(path, "exports", len(step.Exports)), s, v.Offset, v.End)
		step.Exports = append(step.Exports, env)
	}
}

// githubEnv reads what a command hands to later steps: echo "NAME=value" >> "$GITHUB_ENV".
func githubEnv(c shell.Command) []shell.Assign {
	if !strings.Contains(c.Output, "GITHUB_ENV") {
		return nil
	}
	text := c.Input
	if c.Name == "echo" || c.Name == "printf" {
		text = strings.Join(c.Args, " ")
	}
	var list []shell.Assign
	for line := range strings.Lines(text) {
		name, value, ok := strings.Cut(strings.TrimSpace(line), "=")
		if ok && !strings.ContainsAny(name, " <$") {
			list = append(list, shell.Assign{Name: name, Value: value, Known: true, Exported: true, Offset: c.Offset, End: c.End})
		}
	}
	return list
}
