package image

import (
	"bytes"
	"path"
	"strings"

	"sallyport/internal/secret"
)

// A judge tells what a file of a name that goes with credentials holds; "" is none.
type judge func(data []byte) (kind, reason string)

// credentialFile finds the judge of a file by its name.
func credentialFile(name string) (judge, bool) {
	base := path.Base(name)
	last2 := path.Join(path.Base(path.Dir(name)), base)
	if j, ok := byPath[last2]; ok {
		return j, true
	}
	if j, ok := byName[base]; ok {
		return j, true
	}
	switch ext := path.Ext(base); {
	case base == ".env" || strings.HasPrefix(base, ".env.") || ext == ".env" && base != ".env":
		if template(base) {
			return nil, false
		}
		return environment, true
	case ext == ".p12" || ext == ".pfx" || ext == ".jks" || ext == ".kdbx" || ext == ".keystore":
		return keystore(ext), true
	case strings.HasPrefix(name, "run/secrets/") && base != "rhsm" && !strings.Contains(name, "rhsm"):
		return present("credentials", "it lies where secrets are mounted at run time"), true
	}
	return nil, false
}

func template(base string) bool {
	for _, word := range []string{"example", "sample", "template", "dist", "defaults"} {
		if strings.Contains(strings.ToLower(base), word) {
			return true
		}
	}
	return false
}

// byPath judges by the last two parts of a path, byName by the last.
var (
	byPath = map[string]judge{
		".aws/credentials":                            pairs("it holds AWS keys", "aws_secret_access_key", "aws_session_token"),
		".docker/config.json":                         contains("it holds the login of a registry", `"auth"`, `"identitytoken"`, `"registrytoken"`),
		"containers/auth.json":                        contains("it holds the login of a registry", `"auth"`, `"identitytoken"`),
		".m2/settings.xml":                            contains("it holds a password of a Maven repository", "<password>"),
		".m2/settings-security.xml":                   contains("it holds Maven's master password", "<master>"),
		"cargo/credentials":                           pairs("it holds the token of a registry", "token"),
		"cargo/credentials.toml":                      pairs("it holds the token of a registry", "token"),
		".kube/config":                                pairs("it holds the credentials of a cluster", "client-key-data", "token", "password"),
		".cargo/credentials":                          pairs("it holds the token of a registry", "token"),
		".cargo/credentials.toml":                     pairs("it holds the token of a registry", "token"),
		".gem/credentials":                            pairs("it holds the key of a registry", ":rubygems_api_key"),
		"gh/hosts.yml":                                pairs("it holds a token of GitHub", "oauth_token"),
		"gcloud/application_default_credentials.json": contains("it holds credentials of Google Cloud", `"refresh_token"`, `"private_key"`),
		"rclone/rclone.conf":                          pairs("it holds credentials of a storage service", "pass", "token", "secret_access_key"),
	}
	byName = map[string]judge{
		"kubeconfig":       pairs("it holds the credentials of a cluster", "client-key-data", "token", "password"),
		".npmrc":           pairs("it holds the token of a registry", "_authToken", "_auth", "_password"),
		".yarnrc.yml":      pairs("it holds the token of a registry", "npmAuthToken"),
		".pypirc":          pairs("it holds the password of a registry", "password"),
		".dockercfg":       contains("it holds the login of a registry", `"auth"`),
		".netrc":           netrc,
		"_netrc":           netrc,
		".pgpass":          pgpass,
		".my.cnf":          pairs("it holds a password of MySQL", "password"),
		".git-credentials": contains("it holds passwords of git hosts", "@"),
		".s3cfg":           pairs("it holds keys of a storage service", "secret_key"),
		".boto":            pairs("it holds keys of a storage service", "aws_secret_access_key", "gs_secret_access_key"),
		".vault-token":     present("credentials", "it holds a token of Vault"),
		".htpasswd":        contains("it holds the hashes of passwords", ":$", ":{SHA}"),
		".terraformrc":     pairs("it holds the token of a registry", "token"),

		"credentials.tfrc.json": contains("it holds the token of a registry", `"token"`),
		"credentials.json":      cloud, "credential.json": cloud, "service-account.json": cloud, "service_account.json": cloud, "serviceAccountKey.json": cloud,
		"credentials.xml": search, "password.txt": search, "passwords.txt": search, "secret_token.rb": search, "secrets.yml": search, "secrets.yaml": search,
		"omniauth.rb": search, "carrierwave.rb": search, "database.yml": search, "settings.py": search, "local_settings.py": search, "wp-config.php": search,
		".bash_history": search, ".ash_history": search, ".zsh_history": search, ".mysql_history": search, ".psql_history": search,
	}
)

