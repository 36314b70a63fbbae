package cargomanifest

import (
	"fmt"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"sallyport/internal/fact"
)

func TestAttributes(t *testing.T) {
	for text, want := range map[string]string{
		"#![allow(clippy::all)]\nfn main() {}":                                                       "clippy::all 1:1-1:23",
		"\ufeff#!/usr/bin/env cargo\r\n//! docs\n/* a /* b */ #![allow(no)] */\n#![allow(warnings)]": "warnings 4:1-4:20",
		"#! [allow(x)]\n#/**/!\n[ expect(y) ]":                                                       "x 1:1-1:14, y 2:1-3:14",
		"#![deny(unsafe_code)]\n#![allow(\n  dead_code, // #![x]\n  unused,\n)]":                     "dead_code 2:1-5:3, unused 2:1-5:3",
		`#![allow(clippy::pedantic, reason = "a ], b")]` + "\nmod x;":                                "clippy::pedantic 1:1-1:47",
		"#![cfg_attr(not(test), allow(clippy :: all), doc = \"]\")]":                                 "clippy::all if not(test) 1:1-1:57",
		"#![cfg_attr(a, cfg_attr(b, allow(c)))]":                                                     "c if all(a, b) 1:1-1:39",
		"#![doc = \"\\\"]\"]\n#![allow(a)]":                                                          "a 2:1-2:13",
		"mod x;\n#![allow(warnings)]":                                                                "",
		"// only\n":                                                                                  "",
		"#![allow(a":                                                                                 "",
		"#![allow]\n#![no_std]":                                                                      "",
		"":                                                                                           "",
	} {
		var got []string
		for _, a := range attributes(text) {
			word := a.Lint
			if a.Condition != "" {
				word += " if " + a.Condition
			}
			got = append(got, fmt.Sprintf("%s %d:%d-%d:%d", word, a.span.Line, a.span.Column, a.span.EndLine, a.span.EndColumn))
		}
		if d := cmp.Diff(want, strings.Join(got, ", ")); d != "" {
			t.Errorf("%q: %s", text, d)
		}
	}
}

// TestAllowed holds that every root of the package is looked at once, and where the place is.
func TestAllowed(t *testing.T) {
	fsys := fstest.MapFS{}
	for name, text := range map[string]string{
		"api/Cargo.toml": "[package]\nname = 'api'\nversion = '1.0.0'\nedition = '2021'\n[lib]\npath = 'lib.rs'\n[[bin]]\nname = 'b'\npath = 'src/main.rs'\n[[bin]]\nname = 'c'\npath = '../../../etc/passwd'\n",
		"api/lib.rs":     "//! x\n#![allow(clippy::all)]", "api/src/main.rs": "#![allow(warnings)]", "api/src/bin/d.rs": "#![allow(a)]",
		"api/src/bin/e/main.rs": "#![allow(b, b)]", "api/src/bin/notes.txt": "#![allow(c)]", "api/src/inner.rs": "#![allow(d)]",
	} {
		fsys[name] = &fstest.MapFile{Data: []byte(text)}
	}
	docs, err := Collector.Collect(t.Context(), fsys, "api/Cargo.toml")
	if err != nil {
		t.Fatal(err)
	}
	got := []string{}
	for i, a := range docs[0].Facts.(Manifest).Allowed {
		span, _ := docs[0].Spans(fact.Path{"allowed", i, "lint"})
		got = append(got, fmt.Sprintf("%s %s:%d", a.Name, span.File, span.Line))
	}
	want := []string{
		"api/lib.rs clippy::all api/lib.rs:2", "api/src/main.rs warnings api/src/main.rs:1", "api/src/bin/d.rs a api/src/bin/d.rs:1",
		"api/src/bin/e/main.rs b api/src/bin/e/main.rs:1",
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
}

func TestPossible(t *testing.T) {
	features := map[string]bool{"default": true, "tls": true}
	for condition, want := range map[string]bool{
		"test": false, "not(test)": true, "all()": true, "any()": false, "clippy": true, "not(clippy)": true, "debug_assertions": true, "unix": true,
		`feature = "tls"`: true, `feature = "bench"`: false, `not(feature="bench")`: true, "any(test, docsrs)": false, "any(test, not(test))": true,
		"all(test, unix)": false, "not(all(test, unix))": true, `target_os = "linux"`: true, "windows": false, `target_os="windows"`: false, "true": true, "false": false,
		"not(true)": false, strings.Repeat("not(", 100) + "test": true, "": true,
	} {
		if got, _ := possible(condition, features, 0); got != want {
			t.Errorf("%s: %v", condition, got)
		}
	}
}

func FuzzAttributes(f *testing.F) {
	f.Add("#![cfg_attr(a, allow(b, \"]\"))]")
	f.Add("#![allow(/* " + strings.Repeat("(", 1000))
	f.Fuzz(func(t *testing.T, text string) {
		for _, a := range attributes(text) {
			if a.Lint == "" || a.span.Line < 1 {
				t.Errorf("%+v", a)
			}
		}
	})
}
