package receipt

import (
	"cmp"
	"regexp"
	"strings"
	"sync"

	"sallyport/internal/attest"
	"sallyport/internal/fact"
	"sallyport/internal/secret"
)

// statements are the versions of the statement that are read alike (spec/v1/statement.md, spec/v0.1.0/statement.md).
var statements = []string{attest.StatementType, "https://in-toto.io/Statement/v0.1"}

// kinds tell a predicate by the start of its type; https://github.com/in-toto/attestation/tree/main/spec/predicates.
var kinds = []struct{ prefix, kind string }{
	{"https://in-toto.io/attestation/test-result/", "test"},
	{"https://slsa.dev/provenance/", "provenance"},
	{"https://slsa.dev/verification_summary/", "summary"},
	{"https://in-toto.io/attestation/vulns/", "vulnerabilities"},
	{"https://cosign.sigstore.dev/attestation/vuln/", "vulnerabilities"},
	{"https://cyclonedx.org/bom", "sbom"},
	{"https://spdx.dev/Document", "sbom"},
	{"https://in-toto.io/attestation/link/", "link"},
	{"https://in-toto.io/attestation/release/", "release"},
}

func kindOf(predicateType string) string {
	for _, k := range kinds {
		if strings.HasPrefix(predicateType, k.prefix) {
			return k.kind
		}
	}
	return "other"
}

func (r *reader) statement(n node, out *Receipt) {
	switch kind := n.key("_type").need().text(); kind {
	case statements[0], statements[1], "":
	default:
		n.key("_type").mistake("%q is no version of the statement that is known", kind)
	}
	out.PredicateType = n.key("predicateType").need().text()
	out.Kind = kindOf(out.PredicateType)
	subjects := n.key("subject").need().list()
	if len(subjects) == 0 && !n.key("subject").absent() {
		n.key("subject").mistake("the statement is about nothing: subject is empty")
	}
	for _, s := range subjects {
		out.Subjects = append(out.Subjects, subject(s, out))
	}
	p := n.key("predicate")
	switch out.Kind {
	case "test":
		r.result(p.need(), out)
	case "provenance":
		out.Maker = cmp.Or(p.key("runDetails").key("builder").key("id").text(), p.key("builder").key("id").text())
		out.Started = cmp.Or(p.key("runDetails").key("metadata").key("startedOn").time(), p.key("metadata").key("buildStartedOn").time())
		out.Finished = cmp.Or(p.key("runDetails").key("metadata").key("finishedOn").time(), p.key("metadata").key("buildFinishedOn").time())
	case "summary":
		out.Maker, out.Finished = p.key("verifier").key("id").text(), p.key("timeVerified").time()
		out.Result = strings.ToLower(p.key("verificationResult").text())
	case "vulnerabilities":
		out.Maker = p.key("scanner").key("uri").text()
		out.Started, out.Finished = p.key("metadata").key("scanStartedOn").time(), p.key("metadata").key("scanFinishedOn").time()
	case "sbom":
		if s, ok := p.key("metadata").key("timestamp").value.(string); ok {
			out.Finished = p.key("metadata").key("timestamp").time()
			_ = s
		}
	}
}

func subject(n node, out *Receipt) Subject {
	s := Subject{Digests: []string{}}
	for _, d := range n.key("digest").object() {
		value := d.text()
		s.Digests = append(s.Digests, d.name()+":"+value)
		switch d.name() {
		case "gitTree":
			out.Source.Tree = strings.ToLower(value)
		case "gitCommit":
			out.Source.Commit = strings.ToLower(value)
		}
	}
	s.Name = cmp.Or(n.key("name").text(), n.key("uri").text())
	if s.Name == "" && len(s.Digests) > 0 {
		s.Name = s.Digests[0]
	}
	return s
}

// result reads spec/predicates/test-result.md, and what sallyport run adds to it.
func (r *reader) result(p node, out *Receipt) {
	switch result := p.key("result").need().text(); result {
	case "PASSED", "WARNED", "FAILED":
		out.Result = strings.ToLower(result)
	default:
		p.key("result").mistake("the result is %q, and neither PASSED, WARNED nor FAILED", result)
	}
	p.key("configuration").need().list()
	out.URL = p.key("url").text()
	out.Tests = Tests{p.key("passedTests").texts(), p.key("warnedTests").texts(), p.key("failedTests").texts()}
	own := p.key("sallyportReceipt")
	if own.absent() {
		out.Counts = Counts{
			Tests:  len(out.Tests.Passed)+len(out.Tests.Warned)+len(out.Tests.Failed) > 0,
			Passed: len(out.Tests.Passed) + len(out.Tests.Warned), Failed: len(out.Tests.Failed),
		}
		return
	}
	if v := own.key("version").need().number(); v != 1 && !own.key("version").absent() {
		own.key("version").mistake("version %d of receipts is not known here", v)
	}
	out.Maker, out.Name = "sallyport", own.key("name").need().text()
	r.command(own, out)
	out.Started, out.Finished = own.key("started").need().time(), own.key("finished").need().time()
	for _, t := range own.key("tools").list() {
		version := t.key("version").text()
		out.Tools = append(out.Tools, Tool{t.key("name").need().text(), version, semver().MatchString(version)})
	}
	out.Source.Head, out.Source.Dirty = strings.ToLower(own.key("head").text()), own.key("dirty").truth()
	tree, after := own.key("tree").need().text(), own.key("treeAfter").need().text()
	out.Source.Changed = tree != after
	if tree != out.Source.Tree {
		own.key("tree").mistake("the tree is %q, and the subject has another", tree)
	}
	out.Counts = counts(own.key("counts").need())
	out.Stdout, out.Stderr = output(own.key("stdout")), output(own.key("stderr"))
	out.Host = Host{own.key("host").key("os").text(), own.key("host").key("arch").text()}
	if failed := out.Command.ExitCode != 0 || out.Command.Signal != ""; failed != (out.Result == "failed") {
		p.key("result").mistake("the result is %q, and the exit code %d", out.Result, out.Command.ExitCode)
	}
}

