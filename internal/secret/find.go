package secret

import (
	"path"
	"slices"
	"strings"
)

// Find finds the secrets in free text such as a command line or a script: what the rules of gitleaks
// know, passwords in URLs, assignments (FOO_TOKEN=…), flags (--password …), and the arguments of the
// commands that take a password in their own way (curl -u, mysql -p, sshpass, chpasswd, …).
func Find(text string) []Hit { return FindIn("", text) }

// FindIn is Find in a file: some rules of gitleaks want one of a certain name, and some lists of what is no
// secret name files.
func FindIn(file, text string) []Hit {
	var hits []Hit
	if i := strings.Index(text, "-----BEGIN "); i >= 0 && pem(text[i:], "PRIVATE KEY") {
		hits = append(hits, hit(privateKey(text[i:]), "private-key"))
	}
	for _, w := range windows(text) {
		hits = append(hits, genuine(known(file, w))...)
	}
	for _, p := range urlPasswords(text) {
		hits = append(hits, hit(p, "url"))
	}
	hits = append(hits, encoded(text, 0)...)
	return distinct(append(hits, inWords(text, 0)...))
}

func distinct(hits []Hit) []Hit {
	var kept []Hit
	seen := make(map[string]bool, len(hits))
	for _, h := range hits {
		if !seen[h.Value] {
			seen[h.Value] = true
			kept = append(kept, h)
		}
	}
	return kept
}

// privateKey is the key at the start of text, to the end of its last line.
func privateKey(text string) string {
	if i := strings.Index(text, "-----END "); i >= 0 {
		if j := strings.Index(text[i+9:], "-----"); j >= 0 {
			return text[:i+9+j+5]
		}
	}
	return text
}

// The context that rules want before and after a random-looking run, and the longest run that is looked
// at: no token of any provider comes near it.
const (
	before = 96
	after  = 64
	maxRun = 8 << 10
)

// windows are the parts of a text in which a rule could match: the surroundings of every run of token
// characters that is no word, path or number.
func windows(text string) []string {
	var list []string
	from, to := -1, -1
	start := 0
	for i := 0; i <= len(text); i++ {
		if i < len(text) && runByte[text[i]] {
			continue
		}
		if i-start >= minRun && tokenRun(text[start:i]) {
			f, t := max(0, start-before), min(len(text), min(i, start+maxRun)+after)
			switch {
			case to < 0:
				from, to = f, t
			case f <= to && t-from < maxRun:
				to = t
			default:
				list = append(list, text[from:to])
				from, to = f, t
			}
		}
		start = i + 1
	}
	if to >= 0 {
		list = append(list, text[from:to])
	}
	return list
}

// maxDepth bounds how deep quoted commands inside commands are taken apart.
const maxDepth = 3

// inWords finds the secrets that the words of a command line show.
func inWords(text string, depth int) []Hit {
	words := split(text)
	var hits []Hit
	c := command{at: -1}
	for i, w := range words {
		if w.operator {
			c = command{first: i + 1, at: -1}
			continue
		}
		if c.at < 0 && !wrapper(w.text) {
			c.at, c.program = i, path.Base(w.text)
		}
		var own []Hit
		if c.at >= 0 {
			own = c.argument(words, i)
		}
		if hits = append(hits, own...); len(own) == 0 || !strings.HasSuffix(w.text, own[0].Value) {
			hits = append(hits, assignment(words, i)...) // -pSecretPw is no flag of that name
		}
		if w.quoted && depth < maxDepth && strings.ContainsAny(w.text, " \t\n") {
			hits = append(hits, inWords(w.text, depth+1)...)
		}
	}
	return hits
}

