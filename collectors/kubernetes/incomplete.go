package kubernetes

import (
	"sallyport/internal/fact"
	"sallyport/internal/syntax"
)

// incomplete says which documents of a file are no objects, and why: kubectl refuses them, so that nobody can have meant
// them so. Of a file without objects, only what has all but one of the keys of an object was meant as one.
func incomplete(name string, trees []syntax.Tree) (errs []error) {
	some := false
	for _, tree := range trees {
		version, class := identify(tree.Value)
		some = some || version != "" && class != ""
	}
	for _, tree := range trees {
		version, class := identify(tree.Value)
		o, _ := tree.Value.(map[string]any)
		if len(o) == 0 || version != "" && class != "" || !some && (version == "" && class == "" || !objectLike(o)) {
			continue
		}
		msg := "this is no object, because it has neither apiVersion nor kind"
		switch {
		case version != "":
			msg = "this is no object, because it has no kind"
		case class != "":
			msg = "this " + class + " is no object, because it has no apiVersion"
		}
		e := &fact.Error{File: name, Msg: msg, Hint: "write apiVersion and kind, as kubectl demands, or name a patch in the kustomization that applies it"}
		if place, ok := tree.Spans(nil); ok {
			e.Line, e.Column = place.Line, place.Column
		}
		errs = append(errs, e)
	}
	return errs
}

func identify(v any) (version, class string) {
	o, _ := v.(map[string]any)
	version, _ = o["apiVersion"].(string)
	class, _ = o["kind"].(string)
	return version, class
}

func objectLike(o map[string]any) bool {
	_, named := o["metadata"].(map[string]any)
	return named && (o["spec"] != nil || o["data"] != nil || o["stringData"] != nil)
}
