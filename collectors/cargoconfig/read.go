package cargoconfig

import (
	"maps"
	"slices"
	"strings"

	"sallyport/internal/fact"
	"sallyport/internal/secret"
	"sallyport/internal/syntax"
)

// A reader turns the shape of the file into facts, and notes where each was read.
type reader struct {
	raw     *configFile
	routes  *syntax.Routes
	secrets []string
	found   []Secret
}

func (r *reader) read() Config {
	raw := r.raw
	c := Config{
		Build: Build{
			Targets: full(raw.Build.Target), TargetDir: raw.Build.TargetDir, Rustc: raw.Build.Rustc,
			RustcWrapper: raw.Build.RustcWrapper, RustcWorkspaceWrapper: raw.Build.Workspace,
		},
		Registries: r.registries(), Sources: r.sources(), Aliases: r.aliases(), Env: r.env(),
		Net: Net{
			Offline: raw.Net.Offline, GitFetchWithCLI: raw.Net.GitFetchWithCLI, CAInfo: raw.HTTP.CAInfo,
			CheckRevoke: !bool(raw.HTTP.CheckRevoke), Proxy: r.judge("url", raw.HTTP.Proxy, "http", "proxy"),
		},
		Targets: r.targets(), Include: full(raw.Include),
	}
	r.at("build.targets", "build", "target")
	r.at("build.target_dir", "build", "target-dir")
	r.at("build.rustc_wrapper", "build", "rustc-wrapper")
	r.at("build.rustc_workspace_wrapper", "build", "rustc-workspace-wrapper")
	r.at("net.git_fetch_with_cli", "net", "git-fetch-with-cli")
	for _, key := range []string{"proxy", "cainfo"} {
		r.at("net."+key, "http", key)
	}
	r.at("net.check_revoke", "http", "check-revoke")
	c.Flags = r.flags()
	c.Native = slices.ContainsFunc(c.Flags, func(f Flags) bool { return f.Native })
	c.Secrets = append([]Secret{}, r.found...)
	return c
}

// at leads from a field of a field to a key of the file.
func (r *reader) at(field string, key ...any) {
	outer, inner, _ := strings.Cut(field, ".")
	r.routes.Add(fact.Path{outer, inner}, key)
}

// judge masks a value that is a secret under a name, and notes the secret and where it stands.
func (r *reader) judge(name, value string, key ...any) string {
	return r.variable(name, value, key...).Value
}

func (r *reader) variable(name, value string, key ...any) secret.Env {
	env := secret.Variable(name, value)
	if env.Secret.Found {
		r.secrets = append(r.secrets, secret.Values(name, value)...)
		r.note(env.Secret, key)
	}
	return env
}

func (r *reader) note(v secret.Verdict, key fact.Path) {
	r.routes.Add(fact.Path{"secrets", len(r.found)}, key)
	r.found = append(r.found, Secret{Name: key.String(), Reason: v.Reason, Masked: v.Masked})
}

func (r *reader) targets() []Target {
	list := []Target{}
	for i, name := range names(r.raw.Target) {
		t := r.raw.Target[name]
		r.routes.Add(fact.Path{"targets", i}, fact.Path{"target", name})
		list = append(list, Target{Name: name, Linker: t.Linker, Runner: strings.Join(t.Runner, " ")})
	}
	return list
}

func (r *reader) registries() []Registry {
	list := []Registry{}
	add := func(name string, t registryTable, key ...any) {
		under := func(last string) []any { return append(slices.Clone(key), last) }
		i := len(list)
		r.routes.Add(fact.Path{"registries", i}, key)
		r.routes.Add(fact.Path{"registries", i, "credential_provider"}, under("credential-provider"))
		r.judge("token", t.Token, under("token")...)
		r.judge("secret-key", t.SecretKey, under("secret-key")...)
		list = append(list, Registry{
			Name: name, Index: r.judge("url", t.Index, under("index")...),
			Token: t.Token != "" || t.SecretKey != "", CredentialProvider: strings.Join(t.CredentialProvider, " "),
		})
	}
	if t := r.raw.Registry; t.Token != "" || t.Index != "" || t.SecretKey != "" || len(t.CredentialProvider) > 0 {
		add("registry", t, "registry")
	}
	for _, name := range names(r.raw.Registries) {
		add(name, r.raw.Registries[name], "registries", name)
	}
	return list
}

func (r *reader) sources() []Source {
	list := []Source{}
	for i, name := range names(r.raw.Source) {
		t := r.raw.Source[name]
		s := Source{Name: name, ReplaceWith: t.ReplaceWith}
		r.routes.Add(fact.Path{"sources", i}, fact.Path{"source", name})
		r.routes.Add(fact.Path{"sources", i, "replace_with"}, fact.Path{"source", name, "replace-with"})
		for _, kind := range []struct{ name, location string }{
			{"registry", t.Registry},
			{"local-registry", t.LocalRegistry},
			{"directory", t.Directory},
			{"git", t.Git},
		} {
			if kind.location != "" {
				s.Kind = kind.name
				s.Location = r.judge("url", kind.location, "source", name, kind.name)
				r.routes.Add(fact.Path{"sources", i, "location"}, fact.Path{"source", name, kind.name})
				r.routes.Add(fact.Path{"sources", i, "kind"}, fact.Path{"source", name, kind.name})
			}
		}
		list = append(list, s)
	}
	return list
}

func (r *reader) aliases() []Alias {
	list := []Alias{}
	for i, name := range names(r.raw.Alias) {
		r.routes.Add(fact.Path{"aliases", i}, fact.Path{"alias", name})
		a := Alias{Name: name, Words: r.clean(full(r.raw.Alias[name]), "alias", name)}
		for _, w := range a.Words {
			if w == "--" {
				break
			}
			if a.Subcommand == "" && w != "" && w[0] != '-' && w[0] != '+' {
				a.Subcommand = w
			}
			a.Locked = a.Locked || w == "--locked" || w == "--frozen"
		}
		list = append(list, a)
	}
	return list
}

// clean masks the secrets in the words of a command line.
func (r *reader) clean(words []string, key ...any) []string {
	for _, hit := range secret.Find(strings.Join(words, " ")) {
		r.secrets = append(r.secrets, hit.Value)
		r.note(hit.Verdict, key)
		for i := range words {
			words[i] = strings.ReplaceAll(words[i], hit.Value, hit.Verdict.Masked)
		}
	}
	return words
}

func (r *reader) env() []secret.Env {
	list := []secret.Env{}
	for i, name := range names(r.raw.Env) {
		r.routes.Add(fact.Path{"env", i}, fact.Path{"env", name})
		list = append(list, r.variable(name, r.raw.Env[name].value(), "env", name))
	}
	return list
}

func (e envTable) value() string {
	if e.Short != "" {
		return e.Short
	}
	return e.Value
}

func names[T any](table map[string]T) []string { return slices.Sorted(maps.Keys(table)) }

// full makes a list that encodes as [] where it is empty.
func full[S ~[]string](s S) []string { return append([]string{}, s...) }
