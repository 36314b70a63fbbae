package workflow

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
)

// An axes is the matrix of a job: the values of each axis with where they stand.
type axes map[string][]node

// matrix reads strategy.matrix. An axis that an expression makes has no values here.
func matrix(n node) axes {
	mx := axes{}
	for _, name := range n.keys() {
		if name == "include" || name == "exclude" || !n.key(name).isList() {
			continue
		}
		mx[name] = n.key(name).list()
	}
	for _, extra := range n.key("include").list() {
		for _, name := range extra.keys() {
			mx[name] = append(mx[name], extra.key(name))
		}
	}
	return mx
}

// values are the axes as texts.
func (mx axes) values() map[string][]string {
	all := map[string][]string{}
	for name, nodes := range mx {
		texts := []string{}
		for _, n := range nodes {
			if text := n.text(); text != "" && !slices.Contains(texts, text) {
				texts = append(texts, text)
			}
		}
		all[name] = texts
	}
	return all
}

// An option is one value that a text may have when the job runs.
type option struct {
	text string
	// from is the element of the matrix that the value comes from, or the text itself.
	from node
	// known is false where an expression stays.
	known bool
}

// maxOptions bounds the values of one text.
const maxOptions = 64

// options puts the values of ${{ matrix.x }} and ${{ env.X }} into a text
// (https://docs.github.com/actions/reference/workflows-and-actions/contexts). Other expressions stay.
func (s scope) options(n node, text string) []option {
	if s.dollar && strings.Contains(text, "$") {
		text = s.substitute(text)
	}
	done := []option{{text: "", from: n, known: true}}
	for text != "" {
		before, rest, found := strings.Cut(text, "${{")
		expression, after, closed := strings.Cut(rest, "}}")
		if !found || !closed {
			before, after = text, ""
		}
		var values []option
		if found && closed {
			values = s.evaluate(strings.TrimSpace(expression), n)
		} else {
			values = []option{{from: n, known: true}}
		}
		var next []option
		for _, d := range done {
			for _, v := range values {
				o := option{text: d.text + before + v.text, from: v.from, known: d.known && v.known}
				if v.from.path.String() == n.path.String() {
					o.from = d.from
				}
				if len(next) < maxOptions {
					next = append(next, o)
				}
			}
		}
		done, text = next, after
	}
	return done
}

func (s scope) evaluate(expression string, n node) []option {
	kind, name, _ := strings.Cut(expression, ".")
	switch kind {
	case "matrix":
		axis, field, nested := strings.Cut(name, ".")
		var values []option
		for _, v := range s.matrix[axis] {
			if nested {
				v = v.key(field)
			}
			if text := v.text(); text != "" && !slices.ContainsFunc(values, func(o option) bool { return o.text == text }) {
				values = append(values, option{text: text, from: v, known: !strings.Contains(text, "${{")})
			}
		}
		if len(values) > 0 {
			return values
		}
	case "env":
		if value, ok := s.env[name]; ok && !strings.Contains(value, "${{") {
			return []option{{text: value, from: n, known: true}}
		}
	}
	return []option{{text: "${{ " + expression + " }}", from: n}}
}

var envExpression = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`\$\{\{ *env\.([A-Za-z_][A-Za-z0-9_]*) *\}\}`) })

// spell writes ${{ env.NAME }} as the shell would, ${NAME-____}, where the variable is known. The text keeps
// its length, so that offsets into it stay true.
func (e environment) spell(text string) string {
	if !strings.Contains(text, "env.") {
		return text
	}
	return envExpression().ReplaceAllStringFunc(text, func(whole string) string {
		name := envExpression().FindStringSubmatch(whole)[1]
		if value, ok := e[name]; !ok || strings.Contains(value, "${{") {
			return whole
		}
		return "${" + name + "-" + strings.Repeat("_", len(whole)-len(name)-len("${-}")) + "}"
	})
}

func number(n int) string { return strconv.Itoa(n) }
