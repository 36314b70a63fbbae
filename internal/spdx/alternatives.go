package spdx

import (
	"errors"
	"fmt"
	"strings"
	"sync"
)

// A License is what a package says of its license.
type License struct {
	// Text is the expression as it is written.
	Text string `json:"text"`
	// File is the file that holds the license, where the package names one.
	File string `json:"file"`
	// State is "expression", "file" (no expression, and a file), "empty" (an expression of nothing), "none", or
	// "unreadable".
	State string `json:"state"`
	// Problem says what is wrong with an expression that is unreadable.
	Problem string `json:"problem"`
	// Alternatives are the licenses of which one list must be accepted as a whole; an exception stays with its
	// license: "GPL-2.0-only WITH Classpath-exception-2.0".
	Alternatives [][]string `json:"alternatives"`
}

// Of reads what a package says: an expression and a file; set is false where it says nothing of an expression.
func Of(text string, set bool, file string) License {
	l := License{Text: text, File: file, State: "none", Alternatives: [][]string{}}
	switch {
	case strings.TrimSpace(text) != "":
		l.State = "expression"
		alternatives, err := Alternatives(text)
		if err != nil {
			l.State, l.Problem = "unreadable", err.Error()
			break
		}
		l.Alternatives = alternatives
	case file != "":
		l.State = "file"
	case set:
		l.State = "empty"
	}
	return l
}

// names are the identifiers in their own spelling, by their lower case.
var names = sync.OnceValue(func() map[string]string {
	m := map[string]string{}
	for _, text := range []string{licenses, exceptions} {
		for l := range strings.Lines(text) {
			l = strings.TrimSpace(l)
			m[strings.ToLower(l)] = l
		}
	}
	return m
})

const (
	maxAlternatives = 64
	maxWords        = 400
)

var errMany = errors.New("too many alternatives")

// Alternatives takes an expression apart into lists of licenses, of which one must be accepted as a whole. The old
// form of cargo, with / for OR, is read as well.
func Alternatives(text string) ([][]string, error) {
	if !strings.Contains(text, "DocumentRef-") {
		text = strings.ReplaceAll(text, "/", " OR ")
	}
	if !Valid(text) {
		return nil, fmt.Errorf("%q is no license expression of SPDX", short(text))
	}
	words := strings.Fields(strings.ReplaceAll(strings.ReplaceAll(text, "(", " ( "), ")", " ) "))
	if len(words) > maxWords {
		return nil, errMany
	}
	p := parser{words: words}
	return p.either()
}

// A parser reads an expression that is valid.
type parser struct{ words []string }

func (p *parser) next(word string) bool {
	if len(p.words) > 0 && strings.EqualFold(p.words[0], word) {
		p.words = p.words[1:]
		return true
	}
	return false
}

func (p *parser) either() ([][]string, error) {
	all, err := p.both()
	for err == nil && p.next("OR") {
		var more [][]string
		more, err = p.both()
		if all = append(all, more...); len(all) > maxAlternatives {
			return nil, errMany
		}
	}
	return all, err
}

func (p *parser) both() ([][]string, error) {
	all, err := p.one()
	for err == nil && p.next("AND") {
		var more [][]string
		if more, err = p.one(); len(all)*len(more) > maxAlternatives {
			return nil, errMany
		}
		var product [][]string
		for _, a := range all {
			for _, b := range more {
				product = append(product, append(a[:len(a):len(a)], b...))
			}
		}
		all = product
	}
	return all, err
}

func (p *parser) one() ([][]string, error) {
	if p.next("(") {
		all, err := p.either()
		p.next(")")
		return all, err
	}
	id := spelled(p.words[0])
	p.words = p.words[1:]
	if p.next("WITH") {
		id += " WITH " + spelled(p.words[0])
		p.words = p.words[1:]
	}
	return [][]string{{id}}, nil
}

func spelled(word string) string {
	plain, plus := strings.CutSuffix(word, "+")
	for _, try := range []string{word, plain} {
		if name, ok := names()[strings.ToLower(try)]; ok {
			if plus && try == plain {
				name += "+"
			}
			return name
		}
	}
	return word
}

func short(text string) string {
	if r := []rune(text); len(r) > 80 {
		return string(r[:80]) + "..."
	}
	return text
}
