package workflow

// Templates put jobs together from what they extend (https://docs.gitlab.com/ci/yaml/#extends).
type templates struct {
	r    *reader
	done map[string]node
	open []string
}

// maxTemplates is how many levels GitLab itself follows.
const maxTemplates = 11

// job returns a job with everything that it extends. What is missing may come from an included file.
func (t *templates) job(name string) node {
	if n, ok := t.done[name]; ok {
		return n
	}
	own := t.r.top.key(name)
	for _, open := range t.open {
		if open == name {
			t.r.mistake(own.key("extends"), "the job %q extends itself", name)
			return own
		}
	}
	if len(t.open) >= maxTemplates {
		t.r.mistake(own, "the job %q is more than %d levels below the job that extends it", name, maxTemplates)
		return own
	}
	t.open = append(t.open, name)
	sum := node{path: own.path}
	for _, base := range own.key("extends").texts() {
		if n := t.r.top.key(base); n.isMap() && t.r.spend(n) {
			sum = t.merge(sum, t.job(base))
		}
	}
	sum = t.merge(sum, own)
	t.open = t.open[:len(t.open)-1]
	t.done[name] = sum
	return sum
}

// merge lays a mapping over another one; mappings inside are merged in turn, everything else replaces.
func (t *templates) merge(base, over node) node {
	if !base.isMap() || !over.isMap() || t.r.left <= 0 {
		return over
	}
	sum := map[string]node{}
	for _, key := range base.keys() {
		if sum[key] = base.key(key); !t.r.spend(over) {
			break
		}
	}
	for _, key := range over.keys() {
		if field := over.key(key); key != "extends" {
			sum[key] = t.merge(sum[key], field)
		}
	}
	return node{path: over.path, value: over.value, merged: sum}
}
