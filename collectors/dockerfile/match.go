package dockerfile

import (
	"bytes"
	"path"
	"strings"
	"sync"

	"github.com/moby/buildkit/frontend/dockerfile/command"
)

// match tells whether a file is a Dockerfile: by its name, or by how it begins where the name says
// nothing else.
func match(file string, head []byte) bool {
	name := strings.ToLower(path.Base(file))
	first, _, dotted := strings.Cut(name, ".")
	ext := name[strings.LastIndexByte(name, '.')+1:]
	switch {
	case first == "dockerfile" || first == "containerfile":
		switch {
		case !dotted:
			return true
		case prose(ext):
			return false
		case foreign(ext): // Dockerfile.go is a Dockerfile or a program
			return begins(head)
		}
		return true
	case dotted && (ext == "dockerfile" || ext == "containerfile"):
		return true
	case dotted && (prose(ext) || foreign(ext)), strings.HasPrefix(name, "."):
		return false
	}
	return begins(head)
}

// set is a set of words. It is made when it is first asked for one, and not at every start of the program.
func set(words string) func(word string) bool {
	set := sync.OnceValue(func() map[string]bool {
		set := make(map[string]bool)
		for w := range strings.FieldsSeq(words) {
			set[w] = true
		}
		return set
	})
	return func(word string) bool { return set()[word] }
}

// prose and what else is never a Dockerfile.
var prose = set(`md markdown rst adoc asciidoc html htm dockerignore containerignore gitignore png jpg svg pdf gz tgz tar zip xz
	swp log diff patch rej orig bak`)

// foreign are extensions of programs, data and templates.
var foreign = set(`json yaml yml toml go py rs js mjs cjs ts jsx tsx sh bash zsh rb java kt c h cc cpp hpp cs php pl lua swift
	sql txt text eml mbox lock j2 jinja jinja2 tmpl tpl template erb mustache hbs in sum mod rego csv tsv xml vim ini cfg conf
	env service proto graphql css scss tex po ipynb r ex exs erl hs ml scala groovy gradle tf hcl nix ps1 bat cmd mk cmake awk
	sed el clj dart vue svelte wat wasm so a o exe dll key pem crt snap golden out plist properties`)

// begins tells whether a text begins as a Dockerfile does: comments and ARG, then FROM with an image,
// then an instruction. SQL, prose and mail begin otherwise.
func begins(head []byte) bool {
	from := false
	for len(head) > 0 {
		var line []byte
		line, head, _ = bytes.Cut(head, []byte("\n"))
		line = bytes.TrimSpace(line)
		if len(line) == 0 || line[0] == '#' && !bytes.HasPrefix(line, []byte("#!")) {
			continue
		}
		words := bytes.Fields(line)
		switch {
		case from:
			_, ok := command.Commands[strings.ToLower(string(words[0]))]
			return ok
		case bytes.EqualFold(words[0], []byte("ARG")) && len(words) == 2 && argument(words[1]):
		case bytes.EqualFold(words[0], []byte("FROM")) && fromImage(words[1:]):
			from = true
		default:
			return false
		}
	}
	return from
}

// fromImage tells whether words are the arguments of FROM: an image, and perhaps AS and a name.
func fromImage(words [][]byte) bool {
	for len(words) > 0 && bytes.HasPrefix(words[0], []byte("--")) {
		words = words[1:]
	}
	switch {
	case len(words) == 1, len(words) == 3 && bytes.EqualFold(words[1], []byte("AS")):
		return imageLike(words[0])
	}
	return false
}

func argument(word []byte) bool {
	name, _, _ := bytes.Cut(word, []byte("="))
	for _, c := range name {
		if !nameByte(c) {
			return false
		}
	}
	return len(name) > 0
}

// imageLike tells whether a word can be an image: a repository is in lower case, and a word that ends
// in punctuation ends a sentence.
func imageLike(word []byte) bool {
	repository := word
	if i := bytes.IndexAny(word, ":@$"); i >= 0 {
		repository = word[:i]
	}
	for _, c := range word {
		if !nameByte(c) && strings.IndexByte("./:@-+${}", c) < 0 {
			return false
		}
	}
	return bytes.Equal(repository, bytes.ToLower(repository)) && strings.IndexByte(".:,", word[len(word)-1]) < 0
}
