package scan

import (
	"slices"
	"strings"
)

// maxNamed bounds how many files are named that have changed.
const maxNamed = 5

// compare tells whether the report is about other files than those that are checked out. A report that lies in the repository
// names an earlier commit than the one that brought it.
func (r *Report) compare(changed func(string) ([]string, bool)) {
	s := &r.Subject
	if !revision(s.Commit) || !revision(s.Current) || sameCommit(s.Commit, s.Current) {
		return
	}
	s.OtherCommit = true
	if changed == nil {
		return
	}
	paths, ok := changed(s.Commit)
	if !ok {
		return
	}
	s.Compared = true
	if named := r.lockFiles(); len(named) > 0 {
		paths = slices.DeleteFunc(slices.Clone(paths), func(p string) bool { return !named[p] })
	}
	s.ChangedCount, s.Changed = len(paths), append([]string{}, paths[:min(len(paths), maxNamed)]...)
	s.OtherCommit = len(paths) > 0
}

// lockFiles are the files that a report about vulnerabilities is about, where it names them all: it was made of them, and of
// nothing else of the tree.
func (r *Report) lockFiles() map[string]bool {
	if r.Concern != "vulnerabilities" || !r.Subject.Counted {
		return nil
	}
	named := map[string]bool{}
	for _, t := range r.Subject.Targets {
		if t.Class != "lang-pkgs" || t.Subject == "" || strings.Contains(t.Subject, ":") {
			return nil
		}
		named[t.Subject] = true
	}
	for i := range r.Results {
		if f := r.Results[i].Location.File; f != "" && r.Results[i].Location.Present {
			named[f] = true
		}
	}
	return named
}

func sameCommit(a, b string) bool {
	a, b = strings.ToLower(a), strings.ToLower(b)
	return strings.HasPrefix(a, b) || strings.HasPrefix(b, a)
}

// revision tells of what can be a commit of git, and not a number of another system or a branch.
func revision(text string) bool {
	return len(text) >= 7 && len(text) <= 64 && strings.Trim(strings.ToLower(text), "0123456789abcdef") == ""
}

// provenance picks the revision of a run of SARIF: of several, the one that is checked out.
func provenance(n node, r *Report) {
	for i, entry := range n.List() {
		commit := entry.Key("revisionId").Text()
		if i == 0 || r.Subject.Current != "" && revision(commit) && sameCommit(commit, r.Subject.Current) {
			r.Subject.Commit, r.Subject.Name = commit, entry.Key("repositoryUri").Text()
		}
	}
}

// system notes the operating system that was scanned.
func (s *Subject) system(name, version string, unsupported bool) {
	s.System = strings.TrimSpace(name + " " + version)
	s.Unsupported = s.Unsupported || unsupported
}

// grypeAlerts reads what Grype says about packages besides vulnerabilities: their distribution gets no advisories any more,
// or it is one that Grype does not compare (grype/presenter/models, AlertType).
func grypeAlerts(n node, r *Report, at *origins) {
	told := map[string]bool{}
	for _, pkg := range n.List() {
		for _, alert := range pkg.Key("alerts").List() {
			switch kind := alert.Key("type").Text(); kind {
			case "distro-eol":
				meta := alert.Key("metadata")
				r.Subject.system(meta.Key("name").Text(), meta.Key("version").Text(), true)
			case "distro-unknown", "distro-disabled":
				message := firstSentence(alert.Key("message").Text())
				if !told[message] {
					told[message] = true
					at.failed(alert, r, kind, "packages were not compared: "+message)
				}
			}
		}
	}
}
