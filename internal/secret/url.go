package secret

import (
	"encoding/json"
	"slices"
	"strings"
)

// urlPasswords are the passwords in the userinfo of the URLs of a text: scheme://user:password@host.
func urlPasswords(text string) []string {
	var found []string
	for rest := text; ; {
		i := strings.Index(rest, "://")
		if i < 0 {
			return found
		}
		rest = rest[i+3:]
		if p := userinfo(rest); p != "" {
			found = append(found, p)
		}
	}
}

// maxAuthority bounds the part of a URL in which its userinfo is looked for.
const maxAuthority = 2 << 10

// userinfo is the password in front of the "@" of an authority, or a token that stands there alone.
// A password may hold any character that its author forgot to escape, save those that end the URL.
func userinfo(authority string) string {
	authority = authority[:min(len(authority), maxAuthority)]
	if i := strings.IndexAny(authority, " \t\n\"'`|;"); i >= 0 && !strings.HasPrefix(authority[i:], "`") {
		authority = authority[:i]
	}
	at := strings.LastIndexByte(hostPart(authority), '@')
	if at < 0 {
		return ""
	}
	user, pass, ok := strings.Cut(authority[:at], ":")
	switch {
	case ok && len(pass) >= 2 && credential(user, pass):
		return pass
	case !ok && len(user) >= 20 && randomish(user) && !strings.Contains(authority[at:], "sentry"):
		return user
	}
	return ""
}

// hostPart cuts an authority at its end. A "/" ends it, unless the "@" is still to come and what stands
// before it has a colon: then the password has a slash of its own.
func hostPart(s string) string {
	end := strings.IndexAny(s, "/?#")
	if end < 0 || strings.Contains(s[:end], "@") {
		if end >= 0 {
			return s[:end]
		}
		return s
	}
	at := strings.IndexByte(s, '@')
	if at < 0 || !strings.Contains(s[:end], ":") || strings.ContainsAny(s[:at], "?&") || portBefore(s[:end]) {
		return s[:end]
	}
	return s[:at+1]
}

// portBefore tells whether s is host:port, as in http://host:80/@scope/package.
func portBefore(s string) bool {
	_, port, _ := strings.Cut(s, ":")
	return number(port)
}

// credential tells whether a password beside a user name is a real one.
func credential(user, pass string) bool {
	if reference(pass) || placeholder(pass) || switchWord(pass) {
		return false
	}
	switch strings.ToLower(user + ":" + pass) {
	case "user:pass", "user:password", "username:password", "login:password", "name:password", "usr:pwd", "user:passwd", "user:pwd",
		"username:pass", "uid:pwd", "id:password", "basic:auth", "oauth2:token", "user:secret", "x-oauth-basic:x-oauth-basic":
		return false
	}
	return pass != "x-oauth-basic" && !expansion(user+":"+pass)
}

// pairPasswords are the values under secret names in a connection string, a query or a list of options:
// Server=db;Password=…;  jdbc:…?user=app&password=…  -Dkey.password=…
func pairPasswords(text string) []string {
	if !strings.Contains(text, "=") {
		return nil
	}
	var found []string
	for part := range strings.FieldsFuncSeq(text, func(r rune) bool { return strings.ContainsRune(";&?, \t\n\"'|", r) }) {
		name, value, ok := strings.Cut(part, "=")
		if !ok || name == "" || len(name) > 64 {
			continue
		}
		if class := classify(name); class >= hinting && judged(class, value) {
			found = append(found, value)
		}
	}
	return found
}

// maxJSON bounds the JSON values that are looked into; the kernel takes no longer environment string.
const maxJSON = 128 << 10

// jsonPasswords are the strings under secret names in a JSON object.
func jsonPasswords(text string) []string {
	text = strings.TrimSpace(text)
	if !strings.HasPrefix(text, "{") && !strings.HasPrefix(text, "[{") || len(text) > maxJSON {
		return nil
	}
	var value any
	if json.Unmarshal([]byte(text), &value) != nil {
		return nil
	}
	var found []string
	var walk func(name string, v any)
	walk = func(name string, v any) {
		switch v := v.(type) {
		case map[string]any:
			for k, e := range v {
				walk(k, e)
			}
		case []any:
			for _, e := range v {
				walk(name, e)
			}
		case string:
			if len(variable(name, v)) > 0 || name == "auth" && basic(v) {
				found = append(found, v)
			}
		}
	}
	walk("", value)
	slices.Sort(found)
	return found
}

// basic tells whether v is the base64 of user:password, as docker login keeps it.
func basic(v string) bool {
	text, ok := decode64(v)
	user, pass, colon := strings.Cut(text, ":")
	return ok && colon && printable(text) && len(pass) >= 2 && credential(user, pass)
}
