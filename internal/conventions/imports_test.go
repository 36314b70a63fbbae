package conventions

import (
	"fmt"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"testing/fstest"
)

// An importRule says what a package may import beyond the standard library; docs/architecture.md shows it.
type importRule struct {
	pkg, may string // regular expressions over import paths below the module and outside it
	because  string
}

const (
	vocabulary = `sallyport/internal/fact|sallyport/internal/finding`
	parsers    = `sallyport/internal/(fact|syntax|secret|shell|imageref|packages)`
)

var importTable = []importRule{
	{`internal/fact(/facttest)?`, `github.com/google/go-cmp/.*|sallyport/internal/fact`, "everything compiles against the vocabulary"},
	{`internal/finding`, `sallyport/internal/fact`, "everything compiles against the vocabulary"},
	{`internal/syntax/walk`, `sallyport/internal/fact`, "one kind of node walks reports and statements"},
	{`internal/syntax`, `sallyport/internal/fact|github.com/BurntSushi/toml.*|go.yaml.in/yaml/v3`, "one place knows each notation's parser"},
	{`internal/secret`, `github.com/zricethezav/gitleaks/v8/config|github.com/BurntSushi/toml|sallyport/internal/secret/.*`, "one component judges secrets for all collectors"},
	{`internal/packages`, ``, "the command lines of package managers, known without anything else"},
	{`internal/advisory`, `github.com/BurntSushi/toml|golang.org/x/mod/semver|github.com/google/osv-scalibr/semantic`, "one reading of advisory databases, for lock files and SBOMs"},
	{`internal/audit`, `sallyport/internal/(advisory|cvss)`, "one shape of what a database says about a package"},
	{`internal/auditable`, `sallyport/internal/(advisory|audit)`, "one reading of the lists of crates in programs, for files and for images"},
	{`internal/cvss`, `github.com/pandatix/go-cvss/.*`, "one rating of vectors, for advisories and reports"},
	{`internal/secret/labelled`, `sallyport/internal/secret`, "the measure of the secrets component, for its test and for the benchmark"},
	{`internal/shell`, `mvdan.cc/sh/v3/.*`, "the only place that knows a shell's grammar"},
	{`collectors/cargopolicy`, parsers + `|sallyport/internal/advisory`, "what an audit ignores is looked up where it is read"},
	{`collectors/(cargomanifest|cargometadata)`, parsers + `|sallyport/internal/spdx`, "a license is read where it is stated"},
	{`collectors/cargolock`, parsers + `|sallyport/internal/(advisory|audit)`, "a lock file is audited where it is read"},
	{`collectors/firewall`, parsers + `|sallyport/internal/firewall(/.*)?|github.com/bmatcuk/doublestar/v4`, "the filters of one host are put together where they are read"},
	{`collectors/dockerfile`, parsers + `|sallyport/internal/(suggest|spdx)|github.com/moby/buildkit/frontend/dockerfile/.*|github.com/moby/.*|github.com/docker/.*`, "the only place where buildkit appears"},
	{`collectors/sbom`, `sallyport/internal/(fact|syntax|spdx|advisory|audit)`, "bills of materials are read, and audited, in one place"},
	{`collectors/binary`, `sallyport/internal/(fact|advisory|audit|auditable)`, "programs are read by their own headers, and audited"},
	{`collectors/image`, parsers + `|sallyport/internal/(advisory|audit|auditable)|github.com/google/go-containerregistry/pkg/v1(/types)?|github.com/klauspost/compress/zstd`, "the only place where images are opened"},
	{`collectors/receipt`, parsers + `|sallyport/internal/(attest|syntax/walk)`, "statements are read where envelopes are opened"},
	{`internal/attest`, `github.com/secure-systems-lab/go-securesystemslib/dsse`, "the notation of evidence, for those who write it and those who read it"},
	{`internal/receipt`, `sallyport/internal/(attest|git|secret|tree)|github.com/go-git/go-git/v5/plumbing`, "the one place that runs a command for somebody"},
	{`collectors/scan`, parsers + `|sallyport/internal/(cvss|syntax/walk)`, "reports are read as one model"},
	{`collectors/[a-z]+`, parsers + `|github.com/bmatcuk/doublestar/v4|sallyport/internal/cvss|github.com/Masterminds/semver/v3|github.com/compose-spec/compose-go/.*|go.yaml.in/yaml/v3`, "a collector reads a format, and nothing else"},
	{`collectors`, `sallyport/collectors/.*|sallyport/internal/(fact|tree|advisory|attest)|sallyport/policies`, "the registry knows every collector"},
	{`policies`, ``, "Rego, and what embeds it"},
	{`internal/firewall`, `sallyport/internal/fact`, "what filters mean, whoever wrote them down"},
	{`internal/firewall/secgroup`, `sallyport/internal/(fact|firewall|syntax)`, "JSON with the place of every part is read in one place"},
	{`internal/firewall/firewalld/generate`, ``, "a table is made of what a package has"},
	{`internal/firewall/iptables`, `sallyport/internal/(fact|firewall|shell)`, "rules stand in shell scripts, and one package knows a shell's grammar"},
	{`internal/firewall/[a-z]+`, `sallyport/internal/(fact|firewall|suggest)(/.*)?|go.yaml.in/yaml/v3`, "each notation has its reader, and one package computes"},
	{`bundles/token`, ``, "a notation, and nothing else"},
	{`bundles/vm`, `sallyport/bundles/token|github.com/open-policy-agent/opa/v1/(ast|ir|topdown)`, "the machine knows values and code, neither rules nor findings; OPA's builtins are its own where it has none"},
	{`bundles/remote`, `sallyport/(bundles|internal/secret)|github.com/open-policy-agent/opa/.*|github.com/fsnotify/fsnotify|oras.land/oras-go/v2/.*|golang.org/x/mod/semver|github.com/prometheus/client_golang/prometheus`, "one package fetches bundles, through OPA's plugins"},
	{`bundles`, vocabulary + `|sallyport/internal/suggest|sallyport/bundles.*|github.com/open-policy-agent/opa/.*|github.com/BurntSushi/toml|go.yaml.in/yaml/v3`, "OPA stays replaceable: its API changes land in one package"},
	{`internal/report`, `sallyport/internal/(finding|fact)|github.com/charmbracelet/x/term|golang.org/x/mod/semver|github.com/clipperhouse/displaywidth`, "a reporter cannot decide anything"},
	{`internal/tree`, `sallyport/internal/(fact|finding|git)|github.com/go-git/go-git/v5/plumbing(/.*)?|github.com/bmatcuk/doublestar/v4|golang.org/x/sys/unix`, "one place opens the tree under test"},
	{`internal/git`, `sallyport/internal/(fact|finding)|github.com/go-git/.*`, "one place reads git objects"},
	{`internal/config`, `sallyport/internal/(attest|fact|finding|syntax|suggest)|github.com/bmatcuk/doublestar/v4`, "configuration is read once, strictly"},
	{`internal/gate`, vocabulary + `|sallyport/(bundles|collectors)|sallyport/internal/(secret|tree)`, "the gate judges and decides"},
	{`internal/cluster/watch`, `github.com/fsnotify/fsnotify`, "files change, whatever is in them"},
	{`internal/cluster/certs`, `sallyport/internal/cluster/watch|github.com/open-policy-agent/cert-controller/pkg/rotator|k8s.io/.*`, "what is served is kept valid, whoever serves it"},
	{`internal/cluster/namespaces`, `k8s.io/.*|github.com/prometheus/client_golang/prometheus`, "labels that bindings select by are known in one way"},
	{`internal/cluster/objects`, `sallyport/internal/syntax|k8s.io/.*`, "lists and watches, whoever asks for them"},
	{`internal/cluster/auditor`, vocabulary + `|sallyport/collectors/kubernetes|sallyport/internal/(admission|gate|cluster/objects)|k8s.io/.*`, "what a cluster holds is judged by the decider of the webhook"},
	{`internal/cluster/keeper`, `sallyport/bundles|sallyport/internal/(admission|config)`, "rules and configuration change together"},
	{`internal/cluster/server`, `sallyport/internal/(admission|finding|cluster/certs)|github.com/prometheus/client_golang/.*|go.opentelemetry.io/otel/.*|golang.org/x/sync/semaphore`, "the network's side of the webhook: it decides nothing"},
	{`internal/admission`, vocabulary + `|sallyport/(bundles|collectors(/kubernetes)?)|sallyport/internal/(config|gate|secret|syntax)`, "a review in, a decision out: neither the network nor the cluster"},
	{`internal/ruletest`, `sallyport/bundles|sallyport/collectors(/(binary|cargolock|cargopolicy|image|receipt|sbom|scan))?|sallyport/internal/.*|golang.org/x/tools/txtar`, "rules are proved with the real collectors and the real gate"},
	{`internal/imagepack`, ``, "small images for examples and tests, from readable texts"},
	{`internal/imageref`, ``, "one reading of image references, without the start-up cost of the library"},
	{`internal/suggest`, `github.com/agnivade/levenshtein`, "one way to guess what somebody meant"},
	{`internal/spdx`, ``, "the license list, and its expressions"},
	{`internal/(ruledoc|scaffold)`, vocabulary + `|sallyport/bundles`, "pages and scaffolds are made of rules"},
	{`internal/harden`, `sallyport/collectors/systemd`, "drop-ins are made of what a unit means"},
	{`internal/bench/engine`, `sallyport/(bundles|collectors|policies)|sallyport/internal/fact`, "both engines over the same facts"},
	{`internal/bench/review`, `sallyport/(bundles|policies|collectors/kubernetes)|sallyport/internal/admission`, "decisions about one review, over and over"},
	{`internal/bench.*`, `github.com/moby/buildkit/.*|go.yaml.in/yaml/v3|github.com/BurntSushi/toml|github.com/CycloneDX/cyclonedx-go|k8s.io/api/admission/v1|sallyport/internal/(secret/labelled|advisory)`, "the floor parses, and nothing else"},
	{`internal/(accuracy|conventions)`, ``, "tests alone"},
	{`internal/catalog`, ``, "the second binary is found and run, and knows nothing of this one"},
	{`cmd/sallyport-catalog`, `github.com/anchore/.*|github.com/google/go-containerregistry/pkg/.*|github.com/klauspost/compress/zstd|golang.org/x/sys/unix|modernc.org/sqlite`, "linked in, syft would cost every start of the gate; and what it unpacks is not to be trusted"},
	{`cmd/sallyport-cluster`, `sallyport/.*|github.com/spf13/.*|github.com/open-policy-agent/.*|github.com/prometheus/.*|github.com/google/go-containerregistry/.*|go.opentelemetry.io/.*|k8s.io/.*|sigs.k8s.io/.*`, "what speaks with clusters is no part of the gate's own start"},
	{`cmd/sallyport`, `sallyport/.*|github.com/spf13/.*|github.com/charmbracelet/x/term`, "the command knows everything, and nothing imports it"},
}

