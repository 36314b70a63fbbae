package dockerfile

import "testing"

func TestMatch(t *testing.T) {
	const (
		yes   = "# comment\nARG A=1\nFROM debian:12 AS x\nRUN y\n"
		sql   = "FROM users\nSELECT *\n"
		mail  = "From alice@example.com Mon\nSubject: x\n"
		pyt   = "from os import path\n"
		prose = "From here on, all is well.\n"
	)
	for _, tt := range []struct {
		path, head string
		want       bool
	}{
		{"Dockerfile", "", true},
		{"a/b/dockerfile", "", true},
		{"Containerfile", "", true},
		{"Dockerfile.prod", "", true},
		{"Containerfile.ci", "", true},
		{"api.Dockerfile", "", true},
		{"api.dockerfile", "", true},
		{"api.Containerfile", "", true},
		{"Dockerfile.dockerignore", yes, false},
		{".dockerignore", yes, false},
		{"Dockerfile.md", yes, false},
		{"Dockerfile.go", "package dockerfile\n", false},
		{"Dockerfile.go", yes, true},
		{"Dockerfile.j2", "FROM {{ base }}\n", false},
		{"Dockerfile-prod", yes, true},
		{"Dockerfile2", yes, true},
		{"Dockerfile2", sql, false},
		{"Dockerfile.bak", yes, false},
		{"app.Dockerfile.bak", yes, false},
		{"build/image", yes, true},
		{"build/image.prod", yes, true},
		{"build/image", "FROM --platform=linux/amd64 debian\n", true},
		{"build/image", "#!/bin/sh\nFROM debian\n", false},
		{"q", sql, false},
		{"q.sql", "FROM users\n", false},
		{"m", mail, false},
		{"p.py", pyt, false},
		{"p", pyt, false},
		{"n", prose, false},
		{"n", "FROM Russia\n", false},
		{"README", "from there.\n", false},
		{"x", "", false},
		{"docs/notes.txt", yes, false},
	} {
		if got := match(tt.path, []byte(tt.head)); got != tt.want {
			t.Errorf("%s %q: got %v", tt.path, tt.head, got)
		}
	}
}
