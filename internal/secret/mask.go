package secret

import (
	"encoding/json"
	"net/url"
	"slices"
	"strings"
	"unicode/utf8"
)

// stars stands for the hidden part, always of the same length: the length of a secret is a hint too.
const stars = "****"

// Mask shows enough of a secret to recognise it by: at most four characters and never more than a
// quarter of it, and nothing of a secret shorter than twelve.
func Mask(s string) string {
	n := utf8.RuneCountInString(s)
	if n < 12 {
		return stars
	}
	show := min(4, n/4)
	end := 0
	for range show {
		r, size := utf8.DecodeRuneInString(s[end:])
		if r < ' ' || r == utf8.RuneError {
			break
		}
		end += size
	}
	return s[:end] + stars
}

// minRedact is the shortest secret that Redact replaces, in bytes.
const minRedact = 3

// everyday are passwords that are words of reports as well: to replace "root" or "secret" everywhere would hide what a finding
// says, and keep nothing from anybody.
var everyday = wordSet(`root admin administrator user users test tests guest demo docker debian ubuntu alpine nginx apache redis mysql mariadb
	postgres postgresql mongo mongodb rabbitmq elastic oracle kafka grafana vault default local localhost password passwd passphrase secret
	secrets token key keys value name none null true false yes service services image images container app web api dev prod run build host port`)

// Redact replaces every secret in text by its mask, also where it is escaped for JSON, a shell or a URL.
// A secret of several lines is replaced line by line as well, because an excerpt of a file holds one line
// of it. Secrets of one or two characters, and everyday words, are left: replacing "a" would hide the report.
func Redact(text string, secrets []string) string { return Redactor(secrets)(text) }

// Redactor is Redact for many texts.
func Redactor(secrets []string) func(string) string {
	var forms []form
	for _, s := range secrets {
		forms = appendForms(forms, s)
	}
	slices.SortFunc(forms, func(a, b form) int {
		if len(a.text) != len(b.text) {
			return len(b.text) - len(a.text)
		}
		return strings.Compare(a.text, b.text)
	})
	forms = slices.CompactFunc(forms, func(a, b form) bool { return a.text == b.text })
	switch {
	case len(forms) == 0:
		return func(text string) string { return text }
	case len(forms) <= maxScans:
		return func(text string) string { return scan(text, forms) }
	}
	pairs := make([]string, 0, 2*len(forms))
	for _, f := range forms {
		pairs = append(pairs, f.text, f.mask)
	}
	return strings.NewReplacer(pairs...).Replace
}

// maxScans is the number of forms up to which a text is searched for each of them.
const maxScans = 64

// scan masks the forms one after the other, the longest first.
func scan(text string, forms []form) string {
	for _, f := range forms {
		if strings.Contains(text, f.text) {
			text = strings.ReplaceAll(text, f.text, f.mask)
		}
	}
	return text
}

// A form is a way to write a secret, and what is shown in its place.
type form struct{ text, mask string }

func appendForms(forms []form, s string) []form {
	s = strings.TrimSpace(s)
	if len(s) < minRedact || everyday(strings.ToLower(s)) {
		return forms
	}
	mask := Mask(s)
	forms = append(forms, form{s, mask})
	if strings.Contains(s, "\n") {
		for line := range strings.Lines(s) {
			if line = strings.TrimSpace(line); len(line) >= 8 && !strings.HasPrefix(line, "-----") {
				forms = append(forms, form{line, Mask(line)})
			}
		}
	}
	if plain(s) {
		return forms
	}
	if data, err := json.Marshal(s); err == nil {
		forms = append(forms, form{string(data[1 : len(data)-1]), mask})
	}
	escaped := strings.NewReplacer(`\`, `\\`, `"`, `\"`)
	double := strings.NewReplacer(`\`, `\\`, `"`, `\"`, `$`, `\$`, "`", "\\`")
	for _, text := range []string{
		escaped.Replace(s), double.Replace(s), strings.ReplaceAll(s, `'`, `'\''`), strings.ReplaceAll(s, `'`, `''`),
		strings.ReplaceAll(s, `$`, `$$`), strings.ReplaceAll(s, `%`, `%%`),
		url.QueryEscape(s), url.PathEscape(s), url.UserPassword("", s).String()[1:],
	} {
		forms = append(forms, form{text, mask})
	}
	return forms
}

// plain tells whether no notation escapes any character of the string.
func plain(s string) bool {
	for i := range len(s) {
		c := s[i]
		if !isAlnum(c) && c != '_' && c != '-' && c != '.' {
			return false
		}
	}
	return true
}

func isAlnum(c byte) bool { return isDigit(c) || isLower(c) || isUpper(c) }
func isDigit(c byte) bool { return c >= '0' && c <= '9' }
func isLower(c byte) bool { return c >= 'a' && c <= 'z' }
func isUpper(c byte) bool { return c >= 'A' && c <= 'Z' }
