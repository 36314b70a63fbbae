package cargoconfig

import (
	"errors"
	"strings"
)

// The shape of the file, as far as it is read.
type (
	configFile struct {
		Build      buildTable               `toml:"build"`
		Target     map[string]targetTable   `toml:"target"`
		Host       targetTable              `toml:"host"`
		Profile    map[string]profileTable  `toml:"profile"`
		Registry   registryTable            `toml:"registry"`
		Registries map[string]registryTable `toml:"registries"`
		Source     map[string]sourceTable   `toml:"source"`
		Alias      map[string]words         `toml:"alias"`
		Env        map[string]envTable      `toml:"env"`
		Net        netTable                 `toml:"net"`
		HTTP       httpTable                `toml:"http"`
		Include    includes                 `toml:"include"`
	}
	buildTable struct {
		Target       list   `toml:"target"`
		TargetDir    string `toml:"target-dir"`
		Rustc        string `toml:"rustc"`
		RustcWrapper string `toml:"rustc-wrapper"`
		Workspace    string `toml:"rustc-workspace-wrapper"`
		Rustflags    words  `toml:"rustflags"`
	}
	targetTable struct {
		Linker    string `toml:"linker"`
		Runner    words  `toml:"runner"`
		Rustflags words  `toml:"rustflags"`
	}
	profileTable struct {
		Rustflags words `toml:"rustflags"`
	}
	registryTable struct {
		Index              string `toml:"index"`
		Token              string `toml:"token"`
		SecretKey          string `toml:"secret-key"`
		CredentialProvider words  `toml:"credential-provider"`
	}
	sourceTable struct {
		ReplaceWith   string `toml:"replace-with"`
		Registry      string `toml:"registry"`
		LocalRegistry string `toml:"local-registry"`
		Directory     string `toml:"directory"`
		Git           string `toml:"git"`
	}
	envTable struct {
		Short string `toml:",short"`
		Value string `toml:"value"`
	}
	netTable struct {
		Offline         bool `toml:"offline"`
		GitFetchWithCLI bool `toml:"git-fetch-with-cli"`
	}
	httpTable struct {
		Proxy       string `toml:"proxy"`
		CAInfo      string `toml:"cainfo"`
		CheckRevoke unset  `toml:"check-revoke"`
	}
)

// words are a list of strings, or one string that cargo takes apart at white space.
type words []string

func (w *words) UnmarshalTOML(v any) error {
	if s, ok := v.(string); ok {
		*w = strings.Fields(s)
		return nil
	}
	return (*list)(w).UnmarshalTOML(v)
}

// list is a list of strings, or one string.
type list []string

func (l *list) UnmarshalTOML(v any) error {
	if s, ok := v.(string); ok {
		*l = list{s}
		return nil
	}
	items, ok := v.([]any)
	for _, item := range items {
		s, is := item.(string)
		ok = ok && is
		*l = append(*l, s)
	}
	if !ok {
		return errors.New("write a string or a list of strings")
	}
	return nil
}

// unset is a boolean that is true where the file says nothing; it holds the opposite.
type unset bool

func (u *unset) UnmarshalTOML(v any) error {
	b, ok := v.(bool)
	if !ok {
		return errors.New("write true or false")
	}
	*u = unset(!b)
	return nil
}

// includes are paths, alone or in tables with a key path.
type includes []string

func (i *includes) UnmarshalTOML(v any) error {
	items, ok := v.([]any)
	if !ok {
		items = []any{v}
	}
	for _, item := range items {
		if table, ok := item.(map[string]any); ok {
			item = table["path"]
		}
		s, ok := item.(string)
		if !ok {
			return errors.New("write paths")
		}
		*i = append(*i, s)
	}
	return nil
}
