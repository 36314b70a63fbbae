package receipt

import (
	"cmp"
	"regexp"
	"slices"
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
	switch kind := n.Key("_type").Need().Text(); kind {
	case statements[0], statements[1], "":
	default:
		n.Key("_type").Mistake("%q is no version of the statement that is known", kind)
	}
	out.PredicateType = n.Key("predicateType").Need().Text()
	out.Kind = kindOf(out.PredicateType)
	subjects := n.Key("subject").Need().List()
	if len(subjects) == 0 && !n.Key("subject").Absent() {
		n.Key("subject").Mistake("the statement is about nothing: subject is empty")
	}
	for _, s := range subjects {
		out.Subjects = append(out.Subjects, subject(s, out))
	}
	p := n.Key("predicate")
	switch out.Kind {
	case "test":
		r.result(p.Need(), out)
	case "provenance":
		out.Maker = cmp.Or(p.Key("runDetails").Key("builder").Key("id").Text(), p.Key("builder").Key("id").Text())
		out.Started = cmp.Or(p.Key("runDetails").Key("metadata").Key("startedOn").Time(), p.Key("metadata").Key("buildStartedOn").Time())
		out.Finished = cmp.Or(p.Key("runDetails").Key("metadata").Key("finishedOn").Time(), p.Key("metadata").Key("buildFinishedOn").Time())
	case "summary":
		out.Maker, out.Finished = p.Key("verifier").Key("id").Text(), p.Key("timeVerified").Time()
		out.Result = strings.ToLower(p.Key("verificationResult").Text())
	case "vulnerabilities":
		out.Maker = p.Key("scanner").Key("uri").Text()
		out.Started, out.Finished = p.Key("metadata").Key("scanStartedOn").Time(), p.Key("metadata").Key("scanFinishedOn").Time()
	case "sbom":
		if s, ok := p.Key("metadata").Key("timestamp").Value.(string); ok {
			out.Finished = p.Key("metadata").Key("timestamp").Time()
			_ = s
		}
	}
}

func subject(n node, out *Receipt) Subject {
	s := Subject{Digests: []string{}}
	for _, d := range n.Key("digest").Keys() {
		value := d.Text()
		s.Digests = append(s.Digests, d.Name()+":"+value)
		switch d.Name() {
		case "gitTree":
			out.Source.Tree = strings.ToLower(value)
		case "gitCommit":
			out.Source.Commit = strings.ToLower(value)
		}
	}
	s.Name = cmp.Or(n.Key("name").Text(), n.Key("uri").Text())
	if s.Name == "" && len(s.Digests) > 0 {
		s.Name = s.Digests[0]
	}
	return s
}

// result reads spec/predicates/test-result.md, and what sallyport run adds to it.
func (r *reader) result(p node, out *Receipt) {
	switch result := p.Key("result").Need().Text(); result {
	case "PASSED", "WARNED", "FAILED":
		out.Result = strings.ToLower(result)
	default:
		p.Key("result").Mistake("the result is %q, and neither PASSED, WARNED nor FAILED", result)
	}
	p.Key("configuration").Need().List()
	out.URL = p.Key("url").Text()
	out.Tests = Tests{p.Key("passedTests").Texts(), p.Key("warnedTests").Texts(), p.Key("failedTests").Texts()}
	own := p.Key("sallyportReceipt")
	if own.Absent() {
		out.Counts = Counts{
			Tests:  len(out.Tests.Passed)+len(out.Tests.Warned)+len(out.Tests.Failed) > 0,
			Passed: len(out.Tests.Passed) + len(out.Tests.Warned), Failed: len(out.Tests.Failed),
		}
		return
	}
	if v := own.Key("version").Need().Number(); v != 1 && !own.Key("version").Absent() {
		own.Key("version").Mistake("version %d of receipts is not known here", v)
	}
	out.Maker, out.Name = "sallyport", own.Key("name").Need().Text()
	r.command(own, out)
	out.Started, out.Finished = own.Key("started").Need().Time(), own.Key("finished").Need().Time()
	for _, t := range own.Key("tools").List() {
		version := t.Key("version").Text()
		out.Tools = append(out.Tools, Tool{t.Key("name").Need().Text(), version, semver().MatchString(version)})
	}
	out.Source.Head, out.Source.Dirty = strings.ToLower(own.Key("head").Text()), own.Key("dirty").Truth()
	tree, after := own.Key("tree").Need().Text(), own.Key("treeAfter").Need().Text()
	out.Source.Changed = tree != after
	if tree != out.Source.Tree {
		own.Key("tree").Mistake("the tree is %q, and the subject has another", tree)
	}
	out.Counts = counts(own.Key("counts").Need())
	out.Stdout, out.Stderr = output(own.Key("stdout")), output(own.Key("stderr"))
	out.Host = Host{own.Key("host").Key("os").Text(), own.Key("host").Key("arch").Text()}
	if failed := out.Command.ExitCode != 0 || out.Command.Signal != ""; failed != (out.Result == "failed") {
		p.Key("result").Mistake("the result is %q, and the exit code %d", out.Result, out.Command.ExitCode)
	}
}

// semver is the grammar of https://semver.org/#spec-item-2, without build metadata.
var semver = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`^(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)(-[0-9A-Za-z.-]+)?$`)
})

func counts(n node) Counts {
	return Counts{
		n.Key("tests").Truth(), n.Key("lints").Truth(), n.Key("passed").Number(), n.Key("failed").Number(),
		n.Key("ignored").Number(), n.Key("warnings").Number(), n.Key("errors").Number(),
	}
}

func output(n node) Output { return Output{n.Key("sha256").Text(), n.Key("size").Number()} }

func (r *reader) command(n node, out *Receipt) {
	c := &out.Command
	c.Known, c.Directory = true, n.Key("directory").Text()
	c.ExitCode, c.Signal = n.Key("exitCode").Need().Number(), n.Key("signal").Text()
	c.Argv = n.Key("argv").Need().Texts()
	if len(c.Argv) == 0 && !n.Key("argv").Absent() {
		n.Key("argv").Mistake("the command is empty")
		return
	}
	interpret(c)
	unformatted(r.fsys, c)
	for _, v := range n.Key("environment").Keys() {
		for _, task := range c.Does {
			if why := variable(task, v.Name(), v.Text()); why != "" && !slices.Contains(c.Masked, why) {
				c.Masked = append(c.Masked, why)
			}
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
