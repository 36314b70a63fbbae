package secret

import "strings"

// maxValue is the longest environment string that Linux takes (MAX_ARG_STRLEN): what stands behind it
// could not be set.
const maxValue = 128 << 10

// variable finds the secrets of a variable: the value, or the parts of it that are secret.
func variable(name, value string) []Hit {
	if len(value) > maxValue {
		value = value[:maxValue]
	}
	v := unquote(strings.TrimSpace(value))
	if len(v) < 3 {
		return nil
	}
	if word, ok := fallback(v); ok {
		return variable(name, word)
	}
	class := classify(name)
	if pem(v, "PRIVATE KEY") {
		return []Hit{hit(v, "private-key")}
	}
	if suspicious(v) {
		if hits := byRule(name, v, class); len(hits) > 0 {
			return hits
		}
	}
	if hits := composed(v, class); len(hits) > 0 {
		return hits
	}
	switch {
	case class == hinting && quietName(name):
		return nil
	case class >= hinting && judged(class, v):
		return []Hit{hit(v, reason(v, "name"))}
	case class == hinting && userAndPassword(name, v):
		return []Hit{hit(v, "name")}
	case class == neutral && random(v) && !quietName(name) && !placeholder(v) && !reference(v):
		return []Hit{hit(v, "entropy")}
	}
	return nil
}

// reason is "entropy" for a value that was clearly generated, which tells even in an example file.
func reason(v, otherwise string) string {
	if random(v) || len(v) >= 20 && randomish(v) {
		return "entropy"
	}
	return otherwise
}

// byRule asks the rules of gitleaks. Many of them want a provider's name near a random value, which a
// digest or a version under such a name is as well: under a harmless name the value must tell alone.
func byRule(name, v string, class naming) []Hit {
	text := name + "=" + v
	if class == harmless || class == neutral && quietName(name) || name == "" {
		text = v
	}
	hits := genuine(known("", text))
	if len(hits) == 0 && !strings.ContainsAny(v, " \t:") {
		hits = genuine(encoded(strings.ReplaceAll(v, "\n", ""), 0))
	}
	return hits
}

// genuine drops what a rule matched although it is a placeholder.
func genuine(hits []Hit) []Hit {
	var kept []Hit
	for _, h := range hits {
		if !placeholder(h.Value) && !expansion(h.Value) && (h.Verdict.Reason != "jwt" || token(h.Value)) {
			kept = append(kept, h)
		}
	}
	return kept
}

// composed finds passwords inside URLs, connection strings, options and JSON.
func composed(v string, class naming) []Hit {
	var found []string
	if strings.Contains(v, "://") && strings.Contains(v, "@") {
		found = urlPasswords(v)
	}
	if len(found) == 0 && class != password && class != secretive && strings.ContainsAny(v, ";&? \n,") {
		found = pairPasswords(v)
	}
	if len(found) == 0 {
		found = jsonPasswords(v)
	}
	var hits []Hit
	for _, p := range found {
		hits = append(hits, hit(p, reason(p, "url")))
	}
	if credentials, ok := schemed(v); ok && len(hits) == 0 && judged(secretive, credentials) && randomish(credentials) {
		return []Hit{hit(credentials, reason(credentials, "name"))}
	}
	if len(hits) == 0 && class <= harmless && strings.ContainsAny(v, " \t\n") {
		return inWords(v, 0)
	}
	return hits
}

// schemed are the credentials of an Authorization header, whatever the variable is called: Bearer TOKEN.
func schemed(v string) (string, bool) {
	scheme, credentials, ok := strings.Cut(v, " ")
	switch strings.ToLower(scheme) {
	case "bearer", "basic":
		return strings.TrimSpace(credentials), ok && len(credentials) >= 16 && !strings.Contains(strings.TrimSpace(credentials), " ")
	}
	return "", false
}

// userAndPassword tells whether a value under a name with "auth" is user:password (or neo4j/password).
func userAndPassword(name, v string) bool {
	if !strings.HasSuffix(strings.ToLower(name), "auth") {
		return false
	}
	user, pass, ok := strings.Cut(v, ":")
	if !ok {
		user, pass, ok = strings.Cut(v, "/")
		ok = ok && user == "neo4j"
	}
	return ok && len(user) >= 2 && len(pass) >= 4 && !strings.ContainsAny(v, " \t") && !strings.HasPrefix(pass, "/") &&
		!number(pass) && credential(user, pass)
}

// suspicious is the cheap look that spares most values the rules: it wants a run of token characters
// that is no word, path, version or host.
func suspicious(v string) bool {
	start := 0
	for i := 0; i <= len(v); i++ {
		if i < len(v) && runByte[v[i]] {
			continue
		}
		if i-start >= minRun && tokenRun(v[start:i]) {
			return true
		}
		start = i + 1
	}
	return false
}

// minRun is shorter than the random part of any token that a rule knows.
const minRun = 12

// runByte marks the characters of tokens. Slashes and dots are not among them, although some tokens have
// them: they cut URLs, paths and host names into words.
var runByte = func() (marks [256]bool) {
	for c := range marks {
		marks[c] = isAlnum(byte(c)) || strings.IndexByte("_+=-:~%", byte(c)) >= 0
	}
	return marks
}()

// tokenRun tells whether a run of token characters can be part of a token: letters with digits, a long
// number, mixed case, or hex:hex.
func tokenRun(run string) bool {
	var digits, lower, upper, colon bool
	for i := range len(run) {
		c := run[i]
		digits = digits || isDigit(c)
		lower = lower || isLower(c)
		upper = upper || isUpper(c)
		colon = colon || c == ':'
	}
	switch {
	case digits:
		return lower || upper || len(run) >= 15
	case len(run) < 16:
		return false
	}
	return colon || lower && upper
}

// unquote drops one pair of quotes around a value.
func unquote(v string) string {
	if len(v) >= 2 && (v[0] == '"' || v[0] == '\'') && v[len(v)-1] == v[0] {
		return v[1 : len(v)-1]
	}
	return v
}