// assignment judges NAME=value, --name=value, --name value, "name: value" and PASSWORD 'value' at a word.
func assignment(words []word, i int) []Hit {
	w := words[i].text
	if name, value, ok := strings.Cut(w, "="); ok && named(name) && (value != "" || !strings.HasSuffix(name, ":")) {
		if words[i].quoted && strings.ContainsAny(value, " \n") {
			return nil // a script in quotes: its words are judged one by one
		}
		if i+2 < len(words) && strings.EqualFold(value, "password") && words[i+1].text == "(" {
			value = words[i+2].text // SQL: password=PASSWORD('x')
		}
		return variable(strings.TrimLeft(name, "-"), value)
	}
	if name, value, ok := strings.Cut(w, ":"); ok && value != "" && named(name) {
		if class := classify(name); (class >= secretive || class == hinting && len(value) >= 32) && judged(class, value) && randomish(value) {
			return []Hit{hit(value, "name")}
		}
	}
	if i+1 >= len(words) || words[i+1].operator {
		return nil
	}
	next := words[i+1].text
	switch {
	case compares(next) && words[i].quoted && i+2 < len(words) && !words[i+2].operator && !words[i+2].quoted && named(words[i+2].text):
		return variable(words[i+2].text, w)
	case assigns(next) && i+2 < len(words) && !words[i+2].operator && named(w):
		return variable(w, words[i+2].text)
	case strings.HasSuffix(w, ":=") && named(w[:len(w)-2]):
		return variable(w[:len(w)-2], next)
	case strings.HasPrefix(w, "-") && len(w) > 3 && named(w):
		class := classify(w)
		if strings.HasPrefix(next, "-") || class == harmless || strings.Contains(next, "=") && buildSecret(next) {
			return nil
		}
		if class > hinting && judged(class, next) || class == hinting && (judged(class, next) || userAndPassword(w, next)) {
			return []Hit{hit(next, "name")}
		}
	case strings.HasSuffix(w, ":") && named(w[:len(w)-1]):
		return header(words, i)
	case words[i+1].quoted && sqlPassword(words, i):
		if judged(password, next) {
			return []Hit{hit(next, "name")}
		}
	}
	return nil
}

// compares tells whether a word compares: what a name is compared with is its value as well.
func compares(w string) bool {
	switch w {
	case "==", "===", "!=", "!==":
		return true
	}
	return false
}

// assigns tells whether a word stands between a name and its value.
func assigns(w string) bool {
	switch w {
	case "=", ":", ":=", "::=", ":::=", "?=", "=>":
		return true
	}
	return compares(w)
}

// named tells whether s can be the name of a variable, a flag or a property.
func named(s string) bool {
	if s == "" || len(s) > 128 {
		return false
	}
	for i := range len(s) {
		if !isAlnum(s[i]) && strings.IndexByte("_-.:/@", s[i]) < 0 {
			return false
		}
	}
	return true
}

// buildSecret tells whether v is the value of docker build --secret, which names a secret and holds none.
func buildSecret(v string) bool {
	return strings.HasPrefix(v, "id=") || strings.HasPrefix(v, "type=") || strings.HasPrefix(v, "src=") || strings.HasPrefix(v, "source=")
}

// header judges "Authorization: Bearer …", "X-Api-Key: …" and "password: …".
func header(words []word, i int) []Hit {
	name, value := strings.TrimSuffix(words[i].text, ":"), words[i+1].text
	class := classify(name)
	if class < hinting {
		return nil
	}
	if strings.EqualFold(name, "Authorization") || strings.EqualFold(name, "Proxy-Authorization") {
		if i+2 >= len(words) || words[i+2].operator {
			return nil
		}
		value = words[i+2].text
		if len(value) < 8 {
			return nil
		}
		class = secretive
	}
	if judged(class, value) {
		return []Hit{hit(value, "name")}
	}
	return nil
}

// sqlPassword tells whether the next word is the password of an SQL statement: PASSWORD 'x', IDENTIFIED BY 'x'.
func sqlPassword(words []word, i int) bool {
	switch strings.ToUpper(words[i].text) {
	case "PASSWORD":
		return true
	case "BY", "AS":
		return slices.ContainsFunc(words[max(0, i-3):i], func(w word) bool { return strings.EqualFold(w.text, "IDENTIFIED") })
	}
	return false
}
