package admission

import (
	"context"
	"reflect"

	"sallyport/internal/gate"
)

// inherit finds the violations that the object had before: they do not deny where the binding says so, nor where the update
// leaves alone all but metadata. What annotations add is new. It tells whether the object could not be decided before, either.
func (d *Decider) inherit(ctx context.Context, r *request, bound []applied, judged []Judged, unchanged bool) (failed bool) {
	onlyNew := map[string]bool{}
	for _, a := range bound {
		onlyNew[a.Name] = a.OnlyNew
	}
	old := d.evaluate(ctx, d.subject(r, r.old), bound)
	before := map[string]int{}
	for i := range old.judged {
		before[gate.Identity(&old.judged[i].Finding)]++
	}
	for i := range judged {
		j := &judged[i]
		// Each is counted, whatever it does: one that was there once is not there twice.
		id := gate.Identity(&j.Finding)
		before[id]--
		if !j.Denies {
			continue
		}
		j.Inherited = before[id] >= 0
		j.Denies = !j.Inherited || !unchanged && !onlyNew[j.Binding]
	}
	return old.failed
}

// sameButMetadata tells whether two versions of an object differ in metadata and status alone: then its finalizers can be
// taken off, whatever its findings are.
func sameButMetadata(a, b map[string]any) bool {
	for _, pair := range [][2]map[string]any{{a, b}, {b, a}} {
		for key, v := range pair[0] {
			if key == "metadata" || key == "status" {
				continue
			}
			if other, ok := pair[1][key]; !ok || !reflect.DeepEqual(v, other) {
				return false
			}
		}
	}
	return true
}
