package scan

import (
	"slices"
	"strings"

	"sallyport/internal/cvss"
	"sallyport/internal/fact"
	"sallyport/internal/secret"
)

// trivySchema is the version of Trivy's report that is read: the only one since release 0.20.
const trivySchema = 2

// trivy reads Trivy's types.Report (https://trivy.dev/docs/latest/configuration/reporting/). The text of
// a secret stands in Match and Code; neither is read.
func trivy(n node, r *Report, at *origins) {
	at.fields = map[string]fact.Path{
		"tool": {"Trivy"}, "tool.version": {"Trivy", "Version"}, "created": {"CreatedAt"},
		"subject": {"ArtifactName"}, "subject.name": {"ArtifactName"}, "subject.kind": {"ArtifactType"},
		"subject.targets": {"Results"}, "results": {"Results"}, "subject.digests": {"Metadata"},
		"subject.commit": {"Metadata", "Commit"}, "subject.system": {"Metadata", "OS"},
	}
	trivyParts(at)
	schema := n.key("SchemaVersion").need()
	if v := schema.number(); v != trivySchema && !schema.absent() {
		n.from.useless = true
		schema.mistake("version %d of Trivy's report is not known, only %d is", v, trivySchema)
		return
	}
	r.Tool = Tool{Name: "trivy", Version: n.key("Trivy").key("Version").text()}
	r.Created = n.key("CreatedAt").time()
	r.Subject.Name = n.key("ArtifactName").text()
	r.Subject.Kind = artifactKind(n.key("ArtifactType").text())
	imageDigests(n.key("Metadata"), r, at)
	imageSecrets(n.key("Metadata").key("ImageConfig"))
	r.Subject.Commit = n.key("Metadata").key("Commit").text()
	if os := n.key("Metadata").key("OS"); !os.absent() {
		r.Subject.system(os.key("Family").text(), os.key("Name").text(), os.key("EOSL").truth())
	}
	trivyTargets(n.key("Results"), "", r, at)
}

// trivyTargets reads the results, whose targets lie in what prefix names.
func trivyTargets(n node, prefix string, r *Report, at *origins) {
	for _, target := range n.list() {
		t := Target{
			Name: prefix + target.key("Target").text(), Class: target.key("Class").text(),
			Type: target.key("Type").text(), Packages: len(target.key("Packages").list()),
		}
		r.Subject.DependencyCount += t.Packages
		at.target(target, r, t)
		trivyResults(target, t.Name, r, at)
		for _, ignore := range target.key("ExperimentalModifiedFindings").list() {
			trivyIgnore(ignore, r, at)
		}
	}
}

// trivyList reads a report of a release before 0.20, which is the list of results alone.
func trivyList(n node, r *Report, at *origins) {
	trivyParts(at)
	r.Tool.Name = "trivy"
	trivyTargets(n, "", r, at)
}

// trivyCluster reads the report of trivy k8s: results by object. Newer releases list the objects once, older ones by
// what was looked for.
func trivyCluster(n node, r *Report, at *origins) {
	trivyParts(at)
	at.fields = map[string]fact.Path{"subject": {"ClusterName"}, "subject.name": {"ClusterName"}}
	r.Tool.Name = "trivy"
	r.Created = n.key("CreatedAt").time()
	r.Subject.Kind, r.Subject.Name = "cluster", n.key("ClusterName").text()
	for _, list := range []string{"Resources", "Vulnerabilities", "Misconfigurations"} {
		for _, object := range n.key(list).list() {
			name := strings.TrimPrefix(object.key("Namespace").text()+"/"+object.key("Kind").text()+"/"+object.key("Name").text(), "/")
			trivyTargets(object.key("Results"), name+" ", r, at)
			if said := object.key("Error"); !said.absent() && said.text() != "" {
				at.failed(said, r, name, said.text())
			}
		}
	}
}

func trivyParts(at *origins) {
	at.parts = map[string]fact.Path{"subject.targets.name": {"Target"}, "subject.targets.type": {"Type"}}
	for name, key := range map[string]string{
		"package": "PkgName", "version": "InstalledVersion",
		"severity": "Severity", "title": "Title", "fixed_versions": "FixedVersion", "status": "Status",
	} {
		at.parts["results."+name] = fact.Path{key}
	}
}

func artifactKind(word string) string {
	if word == "container_image" {
		return "image"
	}
	return word
}