// semver is the grammar of https://semver.org/#spec-item-2, without build metadata.
var semver = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`^(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)(-[0-9A-Za-z.-]+)?$`)
})

func counts(n node) Counts {
	return Counts{
		n.key("tests").truth(), n.key("lints").truth(), n.key("passed").number(), n.key("failed").number(),
		n.key("ignored").number(), n.key("warnings").number(), n.key("errors").number(),
	}
}

func output(n node) Output { return Output{n.key("sha256").text(), n.key("size").number()} }

func (r *reader) command(n node, out *Receipt) {
	c := &out.Command
	c.Known, c.Directory = true, n.key("directory").text()
	c.ExitCode, c.Signal = n.key("exitCode").need().number(), n.key("signal").text()
	c.Argv = n.key("argv").need().texts()
	if len(c.Argv) == 0 && !n.key("argv").absent() {
		n.key("argv").mistake("the command is empty")
		return
	}
	interpret(c)
	for _, v := range n.key("environment").object() {
		if value := v.text(); quiet(v.name(), value) {
			c.Narrowed = append(c.Narrowed, Narrowing{v.name() + "=" + value, "allows or caps lints"})
		}
	}
	for i, word := range c.Argv {
		for _, hit := range secret.Find(word) {
			r.secret = append(r.secret, hit.Value)
			c.Argv[i] = strings.ReplaceAll(c.Argv[i], hit.Value, hit.Verdict.Masked)
		}
	}
}

// same tells whether the receipt is about the files that are judged.
func same(out *Receipt, changed func(string) ([]string, bool)) string {
	s := &out.Source
	switch {
	case !s.Judged.Known || s.Tree == "" && s.Commit == "":
		return "unknown"
	case s.Tree != "":
		return yes(s.Tree == s.Judged.Tree)
	case s.Judged.Commit == "":
		return "unknown"
	}
	if s.Commit != s.Judged.Commit && !s.Judged.Dirty && changed != nil {
		// A statement that lies in the repository names an earlier commit than the one that brought it.
		paths, ok := changed(s.Commit)
		return yes(ok && len(paths) == 0)
	}
	return yes(s.Commit == s.Judged.Commit && !s.Judged.Dirty)
}

func yes(v bool) string {
	if v {
		return "yes"
	}
	return "no"
}

// fields say where the facts of a statement come from.
var fields = map[string]fact.Path{
	"predicate_type": {"predicateType"}, "subjects": {"subject"}, "result": {"predicate", "result"}, "url": {"predicate", "url"},
	"name": {own0, own1, "name"}, "command": {own0, own1, "argv"}, "command.argv": {own0, own1, "argv"},
	"command.exit_code": {own0, own1, "exitCode"}, "command.signal": {own0, own1, "signal"}, "command.directory": {own0, own1, "directory"},
	"tools": {own0, own1, "tools"}, "started": {own0, own1, "started"}, "finished": {own0, own1, "finished"},
	"source": {"subject"}, "source.tree": {"subject"}, "source.commit": {"subject"}, "source.same": {"subject"},
	"source.head": {own0, own1, "head"}, "source.dirty": {own0, own1, "dirty"}, "source.changed": {own0, own1, "treeAfter"},
	"counts": {own0, own1, "counts"}, "tests": {"predicate"}, "tests.passed": {"predicate", "passedTests"}, "tests.warned": {"predicate", "warnedTests"},
	"tests.failed": {"predicate", "failedTests"}, "host": {own0, own1, "host"}, "stdout": {own0, own1, "stdout"}, "stderr": {own0, own1, "stderr"},
}

const own0, own1 = "predicate", "sallyportReceipt"

// locator finds facts in the file.
func (r *reader) locator(format string) fact.Locator {
	return func(p fact.Path) (fact.Span, bool) {
		if len(p) > 0 && p[0] == "signature" && format != "statement" {
			at := fact.Path{"signatures"}
			if format == "bundle" {
				at = fact.Path{"dsseEnvelope", "signatures"}
			}
			span, ok := r.tree.Spans(at)
			span.Line, span.EndLine = span.Line+r.shift, span.EndLine+r.shift
			return span, ok
		}
		if len(p) == 0 || r.signed {
			return r.place(nil)
		}
		for n := len(p); n > 0; n-- {
			if from, ok := fields[p[:n].String()]; ok {
				if n < len(p) && (p[0] == "tools" || p[0] == "subjects") {
					from = append(from[:len(from):len(from)], p[n:]...)
				}
				return r.place(from)
			}
		}
		return fact.Span{}, false
	}
}
