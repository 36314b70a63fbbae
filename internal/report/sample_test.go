package report

import (
	"time"

	"sallyport/internal/fact"
	"sallyport/internal/finding"
)

var rootUser = &finding.Rule{
	Name: "dockerfile/root_user", Kind: "dockerfile",
	Title:       "Final stage runs as root",
	Description: "A process that escapes the container as root is root on the node.",
	Remediation: "End the last stage with USER and an unprivileged, numeric account.",
	Severity:    finding.High, NonNegotiable: true, CWE: []int{250},
	Equivalent: []string{"hadolint:DL3002", "trivy:DS-0002"},
	Aliases:    []string{"dockerfile/user"},
	Resources:  []string{"https://docs.docker.com/build/building/best-practices/#user"},
	Bad:        "FROM debian:12\nUSER root\n", Good: "FROM debian:12\nUSER 10001\n",
	Source: "package policies.dockerfile.root_user\n", File: "dockerfile/root_user.rego",
}

var moduleAge = &finding.Rule{
	Name: "scan/database_age", Kind: "scan",
	Title:       "Database of the scanner is old",
	Description: "An old database knows none of the newer advisories.",
	Remediation: "Run the scanner with a fresh database.",
	Severity:    finding.Medium, Precision: "very-high", CWE: []int{1104, 250},
	Parameters: map[string]finding.Parameter{
		"max_age_days": {Description: "allowed age", Default: 7, Stricter: "lower"},
		"tools":        {Description: "tools that count"},
	},
	Bad: "```\n{}\n```\n", Good: "{}\n",
}

var teamLabel = &finding.Rule{
	Name: "kubernetes/team-label", Kind: "kubernetes", Title: "No team label", Severity: finding.Low,
	Description: "Nobody is called when it breaks", Remediation: "Add the label team.", Custom: true,
}

// sample is a report with one of everything, hostile names and texts among it.
func sample() *finding.Report {
	at := func(line, column, endLine, endColumn int) fact.Span {
		return fact.Span{Line: line, Column: column, EndLine: endLine, EndColumn: endColumn}
	}
	docker := &fact.Document{Kind: "dockerfile", Path: "Dockerfile"}
	odd := &fact.Document{Kind: "kubernetes", Path: "::error::x/100% größe #1\u202e[1m.yaml", Name: "Deployment/web"}
	return &finding.Report{
		Tool:    finding.Tool{Name: "sallyport", Version: "0.1.0", URI: URI},
		Verdict: finding.None, Reason: "1 error; 2 findings at or above high", FailOn: finding.High, Root: ".",
		Started: time.Date(2026, 5, 4, 3, 2, 1, 0, time.UTC), Ended: time.Date(2026, 5, 4, 3, 2, 1, 5e6, time.UTC),
		Findings: []finding.Finding{
			{
				Rule: rootUser, Severity: finding.High, Closes: true,
				Place: finding.Place{
					Document: docker, At: fact.Path{"stages", 1, "user"}, File: "Dockerfile",
					Span: at(12, 6, 12, 10), Value: []byte(`{"value":"root","root":true}`),
				},
				Logical: "stages.runtime.user", Message: `the final stage runs as "root"`,
				Related: []finding.Place{{Document: odd, At: fact.Path{"spec", "a/b"}, File: odd.Path, Span: at(3, 1, 3, 9)}},
				Fix:     &finding.Fix{Span: at(12, 6, 12, 10), Text: "10001"},
				Source:  "USER root", Fingerprint: "0123456789abcdef0123456789abcdef",
			},
			{
				Rule: rootUser, Severity: finding.Critical,
				Place:   finding.Place{Document: docker, At: fact.Path{"stages", 0}, File: "Dockerfile", Span: at(14, 3, 15, 4)},
				Message: "second\n::error file=a::pwned ##[group]x ##vso[task.setvariable]y \x1b[31mred\u009b", Logical: "stages.build",
				Source: "\tRUN\t漢字 👍 ::set-output name=a::b && \\", Fingerprint: "1123456789abcdef0123456789abcdef",
				Waived: &finding.Waiver{
					Rule: "dockerfile/root_user", Path: "**", Reason: "moved in Q3\n::error::x", Owner: "team-a", Ticket: "SEC-1",
					Expires: time.Date(2026, 9, 1, 0, 0, 0, 0, time.UTC), At: fact.Span{File: "sallyport.toml", Line: 4, Column: 1},
				},
			},
			{
				Rule: moduleAge, Severity: finding.Low, Closes: true,
				Place: finding.Place{
					Document: &fact.Document{Kind: "scan", Path: "audit.json"}, File: "audit.json",
					Span: at(1, 0, 0, 0), Value: []byte("null"),
				},
				Message: "see [here](http://192.0.2.1/)", Fingerprint: "2123456789abcdef0123456789abcdef",
			},
			{
				Rule: teamLabel, Severity: finding.High, Closes: true,
				Place: finding.Place{
					Document: odd, At: fact.Path{"metadata", "labels"}, File: odd.Path, Span: at(7, 11, 7, 20),
				},
				Message: "no label \"team\"", Source: "  labels: {TOKEN: gh…}", SourceColumn: 11, SourceEnd: 22,
				Fingerprint: "3123456789abcdef0123456789abcdef",
			},
		},
		Notifications: []finding.Notification{
			{Error: true, File: "deploy/broken.yaml", Line: 3, Column: 7, Message: "mapping values are not allowed", Hint: "quote the value"},
			{Error: true, Rule: "scan/database_age", Message: "evaluation took longer than 10s"},
			{File: "/etc/sallyport.toml", Line: 2, Message: "fail_on is the default", Config: true},
			{Message: "dev/fifo: a FIFO was not read"},
		},
		Rules:        []*finding.Rule{rootUser, teamLabel},
		Documents:    map[string]int{"scan": 1, "dockerfile": 1, "kubernetes": 2},
		Unrecognised: []string{"grype.json"}, UnrecognisedCount: 14,
		Skipped: []finding.Skip{{Path: "target", Reason: "ignored by git"}, {Path: "lib\x07", Reason: "a link out of the tree"}},
		VCS: finding.VCS{
			Repository: "https://user:token@example.com/team/ledger.git?x=token#y", Revision: "91f17b2", Branch: "main", Prefix: "services/ledger",
		},
	}
}
