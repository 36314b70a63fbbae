package workflow

import (
	"maps"
	"slices"
	"strings"

	"sallyport/internal/fact"
	"sallyport/internal/secret"
	"sallyport/internal/shell"
)

// reserved are the names at the top of a pipeline that are no jobs (https://docs.gitlab.com/ci/yaml/).
var reserved = map[string]bool{
	"default": true, "include": true, "stages": true, "variables": true, "workflow": true, "spec": true,
	"image": true, "services": true, "before_script": true, "after_script": true, "cache": true, "types": true,
}

// gitlab reads a pipeline, or a part of one that another file includes.
func (r *reader) gitlab() {
	w := r.facts
	w.Name = r.top.key("workflow").key("name").text()
	for _, n := range r.top.key("include").list() {
		w.Includes = append(w.Includes, included(n))
		r.places.set(fact.Path{"includes", len(w.Includes) - 1}, n)
	}
	vars := r.variables(r.top.key("variables"))
	r.places.set(fact.Path{"env"}, r.top.key("variables"))
	jobs := templates{r: r, done: map[string]node{}}
	names := []string{}
	for _, name := range r.top.keys() {
		if n := r.top.key(name); !reserved[name] && n.isMap() && !strings.HasPrefix(name, ".") {
			names = append(names, name)
		}
	}
	known := map[string]bool{}
	for _, name := range names {
		if len(r.inherited(jobs.job(name), "services").list()) > 0 {
			maps.Copy(known, passwords([]service{{vars: forServices(vars)}}))
		}
	}
	w.Env = r.judge(fact.Path{"env"}, vars, known)
	env := environment{}.with(vars)
	r.envToolchain(vars, scope{env: env, dollar: true})
	for _, name := range names {
		r.gitlabJob(name, jobs.job(name), env, vars)
	}
}

// included describes an entry of include.
func included(n node) string {
	if !n.isMap() {
		return n.text()
	}
	for _, key := range []string{"local", "remote", "template", "component"} {
		if text := n.key(key).text(); text != "" {
			return text
		}
	}
	return strings.TrimSuffix(n.key("project").text()+":"+strings.Join(n.key("file").texts(), ","), ":")
}

// inherited is a keyword of a job, or else the pipeline's default.
func (r *reader) inherited(job node, key string) node {
	for _, n := range []node{job.key(key), r.top.key("default").key(key), r.top.key(key)} {
		if !n.absent() {
			return n
		}
	}
	return node{path: at(job.path, key)}
}

// forServices are the variables that the images of databases and brokers read their first password from.
func forServices(vars []variable) []variable {
	var list []variable
	for _, v := range vars {
		word, _, _ := strings.Cut(v.name, "_")
		if slices.Contains([]string{"POSTGRES", "MYSQL", "MARIADB", "MONGO", "RABBITMQ", "REDIS", "MINIO", "MSSQL", "SA"}, word) {
			list = append(list, v)
		}
	}
	return list
}

func (r *reader) gitlabJob(name string, n node, env environment, global []variable) {
	path := fact.Path{"jobs", len(r.facts.Jobs)}
	r.places.set(path, n)
	vars := r.variables(n.key("variables"))
	services := r.inherited(n, "services").list()
	known := map[string]bool{}
	if len(services) > 0 {
		known = passwords([]service{{vars: forServices(append(slices.Clone(global), vars...))}})
	}
	mx := axes{}
	for _, combination := range n.key("parallel").key("matrix").list() {
		for _, axis := range combination.keys() {
			mx[axis] = append(mx[axis], combination.key(axis).list()...)
		}
	}
	sc := scope{path: path, job: name, env: env.with(vars), matrix: mx, known: known, shell: "bash", dollar: true}
	job := Job{
		Name: name, RunsOn: r.inherited(n, "tags").texts(), Needs: []string{}, MayFail: allowFailure(n),
		If: n.key("rules").key("if").text(), Permissions: permissions{Scopes: map[string]string{}}, With: []secret.Env{},
		Services: []container{}, Matrix: mx.values(), Steps: []Step{},
	}
	for _, need := range n.key("needs").list() {
		if need.isMap() {
			need = need.key("job")
		}
		job.Needs = append(job.Needs, need.text())
	}
	for fact, key := range map[string]string{"runs_on": "tags", "needs": "needs", "may_fail": "allow_failure", "env": "variables", "matrix": "parallel"} {
		if !n.key(key).absent() {
			r.places.set(at(path, fact), n.key(key))
		}
	}
	r.begin(name)
	job.Env = r.judge(at(path, "env"), vars, known)
	r.envToolchain(vars, sc)
	image := r.inherited(n, "image")
	job.Container = r.container(at(path, "container"), "container", image, sc)
	r.imageToolchains(image, sc)
	for i, s := range services {
		if !r.spend(s) {
			break
		}
		service := sc
		service.service = true
		c := r.container(at(path, "services", i), "", s, service)
		c.Name = c.Reference
		if alias := s.key("alias").text(); alias != "" {
			c.Name = alias
		}
		job.Services = append(job.Services, c)
	}
	for _, key := range []string{"before_script", "script", "after_script"} {
		if lines := r.inherited(n, key); !lines.absent() {
			job.Steps = append(job.Steps, r.gitlabStep(key, lines, at(path, "steps", len(job.Steps)), sc))
		}
	}
	r.end(&job)
	r.facts.Jobs = append(r.facts.Jobs, job)
}

// gitlabStep reads a list of commands that one shell runs.
func (r *reader) gitlabStep(name string, lines node, path fact.Path, sc scope) Step {
	step := Step{
		Name: name, With: []secret.Env{}, Env: []secret.Env{}, Exports: []secret.Env{},
		Cargo: []shell.CargoCommand{}, Rustup: []shell.RustupCommand{}, MayFail: name == "after_script", Shell: sc.shell,
	}
	r.step = name
	r.places.set(path, lines)
	r.places.set(at(path, "run"), lines)
	var s script
	r.commands(&s, lines, 0)
	r.script(&step, path, s, sc, sc.env)
	step.Shell = ""
	return step
}

// commands collects the lines of a script: nested lists are flattened, and those that a !reference tag has
// made are looked up (https://docs.gitlab.com/ci/yaml/yaml_optimization/#reference-tags).
func (r *reader) commands(s *script, n node, depth int) {
	if depth > maxNesting {
		return
	}
	for _, line := range n.list() {
		if !r.spend(line) {
			return
		}
		if !line.isList() {
			s.add(line, line.text())
			continue
		}
		if target, ok := r.reference(line); ok {
			r.commands(s, target, depth+1)
		} else {
			r.commands(s, line, depth+1)
		}
	}
}

// maxNesting is how deep GitLab itself follows nested lists and references.
const maxNesting = 10

// reference follows a list of names from the top of the file. The parser drops the tag, so that a list
// whose names lead somewhere is taken for a reference.
func (r *reader) reference(n node) (node, bool) {
	target := r.top
	for _, step := range n.list() {
		if target = target.key(step.text()); target.absent() {
			return node{}, false
		}
	}
	return target, len(n.list()) > 1
}

// allowFailure tells whether a pipeline passes although the job fails. A job that somebody has to start
// holds nothing up unless it says so.
func allowFailure(n node) bool {
	stated := n.key("allow_failure")
	if !stated.absent() {
		return stated.text() != "false"
	}
	if n.key("when").text() == "manual" {
		return true
	}
	for _, rule := range n.key("rules").list() {
		if rule.key("allow_failure").text() == "true" {
			return true
		}
	}
	return false
}
