// Package rusttoolchain reads rust-toolchain.toml, with which rustup chooses the toolchain of a directory.
package rusttoolchain

import (
	"context"
	"errors"
	"io/fs"
	"path"
	"strings"

	"sallyport/internal/fact"
	"sallyport/internal/syntax"
)

// Collector reads rust-toolchain.toml and rust-toolchain, its older name.
var Collector = fact.Collector{
	Kind:    "rust_toolchain",
	Example: "rust-toolchain.toml",
	Facts:   Toolchain{},
	Match: func(file string, _ []byte) bool {
		base := path.Base(file)
		return base == "rust-toolchain.toml" || base == "rust-toolchain"
	},
	Collect: collect,
}

// A Toolchain is the choice that such a file makes
// (https://rust-lang.github.io/rustup/overrides.html#the-toolchain-file).
type Toolchain struct {
	// Path is the file, relative to the root.
	Path string `json:"path"`
	// Legacy is true for a file that holds nothing but the name of a toolchain.
	Legacy bool `json:"legacy"`
	// OverriddenBy is the file that rustup reads instead of this one: rust-toolchain beside
	// rust-toolchain.toml. It is empty where this file counts.
	OverriddenBy string `json:"overridden_by"`
	// Channel is the name as written; "" where the file names none.
	Channel string `json:"channel"`
	// Kind says how firmly the channel names one toolchain: "exact" (1.82.0), "dated"
	// (nightly-2025-01-01), "moving" (stable, nightly, 1.82), "custom" (a toolchain that somebody linked
	// under this name), "path" (a directory) or "none".
	Kind string `json:"kind"`
	// Release is "stable", "beta" or "nightly"; "" where the name does not tell.
	Release string `json:"release"`
	// Version is the version without date and host: "1.82.0", "1.82"; "" for a channel without numbers.
	Version string `json:"version"`
	// Major, Minor and Patch are the numbers of Version; those that it lacks are 0, and Parts says how
	// many it has.
	Major int `json:"major"`
	Minor int `json:"minor"`
	Patch int `json:"patch"`
	Parts int `json:"parts"`
	// Date is that of a dated channel: "2025-01-01".
	Date string `json:"date"`
	// Host is the platform that the name adds: "x86_64-unknown-linux-gnu".
	Host string `json:"host"`
	// Directory is the path of a toolchain on disk, which is chosen instead of a channel.
	Directory string `json:"directory"`
	// Components and Targets are installed besides those of Profile.
	Components []string `json:"components"`
	Targets    []string `json:"targets"`
	// Profile is "minimal", "default" or "complete"; "" leaves it to rustup's settings.
	Profile string `json:"profile"`
}

type toolchainFile struct {
	Toolchain section `toml:"toolchain"`
}

type section struct {
	Channel    string   `toml:"channel"`
	Path       string   `toml:"path"`
	Components []string `toml:"components"`
	Targets    []string `toml:"targets"`
	Profile    string   `toml:"profile"`
}

// maxValues bounds the lists of one file.
const maxValues = 50_000

func collect(_ context.Context, fsys fs.FS, file string) ([]fact.Document, error) {
	data, err := syntax.Read(fsys, file)
	if err != nil {
		return nil, err
	}
	text := strings.TrimSpace(string(data))
	if text == "" {
		return nil, &fact.Error{File: file, Msg: "an empty toolchain file", Hint: "name a channel in it or remove it"}
	}
	if path.Base(file) == "rust-toolchain" && !strings.Contains(strings.TrimRight(string(data), "\r\n"), "\n") {
		return legacy(file, string(data), text)
	}
	return read(fsys, file, data)
}

// legacy reads a file of one line: rustup takes it for a name, whatever it looks like.
func legacy(file, line, name string) ([]fact.Document, error) {
	start := 1 + len(line) - len(strings.TrimLeft(line, " \t"))
	span := fact.Span{Line: 1, Column: start, EndLine: 1, EndColumn: start + len([]rune(name))}
	if strings.ContainsAny(name, " \t\"'=[]{}#") {
		return nil, &fact.Error{
			File: file, Line: 1, Column: start, Msg: "not the name of a toolchain",
			Hint: "write the name alone, or rename the file to rust-toolchain.toml",
		}
	}
	t := newToolchain(file, section{Channel: name})
	t.Legacy = true
	if strings.ContainsAny(name, `/\`) {
		t.Kind, t.Channel, t.Directory = "path", "", name
	}
	spans := func(p fact.Path) (fact.Span, bool) { return span, len(p) < 2 }
	return []fact.Document{{Kind: "rust_toolchain", Path: file, Facts: t, Spans: spans}}, nil
}

func read(fsys fs.FS, file string, data []byte) ([]fact.Document, error) {
	var raw toolchainFile
	tree, err := syntax.ReadTOML(file, data, maxValues, &raw)
	if tree.Spans == nil {
		return nil, err
	}
	at, ok := tree.Spans(fact.Path{"toolchain"})
	switch {
	case !ok:
		return nil, errors.Join(err, &fact.Error{File: file, Line: 1, Msg: "no [toolchain] table", Hint: "add one with a channel"})
	case raw.Toolchain.Channel != "" && raw.Toolchain.Path != "":
		err = errors.Join(err, &fact.Error{
			File: file, Line: at.Line, Column: at.Column,
			Msg: "channel and path exclude each other", Hint: "keep one of the two",
		})
	}
	t := newToolchain(file, raw.Toolchain)
	if other := path.Join(path.Dir(file), "rust-toolchain"); other != file {
		if info, err := fs.Stat(fsys, other); err == nil && info.Mode().IsRegular() {
			t.OverriddenBy = other
		}
	}
	return []fact.Document{{Kind: "rust_toolchain", Path: file, Facts: t, Spans: locator(tree.Spans)}}, err
}

// from are the keys that facts are made of, where the names differ.
var from = map[string]string{
	"kind": "channel", "release": "channel", "version": "channel", "major": "channel",
	"minor": "channel", "patch": "channel", "parts": "channel", "date": "channel", "host": "channel", "directory": "path",
}

func locator(spans fact.Locator) fact.Locator {
	return func(p fact.Path) (fact.Span, bool) {
		if len(p) == 0 || p[0] == "path" {
			return spans(fact.Path{"toolchain"})
		}
		at := fact.Path{"toolchain", p[0]}
		if name, ok := p[0].(string); ok && from[name] != "" {
			at[1] = from[name]
		}
		if span, ok := spans(append(at, p[1:]...)); ok {
			return span, true
		}
		if p[0] == "kind" { // of a toolchain by path
			return spans(fact.Path{"toolchain", "path"})
		}
		return fact.Span{}, false
	}
}
