package cargopolicy

import (
	"maps"
	"regexp"
	"slices"
	"strings"
	"sync"

	"sallyport/internal/advisory"
	"sallyport/internal/fact"
	"sallyport/internal/secret"
	"sallyport/internal/syntax"
)

// A reader turns the shape of the file into facts, and notes where each was read.
type reader struct {
	file    string
	raw     *policyFile
	tree    map[string]any
	text    string
	opts    Options
	spans   fact.Locator
	routes  *syntax.Routes
	secrets []string
	errs    []error
	lines   []string
}

// advisoryID is the form of RustSec's names and of those elsewhere.
var advisoryID = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`^(?i:RUSTSEC-\d{4}-\d{4,}|CVE-\d{4}-\d{4,}|GHSA(?:-[0-9a-z]{4}){3}|[A-Z]+-\d{4}-\d+)$`)
})

func (r *reader) ignored() []Ignored {
	list := []Ignored{}
	for i, entry := range r.raw.Advisories.Ignore {
		from := fact.Path{"advisories", "ignore", i}
		e := Ignored{Name: word(entry, "id", "crate", "name"), Reason: word(table(entry), "reason"), Aliases: []string{}}
		if e.Name == "" {
			r.mistake(from, "an entry of advisories.ignore that names nothing", `write "RUSTSEC-2024-0001" or {id = "RUSTSEC-2024-0001", reason = "..."}`)
			continue
		}
		if e.Reason == "" {
			e.Reason = r.comment(from)
		}
		if advisoryID().MatchString(e.Name) {
			e.Advisory = e.Name
			r.look(&e)
		} else {
			e.Crate = e.Name
		}
		at := fact.Path{"ignored", len(list)}
		r.routes.Add(at, from)
		for _, field := range []string{"name", "advisory", "crate", "aliases", "package", "known", "reason"} {
			r.routes.Add(append(slices.Clone(at), field), from)
		}
		list = append(list, e)
	}
	return list
}

// look asks the database for the advisory.
func (r *reader) look(e *Ignored) {
	if r.opts.Advisories == nil {
		return
	}
	a, ok := r.opts.Advisories.Named(advisory.CratesIO, e.Advisory)
	if !ok {
		return
	}
	e.Known, e.Package = true, a.Package
	for _, name := range append([]string{a.ID}, a.Aliases...) {
		if !strings.EqualFold(name, e.Advisory) {
			e.Aliases = append(e.Aliases, name)
		}
	}
}

// comment is what stands behind a place on its line, else the lines of comments directly above it.
func (r *reader) comment(at fact.Path) string {
	span, ok := r.spans(at)
	if !ok {
		return ""
	}
	if r.lines == nil {
		r.lines = strings.Split(r.text, "\n")
	}
	if span.EndLine > 0 && span.EndLine <= len(r.lines) {
		line := []rune(r.lines[span.EndLine-1])
		rest := strings.TrimLeft(string(line[min(max(span.EndColumn-1, 0), len(line)):]), " \t,")
		if words, ok := strings.CutPrefix(rest, "#"); ok && strings.TrimSpace(words) != "" {
			return strings.TrimSpace(words)
		}
	}
	if span.Line < 2 || span.Line > len(r.lines) {
		return ""
	}
	words, ok := strings.CutPrefix(strings.TrimSpace(r.lines[span.Line-2]), "#")
	before := []rune(r.lines[span.Line-1])
	if !ok || strings.TrimSpace(string(before[:min(max(span.Column-1, 0), len(before))])) != "" {
		return "" // the comment is about the whole list
	}
	return strings.TrimSpace(words)
}

func (r *reader) bans() Bans {
	raw := r.raw.Bans
	b := Bans{
		MultipleVersions: raw.MultipleVersions, Wildcards: raw.Wildcards,
		Deny: r.crates("deny", "deny", raw.Deny), Allow: r.crates("allow", "allow", raw.Allow),
		Skip: r.crates("skip", "skip", raw.Skip), SkipTree: r.crates("skip_tree", "skip-tree", raw.SkipTree),
		Features: []Features{}, BuildScripts: []string{},
	}
	r.routes.Add(fact.Path{"bans", "multiple_versions"}, fact.Path{"bans", "multiple-versions"})
	for i, entry := range raw.Features {
		t := table(entry)
		name, _ := crate(t)
		r.routes.Add(fact.Path{"bans", "features", i}, fact.Path{"bans", "features", i})
		exact, _ := t["exact"].(bool)
		b.Features = append(b.Features, Features{Name: name, Allow: texts(t["allow"]), Deny: texts(t["deny"]), Exact: exact})
	}
	scripts, key := raw.Build.AllowBuildScripts, fact.Path{"bans", "build", "allow-build-scripts"}
	if scripts == nil {
		scripts, key = raw.AllowBuildScripts, fact.Path{"bans", "allow-build-scripts"}
	}
	r.routes.Add(fact.Path{"bans", "build_scripts"}, key)
	r.routes.Add(fact.Path{"bans", "build_scripts_judged"}, key)
	items, judged := scripts.([]any)
	b.BuildScriptsJudged = judged
	for _, item := range items {
		name, _ := crate(item)
		b.BuildScripts = append(b.BuildScripts, name)
	}
	return b
}