func present(kind, reason string) judge {
	return func(data []byte) (string, string) {
		if len(bytes.TrimSpace(data)) == 0 {
			return "", ""
		}
		return kind, reason
	}
}

func contains(reason string, any ...string) judge {
	return func(data []byte) (string, string) {
		for _, s := range any {
			if bytes.Contains(data, []byte(s)) {
				return "credentials", reason
			}
		}
		return "", ""
	}
}

// pairs wants one of the keys with a value that is no reference to a variable.
func pairs(reason string, keys ...string) judge {
	return func(data []byte) (string, string) {
		for line := range strings.Lines(string(data)) {
			line = strings.TrimSpace(line)
			if strings.HasPrefix(line, "#") || strings.HasPrefix(line, ";") {
				continue
			}
			key, value, ok := strings.Cut(line, "=")
			if k, v, colon := strings.Cut(line, ": "); colon && (!ok || len(k) < len(key)) {
				key, value, ok = k, v, true
			}
			value = strings.Trim(strings.TrimSpace(value), `"'`)
			if !ok || value == "" || strings.ContainsAny(value[:1], "$<{%") {
				continue
			}
			key = strings.Trim(strings.TrimSpace(key), `"'- `)
			for _, k := range keys {
				if key == k || strings.HasSuffix(key, ":"+k) {
					return "credentials", reason
				}
			}
		}
		return "", ""
	}
}

func netrc(data []byte) (string, string) {
	words := strings.Fields(string(data))
	for i, w := range words {
		if w == "password" && i+1 < len(words) && !strings.HasPrefix(words[i+1], "$") {
			return "credentials", "it holds passwords of machines"
		}
	}
	return "", ""
}

func pgpass(data []byte) (string, string) {
	for line := range strings.Lines(string(data)) {
		if !strings.HasPrefix(line, "#") && strings.Count(line, ":") >= 4 {
			return "credentials", "it holds passwords of PostgreSQL"
		}
	}
	return "", ""
}

func keystore(ext string) judge {
	return func(data []byte) (string, string) {
		// A keystore begins with a DER sequence, Java's magic, or KeePass's.
		for _, magic := range []string{"\x30\x82", "\x30\x80", "\xfe\xed\xfe\xed", "\xce\xce\xce\xce", "\x03\xd9\xa2\x9a"} {
			if strings.HasPrefix(string(data), magic) {
				return "keystore", "it is a keystore (" + ext + ")"
			}
		}
		return "", ""
	}
}

func cloud(data []byte) (string, string) {
	for _, s := range []string{`"private_key"`, `"client_secret"`, `"refresh_token"`, `"aws_secret_access_key"`} {
		if bytes.Contains(data, []byte(s)) {
			return "credentials", "it holds " + strings.Trim(s, `"`)
		}
	}
	return search(data)
}

// maxSearched bounds the text in which secrets are looked for.
const maxSearched = 64 << 10

func search(data []byte) (string, string) {
	if hits := secret.Find(string(data[:min(len(data), maxSearched)])); len(hits) > 0 {
		return "credentials", "it holds a secret (" + hits[0].Verdict.Reason + ")"
	}
	return "", ""
}

// environment judges the variables of a .env file.
func environment(data []byte) (string, string) {
	for line := range strings.Lines(string(data[:min(len(data), maxSearched)])) {
		name, value, ok := strings.Cut(strings.TrimPrefix(strings.TrimSpace(line), "export "), "=")
		if ok && !strings.HasPrefix(name, "#") && secret.Variable(strings.TrimSpace(name), value).Secret.Found {
			return "environment", "it sets the secret " + strings.TrimSpace(name)
		}
	}
	return "", ""
}
