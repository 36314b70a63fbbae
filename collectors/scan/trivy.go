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
	schema := n.Key("SchemaVersion").Need()
	if v := schema.Count(); v != trivySchema && !schema.Absent() {
		n.From.useless = true
		schema.Mistake("version %d of Trivy's report is not known, only %d is", v, trivySchema)
		return
	}
	r.Tool = Tool{Name: "trivy", Version: n.Key("Trivy").Key("Version").Text()}
	r.Created = n.Key("CreatedAt").Time()
	r.Subject.Name = n.Key("ArtifactName").Text()
	r.Subject.Kind = artifactKind(n.Key("ArtifactType").Text())
	imageDigests(n.Key("Metadata"), r, at)
	imageSecrets(n.Key("Metadata").Key("ImageConfig"))
	r.Subject.Commit = n.Key("Metadata").Key("Commit").Text()
	if os := n.Key("Metadata").Key("OS"); !os.Absent() {
		r.Subject.system(os.Key("Family").Text(), os.Key("Name").Text(), os.Key("EOSL").Truth())
	}
	trivyTargets(n.Key("Results"), "", r, at)
}

// trivyTargets reads the results, whose targets lie in what prefix names.
func trivyTargets(n node, prefix string, r *Report, at *origins) {
	for _, target := range n.List() {
		t := Target{
			Name: prefix + target.Key("Target").Text(), Class: target.Key("Class").Text(),
			Type: target.Key("Type").Text(), Packages: len(target.Key("Packages").List()),
		}
		r.Subject.DependencyCount += t.Packages
		at.target(target, r, t)
		trivyResults(target, t.Name, r, at)
		for _, ignore := range target.Key("ExperimentalModifiedFindings").List() {
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

// trivyCluster reads the report of trivy k8s: results by object. Newer releases list the objects once, in a summary as
// findings, and older ones by what was looked for.
func trivyCluster(n node, r *Report, at *origins) {
	trivyParts(at)
	at.fields = map[string]fact.Path{"subject": {"ClusterName"}, "subject.name": {"ClusterName"}}
	r.Tool.Name = "trivy"
	r.Created = n.Key("CreatedAt").Time()
	r.Subject.Kind, r.Subject.Name = "cluster", n.Key("ClusterName").Text()
	for _, list := range []string{"Resources", "Findings", "Vulnerabilities", "Misconfigurations"} {
		for _, object := range n.Key(list).List() {
			name := strings.TrimPrefix(object.Key("Namespace").Text()+"/"+object.Key("Kind").Text()+"/"+object.Key("Name").Text(), "/")
			trivyTargets(object.Key("Results"), name+" ", r, at)
			if said := object.Key("Error"); !said.Absent() && said.Text() != "" {
				at.failed(said, r, name, said.Text())
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
	add(n.Key("ImageID"), n.Key("ImageID").Text())
	for _, repository := range n.Key("RepoDigests").List() {
		_, digest, _ := strings.Cut(repository.Text(), "@")
		add(repository, digest)
	}
}

func trivyResults(n node, target string, r *Report, at *origins) {
	add := func(n node, res Result, name string) {
		res.Target, res.Name = target, name
		res.Severity = cvss.Word(n.Key("Severity").Text())
		if res.Status == "" {
			res.Status = strings.ToLower(n.Key("Status").Text())
		}
		at.result(n, r, res)
	}
	for _, v := range n.Key("Vulnerabilities").List() {
		res := Result{
			Kind: "vulnerability", ID: v.Key("VulnerabilityID").Text(), Title: v.Key("Title").Text(),
			Package: v.Key("PkgName").Text(), Version: v.Key("InstalledVersion").Text(),
			Aliases: v.Key("VendorIDs").Texts(), FixedVersions: commas(v.Key("FixedVersion").Text()),
		}
		add(v, res, res.ID+"@"+res.Package+"@"+res.Version)
	}
	for _, m := range n.Key("Misconfigurations").List() {
		res := Result{
			Kind: "misconfiguration", ID: m.Key("ID").Text(), Title: m.Key("Title").Text(),
			Aliases: some(m.Key("AVDID").Text()),
		}
		cause := m.Key("CauseMetadata")
		res.Location = Location{File: target, Line: cause.Key("StartLine").Position(), EndLine: cause.Key("EndLine").Position()}
		add(m, res, res.ID+"@"+target)
	}
	for _, s := range n.Key("Secrets").List() {
		res := Result{Kind: "secret", ID: s.Key("RuleID").Text(), Title: s.Key("Title").Text(), Status: "found"}
		res.Location = Location{File: target, Line: s.Key("StartLine").Position(), EndLine: s.Key("EndLine").Position()}
		add(s, res, res.ID+"@"+target)
		secretText(s)
	}
	for _, l := range n.Key("Licenses").List() {
		res := Result{
			Kind: "license", ID: l.Key("Name").Text(), Title: l.Key("Category").Text(),
			Package: l.Key("PkgName").Text(), Status: "found",
		}
		add(l, res, res.ID+"@"+res.Package)
	}
}

func trivyIgnore(n node, r *Report, at *origins) {
	finding := n.Key("Finding")
	i := Ignore{Status: n.Key("Status").Text(), Source: n.Key("Source").Text(), Reason: n.Key("Statement").Text()}
	for _, key := range []string{"VulnerabilityID", "ID", "RuleID", "Name"} {
		if i.ID == "" {
			i.ID = finding.Key(key).Text()
		}
	}
	if pkg := finding.Key("PkgName").Text(); pkg != "" {
		i.Package = strings.TrimSuffix(pkg+"@"+finding.Key("InstalledVersion").Text(), "@")
	}
	at.ignored(n, r, i)
}

// imageSecrets keeps the image's environment and history out of every output: a report on one line shows
// them next to whatever is found.
func imageSecrets(n node) {
	for _, v := range n.Key("config").Key("Env").List() {
		name, value, _ := strings.Cut(v.Text(), "=")
		n.From.secrets = append(n.From.secrets, secret.Values(name, value)...)
	}
	for _, layer := range n.Key("history").List() {
		for _, hit := range secret.Find(layer.Key("created_by").Text()) {
			n.From.secrets = append(n.From.secrets, hit.Value)
		}
	}
}

// secretText keeps what Trivy shows of a secret out of every output. Trivy masks it, as far as its rule
// knows where the secret ends.
func secretText(n node) {
	texts := []string{n.Key("Match").Text()}
	for _, line := range n.Key("Code").Key("Lines").List() {
		if line.Key("IsCause").Truth() {
			texts = append(texts, line.Key("Content").Text(), line.Key("Highlighted").Text())
		}
	}
	for _, text := range texts {
		if len(text) >= minSecret {
			n.From.secrets = append(n.From.secrets, text)
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
