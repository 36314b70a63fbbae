package kubernetes

import (
	"fmt"
	"slices"
	"strings"

	"sallyport/internal/secret"
)

// sources are the fields of valueFrom (Kubernetes API reference, EnvVarSource).
var sources = []string{"secretKeyRef", "configMapKeyRef", "fieldRef", "resourceFieldRef", "fileKeyRef"}

func (b *builder) environment(x *Container, c map[string]any) {
	x.Env, x.EnvFrom, x.Leaks, x.Repeated = []Variable{}, []Source{}, []Leak{}, noIndexes
	list := b.list(c, x.Path, "env")
	seen := make(map[string]bool, len(list))
	for i, item := range list {
		at := append(x.Path, "env", i)
		env, ok := item.(map[string]any)
		if !ok {
			b.wrong(at, "an environment variable", "a mapping", item)
		}
		v := Variable{Name: text(env["name"])}
		if value := env["value"]; value != nil {
			v.From = "value"
			judged := secret.Variable(v.Name, words(value))
			v.Value, v.Secret = judged.Value, judged.Secret
			if v.Secret.Found {
				b.secrets = append(b.secrets, secret.Values(v.Name, words(value))...)
				x.Leaks = append(x.Leaks, Leak{What: "the environment variable " + v.Name, At: append(at, "value"), Secret: v.Secret})
			}
		} else if from, ok := env["valueFrom"].(map[string]any); ok {
			for _, key := range sources {
				if from[key] != nil {
					v.From = key
				}
			}
		}
		if v.Name != "" && seen[v.Name] {
			x.Repeated = append(x.Repeated, i)
		}
		seen[v.Name] = true
		x.Env = append(x.Env, v)
	}
	for _, item := range b.list(c, x.Path, "envFrom") {
		from, _ := item.(map[string]any)
		for _, kind := range []string{"configMapRef", "secretRef"} {
			if ref, ok := from[kind].(map[string]any); ok {
				x.EnvFrom = append(x.EnvFrom, Source{Kind: kind, Name: text(ref["name"])})
			}
		}
	}
}

// hooks are the places below a container that hold commands besides command and args.
var hooks = [][]any{
	{"lifecycle", "postStart", "exec", "command"},
	{"lifecycle", "preStop", "exec", "command"},
	{"livenessProbe", "exec", "command"},
	{"readinessProbe", "exec", "command"},
	{"startupProbe", "exec", "command"},
}

// commands finds secrets in what the container runs. Command and arguments are one command line: an
// option may stand in the one and its value in the other.
func (b *builder) commands(x *Container, c map[string]any) {
	command, args := b.list(c, x.Path, "command"), b.list(c, x.Path, "args")
	x.Sudo = sudo(append(slices.Clip(command), args...))
	b.line(x, append(slices.Clip(command), args...), func(i int) (string, []any) {
		if i < len(command) {
			return "the command", append(x.Path, "command", i)
		}
		return "the arguments", append(x.Path, "args", i-len(command))
	})
	for _, hook := range hooks {
		if list, ok := within(c, hook).([]any); ok {
			b.line(x, list, func(i int) (string, []any) {
				return fmt.Sprintf("the command of %v", hook[len(hook)-3]), append(append(x.Path, hook...), i)
			})
		}
	}
}

// line judges a command line; place names and locates a word of it.
func (b *builder) line(x *Container, list []any, place func(int) (string, []any)) {
	if len(list) == 0 {
		return
	}
	parts := make([]string, len(list))
	for i, v := range list {
		parts[i] = words(v)
	}
	i := 0 // hits come in the order of the text, so that the words are gone through once
	for _, hit := range secret.Find(strings.Join(parts, " ")) {
		b.secrets = append(b.secrets, hit.Value)
		i = after(parts, i, hit.Value)
		what, at := place(i)
		x.Leaks = append(x.Leaks, Leak{What: what, At: at, Secret: hit.Verdict})
	}
}

// after is the index of the first part that holds a text, from one on and then from the beginning; 0 where none does.
func after(parts []string, from int, text string) int {
	holds := func(s string) bool { return strings.Contains(s, text) }
	if i := slices.IndexFunc(parts[from:], holds); i >= 0 {
		return from + i
	}
	return max(0, slices.IndexFunc(parts[:from], holds))
}

func within(v any, path []any) any {
	for _, key := range path {
		m, _ := v.(map[string]any)
		v = m[key.(string)]
	}
	return v
}
