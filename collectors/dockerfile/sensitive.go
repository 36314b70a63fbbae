package dockerfile

import (
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strings"
	"sync"

	"sallyport/internal/secret"
	"sallyport/internal/syntax"
)

// secretFiles are files that hold a secret by what they are, by the end of their path.
var secretFiles = map[string]string{
	".netrc": "credentials", "_netrc": "credentials", ".git-credentials": "credentials", ".pgpass": "credentials",
	".aws/credentials": "credentials", ".docker/config.json": "credentials", ".dockercfg": "credentials",
	".cargo/credentials": "credentials", ".cargo/credentials.toml": "credentials", ".kube/config": "credentials", "kubeconfig": "credentials", ".kube": "credentials",
	"application_default_credentials.json": "credentials", ".vault-token": "credentials", ".pypirc": "credentials",
	"terraform.tfstate": "credentials", ".npmrc": "credentials", ".yarnrc": "credentials", ".yarnrc.yml": "credentials",
	"pip.conf": "credentials", "config/master.key": "key", ".ssh": "key", ".gnupg": "key", ".aws": "credentials",
	".git": "history", ".env": "environment", "credentials.json": "credentials",
}

// configs are files that mostly hold settings, and sometimes a secret: only their text says.
var configs = map[string]bool{".npmrc": true, ".yarnrc": true, ".yarnrc.yml": true, "pip.conf": true}

// private matches the names of private keys: those that ssh-keygen gives, and what people call them.
var private = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`^(id_(rsa|dsa|ecdsa|ed25519)(_sk)?|.*\.(ppk|p12|pfx)|(.*[-_.])?(priv(ate)?[-_.]?key|server[-_.]key|client[-_.]key|tls[-_.]key|ca[-_.]key|ssl[-_.]key)(\.(pem|key))?|privkey\d*\.pem|.*[-_.]?key\.pem|(server|client|tls|ssl|ca|privkey|private|localhost|domain|cert|signing|host|jwt|master)\.key)$`)
})

// stages of .env that are deployed; .env.example and the like are templates.
var deployed = set(".env.production .env.prod .env.staging .env.stage .env.local .env.development .env.dev .env.secret .env.secrets .env.live")

// sensitiveKind tells what a file is by its path; "" for most.
func sensitiveKind(name string) string {
	lower := strings.ToLower(name)
	base := path.Base(lower)
	if kind := secretFiles[base]; kind != "" {
		return kind
	}
	if i := strings.LastIndexByte(strings.TrimSuffix(lower, "/"+base), '/') + 1; secretFiles[lower[i:]] != "" {
		return secretFiles[lower[i:]]
	}
	switch {
	case deployed(base):
		return "environment"
	case strings.HasSuffix(base, ".kubeconfig"):
		return "credentials"
	case strings.HasPrefix(base, "id_"), strings.Contains(base, "key"), strings.HasSuffix(base, ".ppk"), strings.HasSuffix(base, ".p12"), strings.HasSuffix(base, ".pfx"):
		if !strings.Contains(base, "pub") && !strings.Contains(base, "gpg") && private().MatchString(base) {
			return "key"
		}
	}
	return ""
}

// tlsKey tells whether NAME.key is the key of a certificate: one of the same name stands beside it, or it goes to
// where such keys are kept.
func tlsKey(name string, t *transfer) bool {
	stem, ok := strings.CutSuffix(strings.ToLower(path.Base(name)), ".key")
	if !ok || stem == "" || strings.ContainsAny(stem, "*?[") || strings.Contains(stem, "pub") || strings.Contains(stem, "gpg") {
		return false
	}
	for _, src := range t.Sources {
		if base := strings.ToLower(path.Base(src)); base == stem+".crt" || base == stem+".cer" || base == stem+".pem" || base == stem+".cert" {
			return true
		}
	}
	dest := strings.ToLower(t.Destination)
	return strings.Contains(dest, "/ssl") || strings.Contains(dest, "/tls") || strings.Contains(dest, "/cert") || strings.Contains(dest, "/pki/tls/private")
}

