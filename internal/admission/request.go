package admission

import (
	"fmt"

	"sallyport/internal/fact"
	"sallyport/internal/syntax"
)

// maxDepth bounds the nesting of a review. The schemas that resource definitions hold are nested deeper than anything else.
const maxDepth = 500

// A request is a review that could be read.
type request struct {
	uid, operation, namespace, name, user, sub string
	group, version, kind, resource             string
	dryRun                                     bool
	object, old                                map[string]any
}

// read decodes a body, once. An error is for whoever sent it.
func read(body []byte) (*request, error) {
	v, err := syntax.Values("the body", body, maxDepth)
	if err != nil {
		return nil, err
	}
	review, ok := v.(map[string]any)
	if !ok {
		return nil, invalid("no AdmissionReview: the body is no JSON object")
	}
	version, _ := review["apiVersion"].(string)
	class, _ := review["kind"].(string)
	switch {
	case class != "AdmissionReview":
		return nil, invalid("no AdmissionReview: its kind is %q", short(class))
	case version == "admission.k8s.io/v1beta1":
		return nil, invalid("AdmissionReview v1beta1 is not served: set admissionReviewVersions to [v1] in the webhook configuration")
	case version != "admission.k8s.io/v1":
		return nil, invalid("no AdmissionReview v1: its apiVersion is %q", short(version))
	}
	d := decoder{}
	in := d.object(review, "request", true)
	if d.err != nil {
		return nil, d.err
	}
	r := &request{
		uid: d.text(in, "uid", true), operation: d.text(in, "operation", true), namespace: d.text(in, "namespace", false),
		name: d.text(in, "name", false), sub: d.text(in, "subResource", false),
	}
	k := d.object(in, "kind", true)
	r.group, r.version, r.kind = d.text(k, "group", false), d.text(k, "version", false), d.text(k, "kind", true)
	r.resource = d.text(d.object(in, "resource", false), "resource", false)
	r.user = d.text(d.object(in, "userInfo", false), "username", false)
	r.object, r.old = d.object(in, "object", false), d.object(in, "oldObject", false)
	switch dry := in["dryRun"].(type) {
	case nil:
	case bool:
		r.dryRun = dry
	default:
		d.fail("request.dryRun is no boolean")
	}
	switch r.operation {
	case "CREATE", "UPDATE":
		if r.object == nil {
			d.fail("request.object is missing, and the operation is %s", r.operation)
		}
	case "DELETE", "CONNECT":
	default:
		d.fail("there is no operation %q", short(r.operation))
	}
	return r, d.err
}

func invalid(format string, args ...any) error {
	return &fact.Error{File: "the body", Msg: fmt.Sprintf(format, args...)}
}

// A decoder takes fields out of JSON objects, and keeps the first mistake.
type decoder struct{ err error }

func (d *decoder) fail(format string, args ...any) {
	if d.err == nil {
		d.err = invalid(format, args...)
	}
}

func (d *decoder) text(m map[string]any, key string, must bool) string {
	s, ok := m[key].(string)
	switch {
	case !ok && m[key] != nil:
		d.fail("the field %s of the request is no string", key)
	case s == "" && must:
		d.fail("the request has no %s", key)
	}
	return s
}

func (d *decoder) object(m map[string]any, key string, must bool) map[string]any {
	v, ok := m[key].(map[string]any)
	switch {
	case !ok && m[key] != nil:
		d.fail("the field %s of the request is no object", key)
	case v == nil && must:
		d.fail("the review has no %s", key)
	}
	return v
}

// short bounds text that a message repeats.
func short(s string) string { return cut(s, 100) }
