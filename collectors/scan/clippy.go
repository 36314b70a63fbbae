package scan

import (
	"path"
	"strconv"
	"strings"

	"sallyport/internal/fact"
)

// clippy reads what cargo writes with --message-format=json
// (https://doc.rust-lang.org/cargo/reference/external-tools.html#json-messages): messages of the compiler, what was built,
// and how it ended. cargo check writes the same; the report is clippy's where a lint or the name of the file says so.
func clippy(n node, r *Report, at *origins) {
	at.parts = map[string]fact.Path{
		"results.id": {"message", "code"}, "results.title": {"message", "message"}, "results.level": {"message", "level"},
		"results.severity": {"message", "level"}, "results.package": {"package_id"}, "results.location": {"message", "spans"},
		"subject.targets.name": {"package_id"},
	}
	r.Tool.Name, r.Concern, r.Subject.Kind = "rustc", "lints", "workspace"
	if strings.Contains(strings.ToLower(path.Base(n.from.file)), "clippy") {
		r.Tool.Name = "clippy"
	}
	finished := false
	built := map[string]bool{}
	seen := map[string]bool{}
	for _, line := range n.list() {
		switch line.key("reason").text() {
		case "compiler-message":
			clippyMessage(line, seen, r, at)
		case "compiler-artifact":
			id := line.key("package_id").text()
			if built[id] {
				continue
			}
			built[id] = true
			r.Subject.DependencyCount++
			if name, version, local := packageID(id); local {
				at.target(line, r, Target{Name: name, Class: "crate", Type: version, Packages: 1})
			}
		case "build-finished":
			finished = true
			if success := line.key("success"); !success.truth() {
				at.failed(success, r, "build", "the build did not succeed")
			}
		}
	}
	if !finished {
		at.failed(n, r, "build", "the build did not come to its end: there is no build-finished message")
	}
}

// packageID reads the name and version of a package, and whether it lies in a folder of this machine, as members of
// the workspace do. Releases of cargo before 1.77 write "name 0.1.0 (path+file:///...)".
func packageID(id string) (name, version string, local bool) {
	if head, source, ok := strings.Cut(id, " ("); ok {
		name, version, _ = strings.Cut(head, " ")
		return name, version, strings.HasPrefix(source, "path+")
	}
	at, spec, _ := strings.Cut(id, "#")
	name, version, ok := strings.Cut(spec, "@")
	if !ok { // the name is the folder's
		name, version = path.Base(at), spec
	}
	return name, version, strings.HasPrefix(id, "path+")
}

func clippyMessage(n node, seen map[string]bool, r *Report, at *origins) {
	message := n.key("message")
	level, text := message.key("level").text(), message.key("message").text()
	code := message.key("code").key("code").text()
	spans := message.key("spans").list()
	if level != "warning" && !strings.HasPrefix(level, "error") ||
		code == "" && len(spans) == 0 && (strings.HasSuffix(text, " emitted") || strings.HasPrefix(text, "aborting due to")) {
		return // notes, and sums
	}
	if strings.HasPrefix(code, "clippy::") {
		r.Tool.Name = "clippy"
	}
	res := Result{Kind: "lint", ID: code, Level: level, Status: level, Title: firstSentence(text), Severity: "low"}
	if level != "warning" {
		res.Severity, res.Level, res.Status = "medium", "error", "error"
	}
	if res.ID == "" {
		res.ID = "rustc"
	}
	res.Package, res.Version, _ = packageID(n.key("package_id").text())
	res.Location = clippyPlace(spans)
	res.Target = res.Location.File
	res.Name = res.ID + "@" + res.Target
	// A file that several targets share is compiled for each.
	key := strings.Join([]string{res.Name, text, strconv.Itoa(res.Location.Line), strconv.Itoa(res.Location.Column)}, "\x00")
	if seen[key] {
		return
	}
	seen[key] = true
	n.from.files.bases[len(r.Results)] = path.Dir(plainPath(n.key("manifest_path").text()))
	at.result(n, r, res)
}

// clippyPlace is the first primary span. Code that a macro made stands where the macro was called.
func clippyPlace(spans []node) Location {
	for _, span := range spans {
		if !span.key("is_primary").truth() {
			continue
		}
		for range 32 {
			outer := span.key("expansion").key("span")
			file := span.key("file_name").text()
			if !outer.object() || !strings.HasPrefix(file, "<") && !path.IsAbs(plainPath(file)) {
				break
			}
			span = outer
		}
		return Location{
			File: span.key("file_name").text(), Line: span.key("line_start").position(), Column: span.key("column_start").position(),
			EndLine: span.key("line_end").position(), EndColumn: span.key("column_end").position(),
		}
	}
	return Location{}
}