func imageDigests(n node, r *Report, at *origins) {
	add := func(n node, digest string) {
		if digest != "" && !slices.Contains(r.Subject.Digests, digest) {
			r.Subject.Digests = append(r.Subject.Digests, digest)
			at.add("subject.digests", n)
		}
	}
	add(n.key("ImageID"), n.key("ImageID").text())
	for _, repository := range n.key("RepoDigests").list() {
		_, digest, _ := strings.Cut(repository.text(), "@")
		add(repository, digest)
	}
}

func trivyResults(n node, target string, r *Report, at *origins) {
	add := func(n node, res Result, name string) {
		res.Target, res.Name = target, name
		res.Severity = cvss.Word(n.key("Severity").text())
		if res.Status == "" {
			res.Status = strings.ToLower(n.key("Status").text())
		}
		at.result(n, r, res)
	}
	for _, v := range n.key("Vulnerabilities").list() {
		res := Result{
			Kind: "vulnerability", ID: v.key("VulnerabilityID").text(), Title: v.key("Title").text(),
			Package: v.key("PkgName").text(), Version: v.key("InstalledVersion").text(),
			Aliases: v.key("VendorIDs").texts(), FixedVersions: commas(v.key("FixedVersion").text()),
		}
		add(v, res, res.ID+"@"+res.Package+"@"+res.Version)
	}
	for _, m := range n.key("Misconfigurations").list() {
		res := Result{
			Kind: "misconfiguration", ID: m.key("ID").text(), Title: m.key("Title").text(),
			Aliases: some(m.key("AVDID").text()),
		}
		cause := m.key("CauseMetadata")
		res.Location = Location{File: target, Line: cause.key("StartLine").position(), EndLine: cause.key("EndLine").position()}
		add(m, res, res.ID+"@"+target)
	}
	for _, s := range n.key("Secrets").list() {
		res := Result{Kind: "secret", ID: s.key("RuleID").text(), Title: s.key("Title").text(), Status: "found"}
		res.Location = Location{File: target, Line: s.key("StartLine").position(), EndLine: s.key("EndLine").position()}
		add(s, res, res.ID+"@"+target)
		secretText(s)
	}
	for _, l := range n.key("Licenses").list() {
		res := Result{
			Kind: "license", ID: l.key("Name").text(), Title: l.key("Category").text(),
			Package: l.key("PkgName").text(), Status: "found",
		}
		add(l, res, res.ID+"@"+res.Package)
	}
}

func trivyIgnore(n node, r *Report, at *origins) {
	finding := n.key("Finding")
	i := Ignore{Status: n.key("Status").text(), Source: n.key("Source").text(), Reason: n.key("Statement").text()}
	for _, key := range []string{"VulnerabilityID", "ID", "RuleID", "Name"} {
		if i.ID == "" {
			i.ID = finding.key(key).text()
		}
	}
	if pkg := finding.key("PkgName").text(); pkg != "" {
		i.Package = strings.TrimSuffix(pkg+"@"+finding.key("InstalledVersion").text(), "@")
	}
	at.ignored(n, r, i)
}

// imageSecrets keeps the image's environment and history out of every output: a report on one line shows
// them next to whatever is found.
func imageSecrets(n node) {
	for _, v := range n.key("config").key("Env").list() {
		name, value, _ := strings.Cut(v.text(), "=")
		n.from.secrets = append(n.from.secrets, secret.Values(name, value)...)
	}
	for _, layer := range n.key("history").list() {
		for _, hit := range secret.Find(layer.key("created_by").text()) {
			n.from.secrets = append(n.from.secrets, hit.Value)
		}
	}
}

// secretText keeps what Trivy shows of a secret out of every output. Trivy masks it, as far as its rule
// knows where the secret ends.
func secretText(n node) {
	texts := []string{n.key("Match").text()}
	for _, line := range n.key("Code").key("Lines").list() {
		if line.key("IsCause").truth() {
			texts = append(texts, line.key("Content").text(), line.key("Highlighted").text())
		}
	}
	for _, text := range texts {
		if len(text) >= minSecret {
			n.from.secrets = append(n.from.secrets, text)
		}
	}
}

// minSecret is the shortest excerpt that is kept back; shorter ones would hide words of the report.
const minSecret = 8

func commas(text string) []string {
	parts := []string{}
	for part := range strings.SplitSeq(text, ",") {
		if part = strings.TrimSpace(part); part != "" {
			parts = append(parts, part)
		}
	}
	return parts
}

func some(text string) []string {
	if text == "" {
		return []string{}
	}
	return []string{text}
}
