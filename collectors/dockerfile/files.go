package dockerfile

import (
	"path"
	"strings"

	"github.com/moby/buildkit/frontend/dockerfile/instructions"
)

// effects notes what a COPY or ADD means for the file system.
func (s *stageBuilder) effects(t *transfer, c *instructions.SourcesAndDest) {
	for _, p := range append([]string{c.DestPath}, c.SourcePaths...) {
		if !s.scope.expand(p).known() {
			t.Open = true
		}
	}
	t.Owner, _, _ = strings.Cut(t.Chown, ":")
	if t.Owner == "" {
		t.Owner = "0"
	}
	t.Path = s.absolute(t.Destination)
	mode := modeChange{Mode: t.Chmod}
	mode.judge()
	t.SetID, t.WorldWritable = mode.SetID, mode.WorldWritable
	t.Excludes = append([]string{}, t.Excludes...)
	t.Ignored, t.Sensitive, t.Built = []string{}, []sensitiveFile{}, []built{}
}

// rooted are images without a WORKDIR of their own.
var rooted = set(`library/debian library/ubuntu library/alpine library/rust library/fedora library/rockylinux library/almalinux
	library/amazonlinux library/oraclelinux library/busybox library/buildpack-deps library/python library/node library/gcc library/centos`)

// absolute is a path of the stage; "" where the working directory is not known. Images of rooted
// begin in the root folder.
func (s *stageBuilder) absolute(p string) string {
	slash := ""
	if strings.HasSuffix(p, "/") || p == "." {
		slash = "/"
	}
	dir := s.facts.Workdir
	switch {
	case strings.HasPrefix(p, "/"):
		dir = "/"
	case dir == "" && s.rooted:
		dir = "/"
	case !strings.HasPrefix(dir, "/"):
		return ""
	}
	full := path.Join(dir, p)
	if full == "/" {
		return full
	}
	return full + slash
}
