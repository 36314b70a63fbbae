package gate

import (
	"cmp"
	"path"
	"slices"

	"sallyport/internal/finding"
)

// maxPlaces bounds how many further places one finding names.
const maxPlaces = 20

// once makes one finding of those about a database that the whole run has: each kind that is audited with it has a rule about its
// age, and every document would say the same. The strictest stays, and among equals the one about a lock file; the others become
// related places.
func once(found []finding.Finding) []finding.Finding {
	heads := map[string]int{}
	for i := range found {
		if key := matter(&found[i]); key != "" {
			if h, ok := heads[key]; !ok || before(&found[i], &found[h]) {
				heads[key] = i
			}
		}
	}
	if len(heads) == 0 {
		return found
	}
	for i := range found {
		f := &found[i]
		if h, ok := heads[matter(f)]; ok && h != i && len(found[h].Related) < maxPlaces {
			found[h].Related = append(slices.Clip(found[h].Related), f.Place)
		}
	}
	kept := make([]finding.Finding, 0, len(found))
	for i := range found {
		if h, ok := heads[matter(&found[i])]; !ok || h == i {
			kept = append(kept, found[i])
		}
	}
	return kept
}

// matter is what a finding says of a database; "" for one that is about something else.
func matter(f *finding.Finding) string {
	database := f.Properties["database"]
	if database == "" {
		return ""
	}
	return path.Base(f.Rule.Name) + "\x00" + database
}

func before(a, b *finding.Finding) bool {
	lock := func(f *finding.Finding) int {
		if f.Document.Kind == "cargo_lock" {
			return 1
		}
		return 0
	}
	n := cmp.Or(int(a.Severity)-int(b.Severity), lock(a)-lock(b))
	return n > 0
}
