package secret

import (
	"regexp"
	"slices"
	"strings"
	"sync"
)

// judged tells whether a value can be a secret under a name of the given class.
func judged(class naming, value string) bool {
	if class < hinting || len(value) < 3 || reference(value) || placeholder(value) || publicURL(value) || veiled(value) {
		return false
	}
	switch class {
	case hinting:
		return randomish(value)
	case secretive:
		return len(value) >= 4 && (!number(value) || len(value) >= 16) && !keywordValue(value) && !publicForm(value) && !pem(value, "CERTIFICATE") &&
			!pem(value, "PUBLIC KEY")
	}
	return !switchWord(value)
}

// veiled tells whether a value is base64 of a placeholder or a reference, as the data of a Kubernetes Secret
// is in an example.
func veiled(value string) bool {
	text, ok := decode64(value)
	text = strings.TrimSpace(text)
	return ok && printable(text) && len(text) >= 3 && (placeholder(text) || expansion(text))
}

// schemes start values that say where a secret is kept, instead of being one.
var schemes = []string{
	"vault:", "vault/", "bao:", "op://", "ref+", "arn:aws", "arn:", "secretsmanager:", "ssm:", "awssm:", "aws-sm:", "gcpsm:",
	"gcp-sm:", "sm://", "gsm:", "azurekeyvault:", "akv:", "keyvault:", "@microsoft.keyvault(", "infisical:", "doppler:",
	"bws:", "secret:", "secret://", "secrets:", "secretref:", "secretkeyref", "keyring:", "keychain:", "credstore:", "env:",
	"env.", "env://", "file:", "enc[", "enc(", "enc:", "encrypted:", "{cipher}", "!vault", "$ansible_vault", "projects/", "credential:", "lastpass:", "bitwarden:",
	"conjur:", "sops:", "{{resolve:", "secrets.", "vars.", "var.", "local.", "module.", "data.", "process.env", "os.environ",
	"os.getenv", "import.meta", "%d/", "%t/", "cyberark:", "k8s:", "kms:", "secret/",
}

// reference tells whether a value points at a secret, or is filled in elsewhere, instead of being one.
func reference(v string) bool {
	if looksPath(v) {
		return true
	}
	lower := strings.ToLower(v[:min(len(v), 24)])
	for _, s := range schemes {
		if strings.HasPrefix(lower, s) {
			return true
		}
	}
	return expansion(v) || keeper(v) || objectName().MatchString(v)
}

// objectName is NAMESPACE/NAME of a Kubernetes Secret, whose name says so: --cert-secret=payments/webhook-tls.
var objectName = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`^[a-z]+(-[a-z]+)*/([a-z]+-)+(certificate|cert|certs|tls|secret|secrets|credentials|creds|token|key|keys)$`)
})

// keepers end the names of files that keep secrets, and of what is named like one: credentials.json,
// kafka1_keystore_creds.
var keepers = []string{
	".json", ".yaml", ".yml", ".txt", ".pem", ".key", ".crt", ".cer", ".p8", ".p12", ".pfx", ".jks", ".keystore", ".env", ".ini", ".conf", ".cfg",
	".properties", ".toml", ".xml", ".asc", ".gpg", "_creds", "-creds", ".creds", "_credentials", "-credentials", ".credentials",
}

// keeper tells whether v is such a name, made of words.
func keeper(v string) bool {
	if len(v) > 64 || strings.ContainsAny(v, " \t\n:=@") {
		return false
	}
	return slices.ContainsFunc(keepers, func(end string) bool {
		return len(v) > len(end) && strings.HasSuffix(v, end) && !randomish(v[:len(v)-len(end)])
	})
}

// brackets enclose what a shell, a template or a reader is to fill in.
var brackets = [...][2]string{
	{"${", "}"},
	{"$(", ")"},
	{"{{", "}}"},
	{"<", ">"},
	{"%(", ")"},
	{"#{", "}"},
	{"[[", "]]"},
	{"`", "`"},
	{"@{", "}"},
	{"<%", "%>"},
	{"{%", "%}"},
	{"$[", "]"},
}

// maxExpansion is the longest value that is taken apart into expansions.
const maxExpansion = 4 << 10

// expansion tells whether a value is made of expansions, with at most three letters or digits of its own.
func expansion(v string) bool {
	if len(v) > maxExpansion || !strings.ContainsAny(v, "$<{%`@[_#") {
		return false
	}
	if len(v) > 2 && (enclosed(v, "%", "%") || enclosed(v, "@", "@") || enclosed(v, "{", "}") || enclosed(v, "[", "]") ||
		enclosed(v, "__", "__")) {
		return true
	}
	found, own := false, 0
	for v != "" {
		n := expansionLen(v)
		if n > 0 {
			found = true
			v = v[n:]
			continue
		}
		if isAlnum(v[0]) {
			own++
		}
		v = v[1:]
	}
	return found && own <= 3
}

// enclosed tells whether a name stands between the marks and nothing else.
func enclosed(v, open, end string) bool {
	if len(v) <= len(open)+len(end) || !strings.HasPrefix(v, open) || !strings.HasSuffix(v, end) {
		return false
	}
	for _, r := range v[len(open) : len(v)-len(end)] {
		if r < 0x80 && !isAlnum(byte(r)) && !strings.ContainsRune("_-. ", r) {
			return false
		}
	}
	return true
}