func (r *reader) crates(field, key string, entries []any) []Crate {
	list := []Crate{}
	for i, entry := range entries {
		t := table(entry)
		c := Crate{Wrappers: texts(t["wrappers"]), Reason: word(t, "reason")}
		if c.Name, c.Req = crate(entry); c.Name == "" {
			r.mistake(fact.Path{"bans", key, i}, "an entry of bans."+key+" that names no crate", `write "name@requirement"`)
			continue
		}
		r.routes.Add(fact.Path{"bans", field, len(list)}, fact.Path{"bans", key, i})
		for _, part := range []string{"name", "req", "wrappers", "reason"} {
			r.routes.Add(fact.Path{"bans", field, len(list), part}, fact.Path{"bans", key, i})
		}
		list = append(list, c)
	}
	return list
}

func (r *reader) licenses() Licenses {
	raw := r.raw.Licenses
	l := Licenses{
		Allow: append([]string{}, raw.Allow...), Exceptions: []Exception{}, Clarified: []Clarified{},
		Confidence: raw.ConfidenceThreshold,
	}
	if l.Confidence == 0 {
		l.Confidence = 0.8 // the tool's default
	}
	r.routes.Add(fact.Path{"licenses", "confidence"}, fact.Path{"licenses", "confidence-threshold"})
	r.routes.Add(fact.Path{"licenses", "clarified"}, fact.Path{"licenses", "clarify"})
	for _, entry := range raw.Exceptions {
		name, _ := crate(entry)
		l.Exceptions = append(l.Exceptions, Exception{Name: name, Allow: texts(table(entry)["allow"])})
	}
	for _, entry := range raw.Clarify {
		name, _ := crate(entry)
		l.Clarified = append(l.Clarified, Clarified{Name: name, Expression: word(table(entry), "expression")})
	}
	return l
}

func (r *reader) sources() Sources {
	raw := r.raw.Sources
	s := Sources{
		UnknownRegistry: raw.UnknownRegistry, UnknownGit: raw.UnknownGit, RequiredGitSpec: raw.RequiredGitSpec,
		AllowRegistry: r.addresses(raw.AllowRegistry), AllowGit: r.addresses(raw.AllowGit), AllowOrg: []string{},
	}
	for _, field := range []string{"unknown_registry", "unknown_git", "required_git_spec", "allow_registry", "allow_git", "allow_org"} {
		r.routes.Add(fact.Path{"sources", field}, fact.Path{"sources", strings.ReplaceAll(field, "_", "-")})
	}
	for _, host := range slices.Sorted(maps.Keys(raw.AllowOrg)) {
		for i, org := range raw.AllowOrg[host] {
			name := host + ".com/" + org
			if strings.Contains(host, ".") {
				name = host + "/" + org
			}
			if host == "bitbucket" {
				name = "bitbucket.org/" + org
			}
			r.routes.Add(fact.Path{"sources", "allow_org", len(s.AllowOrg)}, fact.Path{"sources", "allow-org", host, i})
			s.AllowOrg = append(s.AllowOrg, name)
		}
	}
	return s
}

func (r *reader) addresses(list []string) []string {
	clean := []string{}
	for _, address := range list {
		r.secrets = append(r.secrets, secret.Values("url", address)...)
		clean = append(clean, secret.Variable("url", address).Value)
	}
	return clean
}

func (r *reader) mistake(at fact.Path, msg, hint string) {
	const most = 20
	if len(r.errs) < most {
		span, _ := r.spans(at)
		r.errs = append(r.errs, &fact.Error{File: r.file, Line: span.Line, Column: span.Column, Msg: msg, Hint: hint})
	}
}

// crate reads "name", "name@requirement", "name:version" and the tables that say the same.
func crate(entry any) (name, req string) {
	text := word(entry, "crate", "name", "id")
	if at := strings.IndexAny(text, "@:"); at >= 0 {
		return text[:at], text[at+1:]
	}
	return text, word(table(entry), "version")
}

func table(entry any) map[string]any {
	t, _ := entry.(map[string]any)
	return t
}

// word is a text, or the first of the keys of a table that is one.
func word(entry any, keys ...string) string {
	if s, ok := entry.(string); ok {
		return s
	}
	t := table(entry)
	for _, key := range keys {
		if s, ok := t[key].(string); ok {
			return s
		}
	}
	return ""
}

func texts(value any) []string {
	list := []string{}
	items, _ := value.([]any)
	for _, item := range items {
		list = append(list, word(item, "name", "crate"))
	}
	return list
}
