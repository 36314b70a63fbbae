package dockerfile

import (
	"path"
	"slices"
	"strings"
)

// reaches says which changes of modes can be seen in the final image: those of the stages that it is built on, and those
// of files that a stage on the way to it takes over.
func (b *builder) reaches() {
	for _, s := range b.stages {
		for i := range s.facts.Modes {
			m := &s.facts.Modes[i]
			m.Reaches = s.facts.BaseOfFinal || s.facts.Contributes && slices.ContainsFunc(m.Paths, func(p string) bool { return b.taken(s, p, m) })
		}
	}
}

// taken tells whether another stage takes a file of a stage, or whether nobody can tell.
func (b *builder) taken(s *stageBuilder, file string, m *modeChange) bool {
	full := s.absolute(file)
	if full == "" || strings.ContainsAny(file, "*?[$`") || s.carries(file, m.Run) {
		return true
	}
	full = path.Clean(full)
	for _, to := range b.stages {
		if !to.facts.Contributes {
			continue
		}
		for i := range to.facts.Copies {
			t := &to.facts.Copies[i]
			if b.within(t.Stage, s) && (t.Open || slices.ContainsFunc(t.Sources, func(src string) bool { return overlap(src, full) })) {
				return true
			}
		}
		for i := range to.facts.Runs {
			for _, mount := range to.facts.Runs[i].Mounts {
				if b.within(mount.Stage, s) && overlap(mount.Source, full) {
					return true
				}
			}
		}
	}
	return false
}

// within tells whether a stage holds the files of another.
func (b *builder) within(stage int, of *stageBuilder) bool {
	return stage >= 0 && slices.Contains(b.chain(stage), of)
}

// overlap tells whether a source and a file are the same, or one is inside of the other.
func overlap(src, file string) bool {
	if strings.ContainsAny(src, "*?[$") {
		return true
	}
	src = strings.TrimSuffix(path.Join("/", src), "/")
	file = strings.TrimSuffix(file, "/")
	return src == file || strings.HasPrefix(file, src+"/") || strings.HasPrefix(src, file+"/")
}

// carries tells whether the stage moves a file to another place with its mode.
func (s *stageBuilder) carries(file string, from int) bool {
	for i := from; i < len(s.facts.Runs); i++ {
		for _, c := range s.facts.Runs[i].Commands {
			switch c.Program {
			case "cp", "mv", "tar", "rsync", "cpio", "ln":
				if slices.ContainsFunc(c.Args, func(a string) bool {
					return path.Base(a) == path.Base(file) || strings.HasPrefix(file, path.Clean(a)+"/")
				}) {
					return true
				}
			}
		}
	}
	return false
}
