package workflow

import (
	"maps"
	"strings"

	"sallyport/internal/fact"
	"sallyport/internal/secret"
)

// github reads a workflow or a composite action.
func (r *reader) github() {
	w, top := r.facts, r.top
	w.Name = top.key("name").text()
	r.places.set(fact.Path{"name"}, top.key("name"))
	if w.Format == action {
		r.compositeAction()
		return
	}
	// YAML 1.1 has a boolean called "on"; this reader's core schema does not, so the key is the text.
	on := top.key("on")
	r.places.set(fact.Path{"triggers"}, on)
	if w.Triggers = on.keys(); !on.isMap() {
		w.Triggers = on.texts()
	}
	if w.Triggers == nil {
		w.Triggers = []string{}
	}
	w.Permissions = r.permissions(fact.Path{"permissions"}, top.key("permissions"))
	vars := r.variables(top.key("env"))
	r.places.set(fact.Path{"env"}, top.key("env"))
	jobs := r.mapping(top.key("jobs"))
	known := map[string]bool{}
	for _, name := range jobs.keys() {
		maps.Copy(known, passwords(r.services(jobs.key(name).key("services"))))
	}
	w.Env = r.judge(fact.Path{"env"}, vars, known)
	env := environment{}.with(vars)
	r.envToolchain(vars, scope{env: env})
	if jobs.absent() {
		r.mistake(top, "the workflow has no jobs")
	}
	for _, name := range jobs.keys() {
		if job := r.mapping(jobs.key(name)); job.isMap() {
			r.githubJob(name, job, env)
		}
	}
}

func (r *reader) compositeAction() {
	runs := r.mapping(r.top.key("runs"))
	if runs.key("steps").absent() {
		return // an action of another language runs no script of this file
	}
	r.githubJob("runs", runs, environment{})
}

func (r *reader) githubJob(name string, n node, env environment) {
	path := fact.Path{"jobs", len(r.facts.Jobs)}
	r.places.set(path, n)
	mx := matrix(n.key("strategy").key("matrix"))
	job := Job{
		Name: name, RunsOn: runsOn(n.key("runs-on")), Needs: n.key("needs").texts(), If: n.key("if").text(),
		MayFail: mayFail(n.key("continue-on-error")), Matrix: mx.values(), Steps: []Step{}, Services: []container{},
	}
	for fact, key := range map[string]string{
		"runs_on": "runs-on", "needs": "needs", "if": "if", "may_fail": "continue-on-error",
		"uses": "uses", "container": "container", "services": "services", "env": "env", "matrix": "strategy", "steps": "steps",
	} {
		if !n.key(key).absent() {
			r.places.set(at(path, fact), n.key(key))
		}
	}
	job.Permissions = r.permissions(at(path, "permissions"), n.key("permissions"))
	job.Uses = usesOf(n.key("uses").text())
	services := r.services(n.key("services"))
	known := passwords(services)
	vars := r.variables(n.key("env"))
	outer := env
	env = env.with(vars)
	sc := scope{path: path, job: name, env: env, matrix: mx, known: known, shell: r.setting(n, "shell"), folder: r.setting(n, "working-directory")}
	if len(job.RunsOn) > 0 && strings.HasPrefix(strings.ToLower(job.RunsOn[0]), "windows") && sc.shell == "" {
		sc.windows = true
	}
	r.begin(name)
	job.Env = r.judge(at(path, "env"), vars, known)
	r.envToolchain(vars, sc)
	job.With = r.judge(at(path, "with"), append(r.variables(n.key("with")), r.secretInputs(n.key("secrets"))...), nil)
	job.Container = r.container(at(path, "container"), "container", n.key("container"), scope{env: outer, matrix: mx})
	r.imageToolchains(n.key("container"), sc)
	for i, s := range services {
		job.Services = append(job.Services, r.container(at(path, "services", i), s.name, s.node, scope{env: outer, matrix: mx, service: true}))
	}
	for i, step := range r.sequence(n.key("steps")) {
		if step = r.mapping(step); step.isMap() {
			job.Steps = append(job.Steps, r.githubStep(step, i, at(path, "steps", len(job.Steps)), sc))
		}
	}
	r.end(&job)
	r.facts.Jobs = append(r.facts.Jobs, job)
}

// secretInputs are the secrets that a job hands to a reusable workflow; "inherit" hands over all.
func (r *reader) secretInputs(n node) []variable {
	if !n.isMap() {
		return nil
	}
	return r.variables(n)
}

// setting is what a job, or else the workflow, sets for its scripts.
func (r *reader) setting(job node, name string) string {
	if s := job.key("defaults").key("run").key(name).text(); s != "" {
		return s
	}
	return r.top.key("defaults").key("run").key(name).text()
}

// runsOn lists the labels of the runner, which may stand in a mapping beside a group.
func runsOn(n node) []string {
	if n.isMap() {
		return n.key("labels").texts()
	}
	return n.texts()
}

// mayFail reads continue-on-error. An expression decides when the job runs, so that nobody can rely on it.
func mayFail(n node) bool {
	text := n.text()
	return text != "" && text != "false"
}

// usesOf splits the name of an action from its ref
// (https://docs.github.com/actions/reference/workflows-and-actions/workflow-syntax#jobsjob_idstepsuses).
func usesOf(text string) uses {
	if strings.HasPrefix(text, "./") || strings.HasPrefix(text, "../") {
		return uses{Name: text, Pinned: true}
	}
	name, ref, _ := strings.Cut(text, "@")
	u := uses{Name: name, Ref: ref}
	if strings.HasPrefix(name, "docker://") {
		u.Pinned = strings.HasPrefix(ref, "sha256:")
		return u
	}
	u.Pinned = len(ref) == 40 && strings.Trim(ref, "0123456789abcdef") == ""
	return u
}

// A service is a container beside a job.
type service struct {
	name string
	node node
	vars []variable
}

func (r *reader) services(n node) []service {
	var list []service
	for _, name := range r.mapping(n).keys() {
		field := n.key(name)
		list = append(list, service{name, field, r.variables(field.key("env"))})
	}
	return list
}

// passwords are those that the services of a job are started with. They are known to nobody else, and the
// service is gone with the job; a token of somebody else's service is not among them.
func passwords(services []service) map[string]bool {
	known := map[string]bool{}
	for _, s := range services {
		for _, v := range s.vars {
			verdict := secret.Variable(v.name, v.value).Secret
			if verdict.Found && (verdict.Reason == "name" || verdict.Reason == "url") {
				for _, value := range secret.Values(v.name, v.value) {
					known[value] = true
				}
			}
		}
	}
	return known
}
