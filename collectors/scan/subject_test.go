package scan

import (
	"fmt"
	"testing"
	"testing/fstest"
)

const head = "4b825dc642cb6eb9a060e54bf8d69288fbee4904"

// collected is the first report of a text, judged at a commit.
func collected(t *testing.T, name, text, commit string) Report {
	t.Helper()
	c := New(Options{Commit: func() string { return commit }})
	docs, err := c.Collect(t.Context(), fstest.MapFS{name: {Data: []byte(text)}}, name)
	if err != nil || len(docs) == 0 {
		t.Fatal(err)
	}
	return docs[0].Facts.(Report)
}

func TestCommit(t *testing.T) {
	sarif := func(revisions ...string) string {
		list := ""
		for i, r := range revisions {
			if i > 0 {
				list += ","
			}
			list += fmt.Sprintf(`{"repositoryUri": "https://git.example/%d", "revisionId": %q}`, i, r)
		}
		return fmt.Sprintf(`{"version": "2.1.0", "runs": [{"tool": {"driver": {"name": "CodeQL"}}, "versionControlProvenance": [%s], "results": []}]}`, list)
	}
	for _, c := range []struct {
		text, at string
		other    bool
	}{
		{sarif(head), head, false},
		{sarif("4B825DC"), head, false},
		{sarif(head), "4b825dc642", false},
		{sarif("1111111111111111111111111111111111111111"), head, true},
		{sarif("1111111111111111111111111111111111111111", head), head, false}, // a submodule beside it
		{sarif("1111111111111111111111111111111111111111"), "", false},
		{sarif("r4711"), head, false}, // of another system
		{sarif(), head, false},
		{`{"SchemaVersion": 2, "ArtifactName": ".", "Metadata": {"Commit": "1111111111111111111111111111111111111111"}, "Results": []}`, head, true},
		// The commit of a leak is where it came in, and not what was looked at.
		{`[{"RuleID": "x", "Description": "d", "File": "a", "StartLine": 1, "Secret": "abcdefgh", "Match": "m", "Commit": "1111111111111111111111111111111111111111"}]`, head, false},
	} {
		r := collected(t, "report.json", c.text, c.at)
		if r.Subject.OtherCommit != c.other || r.Subject.Current != c.at {
			t.Errorf("%.200s at %q: other %v, current %q", c.text, c.at, r.Subject.OtherCommit, r.Subject.Current)
		}
	}
}

// TestCommitted holds when a report about an earlier commit is about the files that are checked out.
func TestCommitted(t *testing.T) {
	const earlier = "1111111111111111111111111111111111111111"
	code := fmt.Sprintf(`{"version": "2.1.0", "runs": [{"tool": {"driver": {"name": "CodeQL"}}, "versionControlProvenance": [{"repositoryUri": "u", "revisionId": %q}], "results": []}]}`, earlier)
	trivy := func(class string) string {
		return fmt.Sprintf(`{"SchemaVersion": 2, "ArtifactName": ".", "ArtifactType": "filesystem", "Metadata": {"Commit": %q}, "Results": [{"Target": "Cargo.lock", "Class": %q, "Type": "cargo"}]}`, earlier, class)
	}
	for name, c := range map[string]struct {
		text    string
		changed []string
		ok      bool
		other   bool
		count   int
	}{
		"nothing but evidence changed":      {code, nil, true, false, 0},
		"the source changed":                {code, []string{"a", "b", "c", "d", "e", "f"}, true, true, 6},
		"the commit is not in the clone":    {code, nil, false, true, 0},
		"another file than the lock file":   {trivy("lang-pkgs"), []string{"src/main.rs"}, true, false, 0},
		"the lock file":                     {trivy("lang-pkgs"), []string{"Cargo.lock", "src/main.rs"}, true, true, 1},
		"a scan of more than the lock file": {trivy("config"), []string{"src/main.rs"}, true, true, 1},
	} {
		col := New(Options{Commit: func() string { return head }, Changed: func(commit string) ([]string, bool) {
			if commit != earlier {
				t.Errorf("%s: asked for %s", name, commit)
			}
			return c.changed, c.ok
		}})
		docs, err := col.Collect(t.Context(), fstest.MapFS{"r.json": {Data: []byte(c.text)}, "Cargo.lock": {Data: []byte("version = 4")}}, "r.json")
		if err != nil {
			t.Fatal(err)
		}
		s := docs[0].Facts.(Report).Subject
		if s.OtherCommit != c.other || s.Compared != c.ok || s.ChangedCount != c.count || len(s.Changed) != min(c.count, maxNamed) {
			t.Errorf("%s: %+v", name, s)
		}
	}
}

func TestSystem(t *testing.T) {
	trivy := collected(t, "t.json", `{"SchemaVersion": 2, "ArtifactName": "a", "Metadata": {"OS": {"Family": "alpine", "Name": "3.10.2", "EOSL": true}}, "Results": []}`, "")
	if s := trivy.Subject; s.System != "alpine 3.10.2" || !s.Unsupported {
		t.Errorf("%+v", s)
	}
	grype := collected(t, "g.json", `{
  "matches": [{"vulnerability": {"id": "CVE-2021-1", "severity": "Medium", "fix": {"versions": [], "state": ""},
    "epss": [{"cve": "CVE-2021-1", "epss": 0.94358, "percentile": 0.99, "date": "2026-11-01"}], "knownExploited": [{"cve": "CVE-2021-1"}]},
    "artifact": {"name": "a", "version": "1", "type": "deb"}}],
  "alertsByPackage": [
    {"package": {"name": "a"}, "alerts": [{"type": "distro-eol", "message": "Package is from end-of-life distro: debian 8", "metadata": {"name": "debian", "version": "8"}}]},
    {"package": {"name": "b"}, "alerts": [{"type": "distro-unknown", "message": "Package is from unrecognized distro: x 1"}]},
    {"package": {"name": "c"}, "alerts": [{"type": "distro-unknown", "message": "Package is from unrecognized distro: x 1"}]}],
  "source": {"type": "image", "target": {"userInput": "a"}}, "distro": {"name": "debian", "version": "8", "idLike": []},
  "descriptor": {"name": "grype", "version": "0.110.0", "timestamp": "2026-11-19T09:00:00Z", "db": {"status": {"built": "2026-11-19T01:00:00Z"}}}}`, "")
	if s := grype.Subject; s.System != "debian 8" || !s.Unsupported {
		t.Errorf("%+v", s)
	}
	if r := grype.Results[0]; !r.Exploited || r.EPSS != 0.94358 {
		t.Errorf("%+v", r)
	}
	if f := grype.Failures; len(f) != 1 || f[0].Message != "packages were not compared: Package is from unrecognized distro: x 1" {
		t.Errorf("%+v", f)
	}
}
