package sbom

import "strings"

// maxLocations bounds how many places a component has: what is there a thousand times needs no list of them.
const maxLocations = 20

// cycloneLocations are the occurrences of a component, and what syft and Trivy put into properties
// (syft:location:0:path, aquasecurity:trivy:FilePath).
func cycloneLocations(m map[string]any) []Location {
	var found []Location
	for _, o := range list(object(m, "evidence"), "occurrences") {
		if o, ok := o.(map[string]any); ok && text(o, "location") != "" && len(found) < maxLocations {
			found = append(found, Location{Name: text(o, "location")})
		}
	}
	if len(found) > 0 {
		return found
	}
	open := "" // the number of syft's location that is being read
	for _, p := range list(m, "properties") {
		p, _ := p.(map[string]any)
		name := text(p, "name")
		var number, field string
		switch {
		case strings.HasPrefix(name, "syft:location:"):
			number, field, _ = strings.Cut(name[len("syft:location:"):], ":")
		case name == "aquasecurity:trivy:FilePath":
			number, field = "trivy", "path"
		case name == "aquasecurity:trivy:LayerDiffID":
			number, field = "trivy", "layerID"
		}
		if field != "path" && field != "layerID" {
			continue
		}
		if number != open || len(found) == 0 {
			if len(found) == maxLocations {
				break
			}
			found, open = append(found, Location{}), number
		}
		if l := &found[len(found)-1]; field == "path" {
			l.Name = text(p, "value")
		} else {
			l.Layer = text(p, "value")
		}
	}
	return found
}

// elsewhereFrom tells of a source in cargo's notation that is not crates.io.
func elsewhereFrom(source string) bool {
	kind, rest, _ := strings.Cut(source, "+")
	return kind == "git" || kind == "path" ||
		(kind == "registry" || kind == "sparse") && !strings.Contains(rest, "github.com/rust-lang/crates.io-index") && !strings.Contains(rest, "index.crates.io")
}

// cycloneLocal tells of a crate that comes from a git repository, or from nowhere, by the reference to its distribution. Syft writes one
// for each package of a lock file that has a source.
func cycloneLocal(m map[string]any) bool {
	if !strings.HasPrefix(text(m, "purl"), "pkg:cargo/") {
		return false
	}
	for _, r := range list(m, "externalReferences") {
		if r, ok := r.(map[string]any); ok && text(r, "type") == "distribution" {
			return elsewhereFrom(text(r, "url"))
		}
	}
	for _, p := range list(m, "properties") {
		if p, ok := p.(map[string]any); ok && text(p, "name") == "syft:package:metadataType" {
			return text(p, "value") == "rust-cargo-lock-entry"
		}
	}
	return false
}

// syftLocations are those of an artifact of syft.
func syftLocations(m map[string]any) []Location {
	var found []Location
	for _, l := range list(m, "locations") {
		if l, ok := l.(map[string]any); ok && text(l, "path") != "" && len(found) < maxLocations {
			found = append(found, Location{Name: text(l, "path"), Layer: text(l, "layerID")})
		}
	}
	return found
}

// maxUnread bounds how many files are named that could not be read.
const maxUnread = 20

// unread notes a file of syft's that it could not read.
func (b *builder) unread(file map[string]any) {
	reasons := list(file, "unknowns")
	if len(reasons) == 0 {
		return
	}
	o := b.out
	if o.UnreadCount++; len(o.Unread) < maxUnread {
		reason, _ := reasons[0].(string)
		o.Unread = append(o.Unread, Unread{text(object(file, "location"), "path"), strings.Join(strings.Fields(reason), " ")})
	}
}
