package cargomanifest

import (
	"slices"
	"strings"
)

// special are conditions that hold in no ordinary build for the machines that services run on: they are set by programs that test,
// document or measure. The cfg clippy is none of them: it holds in every run of clippy.
var special = strings.Fields(`test doc doctest docsrs rustdoc miri loom fuzzing fuzz kani coverage coverage_nightly tarpaulin tarpaulin_include bench
	windows false`)

// elsewhere are the values of target_os, target_family and target_arch of other machines.
var elsewhere = strings.Fields("windows macos ios android wasm wasm32 wasi emscripten fuchsia none")

// maxNested bounds how deep conditions nest.
const maxNested = 32

// possible tells whether a condition (https://doc.rust-lang.org/reference/conditional-compilation.html) can hold and can fail in an ordinary build
// with the default features. A condition of which nothing is known can do both.
func possible(condition string, features map[string]bool, depth int) (hold, fail bool) {
	condition = strings.TrimSpace(condition)
	name, inner, call := strings.Cut(condition, "(")
	if call && depth < maxNested {
		list := parts(strings.TrimSuffix(inner, ")"))
		list = slices.DeleteFunc(list, func(p string) bool { return p == "" })
		switch strings.TrimSpace(name) {
		case "not":
			if len(list) == 1 {
				hold, fail = possible(list[0], features, depth+1)
				return fail, hold
			}
		case "all", "any":
			any := strings.TrimSpace(name) == "any"
			hold, fail = !any, any
			for _, p := range list {
				h, f := possible(p, features, depth+1)
				if any {
					hold, fail = hold || h, fail && f
				} else {
					hold, fail = hold && h, fail || f
				}
			}
			return hold, fail
		}
		return true, true
	}
	key, value, valued := strings.Cut(condition, "=")
	key, value = strings.TrimSpace(key), strings.Trim(strings.TrimSpace(value), `"`)
	switch {
	case key == "true":
		return true, false
	case valued && key == "feature":
		return features[value], true
	case valued && strings.HasPrefix(key, "target_") && slices.Contains(elsewhere, value), !valued && slices.Contains(special, key):
		return false, true
	}
	return true, true
}

// defaults are the features that are on where nothing else is asked for.
func (r *reader) defaults() map[string]bool {
	on := map[string]bool{}
	for list := []string{"default"}; len(list) > 0; {
		name := list[0]
		list = list[1:]
		if !on[name] {
			on[name] = true
			list = append(list, r.raw.Features[name]...)
		}
	}
	return on
}
