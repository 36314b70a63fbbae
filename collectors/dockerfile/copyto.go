package dockerfile

import (
	"strings"

	"github.com/moby/buildkit/frontend/dockerfile/instructions"
)

// place says of COPY and ADD where they copy to, and whether ADD is needed.
func (s *stageBuilder) place(in *instruction, c *instructions.SourcesAndDest, t *transfer) {
	t.Unverified = []string{}
	dest := s.scope.expand(c.DestPath)
	t.Folder = !dest.known() || folder(dest.text)
	t.Adrift = !t.Onbuild && dest.known() && !absolute(dest.text) && !s.style.workdir && !s.scope.closed
	if t.Instruction != "add" {
		return
	}
	add, _ := in.cmd.(*instructions.AddCommand)
	t.Plain = len(c.SourceContents) == 0 && add.Unpack == nil
	for _, p := range c.SourcePaths {
		source := s.scope.expand(p)
		switch {
		case remote(source.text):
			t.Plain = false
			if t.Checksum == "" && !committed(source.text) {
				t.Unverified = append(t.Unverified, source.text)
			}
		case !source.known() || archive(source.text):
			t.Plain = false
		}
	}
}

func folder(path string) bool {
	return strings.HasSuffix(path, "/") || strings.HasSuffix(path, `\`) || path == "." || path == ".." || strings.HasSuffix(path, "/.")
}

// remote tells a URL or a git repository, as buildkit's isHTTPSource and isGitSource do.
func remote(source string) bool {
	for _, prefix := range [...]string{"http://", "https://", "git@", "git://", "ssh://"} {
		if strings.HasPrefix(source, prefix) {
			return true
		}
	}
	return false
}

// committed tells a git repository with a commit, as https://example.com/a.git#0123456789012345678901234567890123456789.
func committed(source string) bool {
	_, ref, _ := strings.Cut(source, "#")
	ref, _, _ = strings.Cut(ref, ":")
	if i := strings.Index(source, "?"); ref == "" && i >= 0 {
		for p := range strings.SplitSeq(source[i+1:], "&") {
			if commit, ok := strings.CutPrefix(p, "checksum="); ok {
				ref = commit
			}
		}
	}
	return len(ref) >= 40 && strings.Trim(ref, "0123456789abcdef") == ""
}

// archives are the endings of what ADD unpacks, or may: whether there is a tar inside of a .gz only the file says
// (https://docs.docker.com/reference/dockerfile/#adding-local-tar-archives).
var archives = [...]string{
	".tar", ".gz", ".bz2", ".xz", ".zst", ".lz", ".lzma", ".z", ".tgz", ".tbz", ".tbz2", ".tb2", ".txz", ".tlz", ".tpz", ".tzst",
}

func archive(source string) bool {
	lower := strings.ToLower(source)
	for _, ending := range archives {
		if strings.HasSuffix(lower, ending) {
			return true
		}
	}
	return false
}