// expansionLen is the length of the expansion at the start of v, 0 where there is none.
func expansionLen(v string) int {
	for _, b := range brackets {
		if !strings.HasPrefix(v, b[0]) {
			continue
		}
		inner := v[len(b[0]):]
		i := strings.Index(inner, b[1])
		if i <= 0 {
			return 0
		}
		if b[0] == "${" && !parameter(inner[:i]) || b[0] != "$(" && b[0] != "`" && strings.ContainsAny(inner[:i], "{}<>#;^&*") {
			continue
		}
		return len(b[0]) + i + len(b[1])
	}
	if v[0] != '$' || len(v) < 2 || !isAlnum(v[1]) && v[1] != '_' {
		return 0
	}
	n := 1
	for n < len(v) && (isAlnum(v[n]) || v[n] == '_') {
		n++
	}
	return n
}

// parameter tells whether s can stand in ${…}: a name, and behind it an operator or nothing.
func parameter(s string) bool {
	s = strings.TrimLeft(s, "!#@ ")
	n := 0
	for n < len(s) && (isAlnum(s[n]) || strings.IndexByte("_.-/", s[n]) >= 0) {
		n++
	}
	return n > 0 && (n == len(s) || strings.IndexByte(":+=?#%^, @[|", s[n]) >= 0)
}

// fallback is the word behind :-, :=, - or = in ${NAME:-word}: what is used where NAME is not set.
func fallback(v string) (string, bool) {
	if !strings.HasPrefix(v, "${") || !strings.HasSuffix(v, "}") {
		return "", false
	}
	inner := v[2 : len(v)-1]
	n := 0
	for n < len(inner) && (isAlnum(inner[n]) || inner[n] == '_') {
		n++
	}
	if n == 0 {
		return "", false
	}
	rest := strings.TrimPrefix(inner[n:], ":")
	if rest == "" || rest[0] != '-' && rest[0] != '=' {
		return "", false
	}
	return rest[1:], true
}

// looksPath tells whether v is a path of a file system: rooted, and made of the names that people give.
func looksPath(v string) bool {
	switch {
	case strings.HasPrefix(v, "./"), strings.HasPrefix(v, "../"), strings.HasPrefix(v, "~/"):
		return true
	case len(v) > 3 && v[1] == ':' && (v[2] == '\\' || v[2] == '/'):
		return true
	case !strings.HasPrefix(v, "/") || len(v) < 2:
		return false
	}
	if strings.HasPrefix(v, "/run/") || strings.HasPrefix(v, "/etc/") || strings.HasPrefix(v, "/var/") {
		return true
	}
	for segment := range strings.SplitSeq(v[1:], "/") {
		for i := range len(segment) {
			if c := segment[i]; !isAlnum(c) && !strings.ContainsRune("_-.@%{}$ ", rune(c)) {
				return false
			}
		}
		if sh := shapeOf(segment); len(segment) >= 16 && sh.upper > 0 && sh.lower > 0 && sh.digit > 0 {
			return false
		}
	}
	return true
}

// publicURL tells whether v is a URL without a password and without a long random part.
func publicURL(v string) bool {
	scheme, rest, ok := strings.Cut(v, "://")
	if !ok || scheme == "" || len(scheme) > 16 || strings.ContainsAny(scheme, " @/=") {
		return false
	}
	if strings.Contains(rest, "@") {
		return false
	}
	for part := range strings.FieldsFuncSeq(rest, func(r rune) bool { return strings.ContainsRune("/?&=#", r) }) {
		if len(part) >= 24 && randomish(part) {
			return false
		}
	}
	return true
}

// sameCharacter tells whether v repeats one character, other than a digit, with or without separators.
func sameCharacter(v string) bool {
	var first byte
	for i := range len(v) {
		switch c := v[i] | 0x20; {
		case v[i] == '-' || v[i] == '_' || v[i] == ' ' || v[i] == '.':
		case isDigit(v[i]) && v[i] != '0':
			return false
		case first == 0:
			first = c
		case c != first:
			return false
		}
	}
	return true
}

// switchWord tells whether v only switches something on or off, or is a short count.
func switchWord(v string) bool {
	switch strings.ToLower(v) {
	case "true", "false", "yes", "no", "on", "off", "none", "null", "nil", "auto", "always", "never", "enabled", "disabled",
		"enable", "disable", "required", "optional", "prompt", "ask", "stdin", "inherit", "ignore", "trust", "peer":
		return true
	}
	return len(v) < 3
}

// keywordValue tells whether v is one of the words that settings about tokens and keys take.
func keywordValue(v string) bool {
	switch strings.ToLower(v) {
	case "test", "testing", "tests", "demo", "dev", "local", "default", "string", "token", "tokens", "key", "apikey", "api_key", "api-key",
		"basic", "bearer", "include", "omit", "same-origin", "cookie", "header", "query", "jwt", "oauth", "oauth2", "oidc", "saml",
		"random", "generate", "generated", "rsa", "ec", "ed25519", "plain", "plaintext", "base64", "secret", "github", "gitlab", "aws",
		"file", "environment", "env", "vault", "host", "path", "master", "main", "production", "development", "staging":
		return true
	}
	return switchWord(v)
}

func number(v string) bool {
	v = strings.TrimRight(v, "smhdkgKMGB%")
	for i := range len(v) {
		if !isDigit(v[i]) && v[i] != '.' && v[i] != '-' && v[i] != '_' {
			return false
		}
	}
	return true
}