// settled tells whether the name alone says enough.
func settled(kind, name string) bool {
	return !configs[strings.ToLower(path.Base(name))] && kind != "history"
}

// sensitive judges a file of the context: by its text where the tree has it.
func (c *contextReader) sensitive(src, name, kind string) (sensitiveFile, bool) {
	s := sensitiveFile{Name: src, Kind: kind}
	if kind == "" {
		return s, false
	}
	info, err := fs.Stat(c.fsys, path.Join(c.folder, name))
	if err != nil {
		return s, kind == "history" || settled(kind, name)
	}
	s.Found = true
	if info.IsDir() || kind == "history" {
		return s, true
	}
	const most = 256 << 10
	text, err := syntax.Read(c.fsys, path.Join(c.folder, name))
	if err != nil || len(text) > most {
		return s, settled(kind, name) // p12 and the like are no text
	}
	return s, secretText(kind, string(text))
}

// secretText tells whether the text of a file of a kind holds a secret.
func secretText(kind, text string) bool {
	if kind == "key" {
		return strings.Contains(text, "PRIVATE KEY") || !strings.Contains(text, "-----BEGIN") && strings.TrimSpace(text) != ""
	}
	if len(secret.Find(text)) > 0 {
		return true
	}
	for line := range strings.Lines(text) {
		name, value, ok := strings.Cut(strings.TrimSpace(line), "=")
		name = strings.TrimPrefix(strings.TrimSpace(name), "export ")
		if i := strings.LastIndexByte(name, ':'); i >= 0 { // //registry.npmjs.org/:_authToken
			name = name[i+1:]
		}
		value = strings.Trim(strings.TrimSpace(value), `"'`)
		if ok && !strings.HasPrefix(line, "#") && secret.Variable(strings.TrimLeft(name, "_"), value).Secret.Found {
			return true
		}
		words := strings.Fields(line) // netrc(5)
		if i := slices.Index(words, "password"); i >= 0 && i+1 < len(words) && !strings.Contains(words[i+1], "$") {
			return true
		}
	}
	return false
}

// entries are the files and folders of the context that an image should not get.
func (c *contextReader) entries() []contextEntry {
	list := []contextEntry{}
	add := func(name, kind string, expected bool) {
		_, err := fs.Stat(c.fsys, path.Join(c.folder, name))
		if err == nil || expected {
			list = append(list, contextEntry{Name: name, Kind: kind, Found: err == nil, Excluded: c.excluded(name)})
		}
	}
	has := func(name string) bool {
		_, err := fs.Stat(c.fsys, path.Join(c.folder, name))
		return err == nil
	}
	add(".git", "history", c.folder == ".")
	if s, ok := c.sensitive(".env", ".env", "environment"); ok && (s.Found || c.gitIgnores(".env")) {
		add(".env", s.Kind, true)
	}
	add("target", "build", has("Cargo.toml"))
	add("node_modules", "build", has("package.json"))
	const most = 2000
	files, _ := fs.ReadDir(c.fsys, c.folder)
	for _, f := range files[:min(len(files), most)] {
		if f.Name() == ".git" || f.Name() == ".env" {
			continue
		}
		if s, ok := c.sensitive(f.Name(), f.Name(), sensitiveKind(f.Name())); ok {
			list = append(list, contextEntry{Name: s.Name, Kind: s.Kind, Found: true, Excluded: c.excluded(s.Name)})
		}
	}
	for _, s := range c.inside(".", &transfer{}) {
		if strings.Contains(s.Name, "/") {
			list = append(list, contextEntry{Name: s.Name, Kind: s.Kind, Found: true})
		}
	}
	return list
}

// gitIgnores tells whether .gitignore of the context names a file: then those who build have one.
func (c *contextReader) gitIgnores(name string) bool {
	text, err := syntax.Read(c.fsys, path.Join(c.folder, ".gitignore"))
	if err != nil {
		return false
	}
	for line := range strings.Lines(string(text)) {
		line = strings.TrimSpace(line)
		if line == name || line == "/"+name {
			return true
		}
	}
	return false
}
