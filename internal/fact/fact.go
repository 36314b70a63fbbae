// Package fact is the vocabulary of the gate: what a document is, where its facts stand, and what a
// collector does. It imports the standard library alone, because everything compiles against it.
package fact

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
)

// A Document is one parsed artifact, and the input of every rule of its Kind.
type Document struct {
	// Kind is the folder under policies/ whose rules see the document: "dockerfile".
	Kind string
	// Path is slash-separated and relative to the root of the tree.
	Path string
	// Name tells the documents of one file apart, such as "Deployment/web/api"; "" where a file is one
	// document. Fingerprints use it.
	Name string
	// Facts is the collector's own struct. It encodes to JSON without a null and without a missing
	// key: absent is "", [], 0 or false. It has a field "path" that equals Path.
	Facts any
	// Spans answers where a fact stands. It is called for findings only, so it may do its work late.
	Spans Locator
	// Object is the object of a cluster that the document is; the zero value for any other document.
	Object Object
	// Fields writes a place as the artifact's own format has it, the form for people first: spec.containers[0].image,
	// spec.containers[app].image. It may be nil, and answers nothing for what has no place of its own.
	Fields func(Path) []string
	// Anchors are the places that rules over many documents blame most. They stay known when the facts are let go of; any
	// other place means to collect the document again.
	Anchors []Path
	// Secrets are the values that no output may hold: reports replace each by its masked form.
	Secrets []string
	// Files are the further files that went into the document, such as drop-ins and env files.
	Files []string
}

// An Object says which object of a cluster a document is.
type Object struct {
	// Namespace is "" where the object has none, or leaves it to whoever applies it.
	Namespace, Kind, Name string
	// Labels are the object's own; nil where they are not known.
	Labels map[string]string
	// Key stands for the object, and for all that a controller of the cluster makes from it: "Deployment/payments" for a pod of that
	// Deployment, too.
	Key string
	// Owners are those that a controller made the object for: "ReplicaSet/payments-7f9c", "Deployment/payments". Only a controller
	// of the cluster can vouch for them, so that files have none.
	Owners []string
	// Live is true for an object that is sent to a cluster, or is in it: then it has no file.
	Live bool
}

// A Collector turns files into documents of one kind. It reads through fsys alone: it opens no other
// file, dials nothing and runs nothing.
type Collector struct {
	// Kind names the documents: lower case, words joined by "_".
	Kind string
	// Example is the file name under which a rule's example is collected when it gives none: "Dockerfile".
	Example string
	// Facts is a zero value of the struct that Document.Facts holds; schemas are generated from it.
	Facts any
	// Evidence marks kinds that a build produces (reports): they are read even where git ignores them.
	Evidence bool
	// Streams marks collectors that read a file piece by piece and bound by themselves what they keep of it: the
	// limit on the size of a file does not hold for what they open, and a document of theirs is not collected
	// a second time.
	Streams bool
	// Derived marks collectors whose documents the run makes by itself of what another kind reads: nobody has brought them, so
	// they are none of the evidence that a configuration demands.
	Derived bool
	// Match tells by path, and by the first bytes of the file where a path says too little, whether
	// Collect wants the file. head is up to HeadSize bytes. It must not be expensive: it sees every file.
	Match func(path string, head []byte) bool
	// Collect reads the file. It returns the documents that it could make together with an error that
	// joins what went wrong; a mistake in the input is an *Error.
	Collect func(ctx context.Context, fsys fs.FS, path string) ([]Document, error)
}

// HeadSize bounds the part of a file that Match sees, in bytes.
const HeadSize = 4096

// An Error is a mistake in an artifact: where it is, what is wrong, and what to do about it.
type Error struct {
	File string
	// Line and Column count from 1; 0 is unknown.
	Line, Column int
	Msg          string
	// Hint is what to do, as one imperative sentence; it may be empty.
	Hint string
}

func (e *Error) Error() string {
	s := e.File + ": "
	switch {
	case e.Line > 0 && e.Column > 0:
		s = fmt.Sprintf("%s:%d:%d: ", e.File, e.Line, e.Column)
	case e.Line > 0:
		s = fmt.Sprintf("%s:%d: ", e.File, e.Line)
	}
	s += e.Msg
	if e.Hint != "" {
		s += ": " + e.Hint
	}
	return s
}

// Errors flattens joined errors into the single ones, in order.
func Errors(err error) []error {
	if err == nil {
		return nil
	}
	var joined interface{ Unwrap() []error }
	if errors.As(err, &joined) {
		var all []error
		for _, e := range joined.Unwrap() {
			all = append(all, Errors(e)...)
		}
		return all
	}
	return []error{err}
}
