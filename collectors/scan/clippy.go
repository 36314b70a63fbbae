package scan

import (
	"path"
	"slices"
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
	if strings.Contains(strings.ToLower(path.Base(n.From.file)), "clippy") {
		r.Tool.Name = "clippy"
	}
	finished := false
	built := map[string]bool{}
	seen := map[string]bool{}
	for _, line := range n.List() {
		switch line.Key("reason").Text() {
		case "compiler-message":
			clippyMessage(line, seen, r, at)
		case "compiler-artifact":
			id := line.Key("package_id").Text()
			// Of a package whose build script alone was built, no code was looked at.
			if built[id] || slices.Contains(line.Key("target").Key("kind").Texts(), "custom-build") {
				continue
			}
			built[id] = true
			r.Subject.DependencyCount++
			if name, version, local := packageID(id); local {
				at.target(line, r, Target{Name: name, Class: "crate", Type: version, Packages: 1})
			}
		case "build-finished":
			finished = true
			if success := line.Key("success"); !success.Truth() {
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
	message := n.Key("message")
	level, text := message.Key("level").Text(), message.Key("message").Text()
	code := message.Key("code").Key("code").Text()
	spans := message.Key("spans").List()
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
	res.Package, res.Version, _ = packageID(n.Key("package_id").Text())
	res.Location = clippyPlace(spans)
	res.Target = res.Location.File
	res.Name = res.ID + "@" + res.Target
	// A file that several targets share is compiled for each.
	key := strings.Join([]string{res.Name, text, strconv.Itoa(res.Location.Line), strconv.Itoa(res.Location.Column)}, "\x00")
	if seen[key] {
		return
	}
	seen[key] = true
	n.From.files.bases[len(r.Results)] = path.Dir(plainPath(n.Key("manifest_path").Text()))
	at.result(n, r, res)
}

// clippyPlace is the first primary span. Code that a macro made stands where the macro was called.
func clippyPlace(spans []node) Location {
	for _, span := range spans {
		if !span.Key("is_primary").Truth() {
			continue
		}
		for range 32 {
			outer := span.Key("expansion").Key("span")
			file := span.Key("file_name").Text()
			if !outer.IsObject() || !strings.HasPrefix(file, "<") && !path.IsAbs(plainPath(file)) {
				break
			}
			span = outer
		}
		return Location{
			File: span.Key("file_name").Text(), Line: span.Key("line_start").Position(), Column: span.Key("column_start").Position(),
			EndLine: span.Key("line_end").Position(), EndColumn: span.Key("column_end").Position(),
		}
	}
	return Location{}
}
