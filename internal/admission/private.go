package admission

import (
	"encoding/json"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"sallyport/internal/fact"
	"sallyport/internal/finding"
)

// hidden is in the place of what a log does not need.
const hidden = "***"

// Logged is the message as a log may hold it. Secrets are out of it already; values of environment variables and of annotations may be
// private without looking like a secret. What counts is the place that the finding is about, so that a name that is
// spelled like a value elsewhere stays.
func (j *Judged) Logged() string {
	message := j.Finding.Message
	for _, p := range append([]finding.Place{j.Finding.Place}, j.Finding.Related...) {
		message = hide(message, &p)
	}
	return message
}

// Logged is the answer as a log may hold it.
func (o *Decision) Logged() []byte {
	logged := *o
	logged.Judged = slices.Clone(o.Judged)
	changed := false
	for i := range logged.Judged {
		f := &logged.Judged[i].Finding
		message := o.Judged[i].Logged()
		changed = changed || message != f.Message
		f.Message = message
	}
	var answer review
	if !changed || json.Unmarshal(o.Body, &answer) != nil {
		return o.Body
	}
	answer.Response.Warnings = logged.warnings()
	if answer.Response.Status != nil {
		answer.Response.Status.Message = logged.message()
	}
	body, err := json.Marshal(answer)
	if err != nil { // strings and booleans always encode
		return nil
	}
	return body
}

// hide takes the private values at a place out of a message.
func hide(message string, p *finding.Place) string {
	at := slices.IndexFunc(p.At, func(step any) bool { return step == "env" || step == "annotations" })
	if at < 0 {
		return message
	}
	if p.Document == nil || p.Document.Facts == nil {
		return quoted.ReplaceAllLiteralString(message, `"`+hidden+`"`) // nobody knows any more which of them is the value
	}
	v, names := reflect.ValueOf(p.Document.Facts), []string{}
	for i, step := range p.At {
		if v = child(v, step); i >= at && step != "env" {
			continue
		}
		if name := child(v, "name"); name.IsValid() && name.Kind() == reflect.String {
			names = append(names, name.String())
		}
	}
	names = append(names, namesIn(p.At[at:])...)
	for _, value := range values(v, p.At[at:]) {
		spared := 0
		for _, name := range names {
			if name == value {
				spared++
			}
		}
		message = without(message, value, spared)
	}
	return message
}

// namesIn are the keys of annotations in a path, and the fields of a variable, which are no values.
func namesIn(at fact.Path) []string {
	var names []string
	for _, step := range at[1:] {
		if name, ok := step.(string); ok {
			names = append(names, name)
		}
	}
	return names
}

// values are the private texts in the value at a path, which begins with env or annotations.
func values(v reflect.Value, at fact.Path) []string {
	v = bare(v)
	switch {
	case !v.IsValid():
		return nil
	case v.Kind() == reflect.String:
		if at[0] == "env" && at[len(at)-1] != "value" {
			return nil
		}
		return []string{v.String()}
	case v.Kind() == reflect.Slice:
		var all []string
		for i := range v.Len() {
			all = append(all, values(v.Index(i), append(slices.Clone(at), i))...)
		}
		return all
	case at[0] == "env":
		return values(child(v, "value"), append(slices.Clone(at), "value"))
	case v.Kind() == reflect.Map:
		var all []string
		for _, key := range v.MapKeys() {
			all = append(all, values(v.MapIndex(key), at)...)
		}
		return all
	}
	return nil
}

// child is the value beneath another by one step of a path, which names fields as JSON does.
func child(v reflect.Value, step any) reflect.Value {
	v = bare(v)
	name, isName := step.(string)
	i, isIndex := step.(int)
	switch {
	case !v.IsValid():
	case v.Kind() == reflect.Struct && isName:
		for f := range v.NumField() {
			if tag, _, _ := strings.Cut(v.Type().Field(f).Tag.Get("json"), ","); tag == name {
				return bare(v.Field(f))
			}
		}
	case v.Kind() == reflect.Map && isName:
		return bare(v.MapIndex(reflect.ValueOf(name)))
	case v.Kind() == reflect.Slice && isIndex && i >= 0 && i < v.Len():
		return bare(v.Index(i))
	}
	return reflect.Value{}
}

func bare(v reflect.Value) reflect.Value {
	for v.IsValid() && (v.Kind() == reflect.Pointer || v.Kind() == reflect.Interface) {
		v = v.Elem()
	}
	return v
}

// quoted is how rules put a value into a message.
var quoted = regexp.MustCompile(`"(\\.|[^"\\])*"`)

// without masks a value in a message, also as it is quoted, but for the first few times, which are a name that is spelled alike.
// What is part of a longer word is another word.
func without(message, value string, spared int) string {
	if value == "" {
		return message
	}
	for _, form := range forms(value) {
		var out strings.Builder
		rest, left := message, spared
		for {
			i := strings.Index(rest, form)
			if i < 0 {
				break
			}
			end := i + len(form)
			word := inWord(rest[:i], form, rest[end:])
			switch {
			case word:
				out.WriteString(rest[:end])
			case left > 0:
				left--
				out.WriteString(rest[:end])
			default:
				out.WriteString(rest[:i])
				out.WriteString(stars(form))
			}
			rest = rest[end:]
		}
		message = out.String() + rest
	}
	return message
}

// forms are the ways in which rules write a value into a message. One of a character or two is looked for between quotes alone: the rest
// of the message has it as well.
func forms(value string) []string {
	escaped := strconv.Quote(value)
	if len(value) <= 2 {
		return []string{escaped}
	}
	all := []string{value, escaped[1 : len(escaped)-1]}
	if text, err := json.Marshal(value); err == nil {
		all = append(all, string(text[1:len(text)-1]))
	}
	slices.SortFunc(all, func(a, b string) int { return len(b) - len(a) })
	return slices.Compact(all)
}

// stars stand for a form, between its quotes where it has such.
func stars(form string) string {
	if len(form) > 1 && form[0] == '"' {
		return `"` + hidden + `"`
	}
	return hidden
}

// inWord tells whether a short text is part of a longer word. Whether a long one is does not matter.
func inWord(before, text, after string) bool {
	const short = 8
	if len(text) > short {
		return false
	}
	letter := func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }
	last, _ := utf8.DecodeLastRuneInString(before)
	first, _ := utf8.DecodeRuneInString(text)
	end, _ := utf8.DecodeLastRuneInString(text)
	next, _ := utf8.DecodeRuneInString(after)
	return letter(last) && letter(first) || letter(end) && letter(next)
}