// imports reports every import outside tests that the table does not allow.
func imports(fsys fs.FS) ([]string, error) {
	var problems []string
	err := fs.WalkDir(fsys, ".", func(file string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && (strings.HasPrefix(d.Name(), ".") && file != "." || d.Name() == "testdata" || file == "tools"):
			return fs.SkipDir
		case d.IsDir() || path.Ext(file) != ".go" || strings.HasSuffix(file, "_test.go"):
			return nil
		}
		text, err := fs.ReadFile(fsys, file)
		if err != nil {
			return err
		}
		f, err := parser.ParseFile(token.NewFileSet(), file, text, parser.ImportsOnly)
		if err != nil {
			return err
		}
		for _, imp := range f.Imports {
			name, err := strconv.Unquote(imp.Path.Value)
			if err != nil {
				return err
			}
			if p := judgeImport(path.Dir(file), name); p != "" {
				problems = append(problems, file+": "+p)
			}
		}
		return nil
	})
	return problems, err
}

func judgeImport(pkg, name string) string {
	first, _, _ := strings.Cut(name, "/")
	if name != "sallyport" && first != "sallyport" && !strings.Contains(first, ".") {
		return "" // the standard library
	}
	for _, r := range importTable {
		if !regexp.MustCompile(`^(` + r.pkg + `)$`).MatchString(pkg) {
			continue
		}
		if regexp.MustCompile(`^(` + r.may + `)$`).MatchString(name) {
			return ""
		}
		return fmt.Sprintf("%s may not import %s: %s", pkg, name, r.because)
	}
	return fmt.Sprintf("%s is not in the import table: docs/architecture.md and this test say what a package may import", pkg)
}

func TestImports(t *testing.T) {
	problems, err := imports(os.DirFS("../.."))
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range problems {
		t.Error(p)
	}
}

// The test can fail.
func TestImportsReports(t *testing.T) {
	for file, imported := range map[string]string{
		"internal/fact/x.go":         "github.com/spf13/cobra",
		"internal/report/x.go":       "sallyport/bundles",
		"collectors/systemd/x.go":    "github.com/moby/buildkit/frontend/dockerfile/parser",
		"internal/gate/x.go":         "github.com/open-policy-agent/opa/v1/ast",
		"bundles/x.go":               "sallyport/cmd/sallyport",
		"internal/whatever/x.go":     "sallyport/internal/fact",
		"collectors/dockerfile/x.go": "sallyport/collectors",
	} {
		problems, err := imports(fstest.MapFS{file: {Data: []byte("package x\n\nimport _ \"" + imported + "\"\n")}})
		if err != nil {
			t.Fatal(err)
		}
		if len(problems) != 1 {
			t.Errorf("%s imports %s: got %v", file, imported, problems)
		}
	}
}
