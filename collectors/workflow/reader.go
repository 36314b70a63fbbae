package workflow

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"sallyport/internal/fact"
	"sallyport/internal/secret"
	"sallyport/internal/syntax"
)

// A reader makes the facts of one file.
type reader struct {
	facts  *Workflow
	top    node
	spans  fact.Locator
	places places
	errs   []error
	// left is how many variables and lines may still be read.
	left int
	// job and step are the names of those that are being read.
	job, step string
	// raw are the secrets that no fact may hold.
	raw []string
	// seen tells what was noted before.
	seen map[string]bool
	// chosen are the toolchains of the job that is being read.
	chosen []choice
	// told are the toolchains that are facts, by what they are and where.
	told  map[string]int
	names map[string]int
}

func newReader(path, format string, tree syntax.Tree) *reader {
	return &reader{
		left: maxExpansion,
		top:  node{value: tree.Value}, spans: tree.Spans, places: places{}, names: map[string]int{}, seen: map[string]bool{}, told: map[string]int{},
		facts: &Workflow{
			Path: path, Root: rootOf(path), Format: format, Triggers: []string{}, Permissions: permissions{Scopes: map[string]string{}},
			Env: []secret.Env{}, Includes: []string{}, Jobs: []Job{}, Toolchains: []Toolchain{}, Secrets: []found{},
		},
	}
}

func at(path fact.Path, steps ...any) fact.Path { return append(path[:len(path):len(path)], steps...) }

// unique makes a name unique in its scope.
func (r *reader) unique(scope, name string) string {
	n := r.names[scope+"\x00"+name]
	r.names[scope+"\x00"+name] = n + 1
	if n == 0 {
		return name
	}
	return r.unique(scope, name+"#"+number(n+1))
}

// An environment holds variables by name, as they would reach a script.
type environment map[string]string

// with returns the environment with more variables on top.
func (e environment) with(vars ...[]variable) environment {
	sum := maps.Clone(e)
	if sum == nil {
		sum = environment{}
	}
	for _, list := range vars {
		for _, v := range list {
			sum[v.name] = v.value
		}
	}
	return sum
}

// A variable is a name and a value with where they stand.
type variable struct {
	name, value string
	from        node
	// plain is true for a value that is no secret whatever it looks like.
	plain bool
}

// maxExpansion bounds the variables and script lines of a file with those that jobs take over from
// templates and defaults: a few lines can otherwise stand for millions.
const maxExpansion = 200_000

// spend tells whether there is room for one more variable or line.
func (r *reader) spend(n node) bool {
	if r.left--; r.left == 0 {
		r.mistake(n, "the jobs take over more than %d variables and lines; the rest was not read", maxExpansion)
	}
	return r.left > 0
}

// variables reads a mapping of variables. GitLab's may be mappings with the value inside.
func (r *reader) variables(n node) []variable {
	var vars []variable
	if r.left <= 0 {
		return nil
	}
	for _, name := range r.mapping(n).keys() {
		field := n.key(name)
		if !r.spend(field) {
			break
		}
		value := field
		if field.isMap() {
			value = field.key("value")
		}
		vars = append(vars, variable{name: name, value: value.text(), from: field})
	}
	return vars
}

// judge turns variables into facts at a place and notes the secrets among them. known are passwords that
// are no secrets, as those of a database that lives as long as the job.
func (r *reader) judge(path fact.Path, vars []variable, known map[string]bool) []secret.Env {
	list := make([]secret.Env, 0, len(vars))
	for _, v := range vars {
		env := secret.Variable(v.name, v.value)
		if v.plain {
			env = secret.Env{Name: v.name, Value: v.value}
		}
		if env.Secret.Found {
			if values := secret.Values(v.name, v.value); !temporary(values, v.value, known) {
				r.keep(values)
				r.found(at(path, v.name), env.Secret, v.from)
			} else {
				env = secret.Env{Name: v.name, Value: v.value}
			}
		}
		r.places.set(at(path, len(list)), v.from)
		list = append(list, env)
	}
	return list
}

// temporary tells whether all that is secret in a value is known to the job alone, or is no text of the
// file but what an expression or a variable will put there.
func temporary(values []string, value string, known map[string]bool) bool {
	for _, v := range values {
		if !known[v] && !strings.Contains(v, "${") && (v != value || len(values) == 1) {
			return false
		}
	}
	return len(values) > 0
}

// namesVariable tells whether an input names a variable that holds the secret: server-password: OSSRH_PASSWORD.
func namesVariable(value string) bool {
	return strings.Contains(value, "_") && strings.Trim(value, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_") == "" &&
		(value[0] < '0' || value[0] > '9')
}

// inputs are the variables of an action that can hold a secret themselves.
func (r *reader) inputs(n node) []variable {
	vars := r.variables(n)
	for i := range vars {
		if namesVariable(vars[i].value) {
			vars[i].plain = true
		}
	}
	return vars
}

func (r *reader) found(path fact.Path, v secret.Verdict, from node) {
	r.note(path, v, place{path: from.path})
}

// note adds a secret to the facts. What many jobs take over from one place is one secret.
func (r *reader) note(path fact.Path, v secret.Verdict, from place) {
	key := v.Masked + "\x00" + from.key()
	if r.seen[key] {
		return
	}
	r.seen[key] = true
	r.places[fact.Path{"secrets", len(r.facts.Secrets)}.String()] = from
	r.facts.Secrets = append(r.facts.Secrets,
		found{Name: r.unique("secrets", r.named(path)), Reason: v.Reason, Masked: v.Masked})
}

// named writes a path with the names of the job and the step that are being read in the place of their
// indices, so that it stays the same when another job is added.
func (r *reader) named(path fact.Path) string {
	path = slices.Clone(path)
	if len(path) > 1 && path[0] == "jobs" {
		path[1] = r.job
	}
	if len(path) > 3 && path[2] == "steps" {
		path[3] = r.step
	}
	words := make([]string, len(path))
	for i, step := range path {
		words[i] = fmt.Sprint(step)
	}
	return strings.Join(words, ".")
}

// keep notes secrets that no output may hold.
func (r *reader) keep(values []string) {
	for _, v := range values {
		if key := "raw\x00" + v; !r.seen[key] {
			r.seen[key] = true
			r.raw = append(r.raw, v)
		}
	}
}

// permissions reads what the token of a job may do.
func (r *reader) permissions(path fact.Path, n node) permissions {
	p := permissions{Stated: !n.absent(), Scopes: map[string]string{}}
	if p.Stated {
		r.places.set(path, n)
	}
	if !n.isMap() {
		p.All = strings.TrimSuffix(n.text(), "-all")
		return p
	}
	for _, scope := range n.keys() {
		p.Scopes[scope] = n.key(scope).text()
		r.places.set(at(path, "scopes", scope), n.key(scope))
	}
	if len(p.Scopes) == 0 {
		p.All = "none"
	}
	return p
}
