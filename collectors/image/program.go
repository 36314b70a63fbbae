package image

import (
	"fmt"
	"path"
	"slices"
	"strings"
)

// program finds what the container starts, as a runtime does: the first word of entrypoint and cmd, looked up in
// PATH, and behind an init program the one that it starts.
func (b *builder) program(v view, groups []group) {
	p := &b.facts.Program
	words := slices.Concat(b.facts.Entrypoint, b.facts.Cmd)
	if len(words) == 0 {
		p.Reason = "the image names no program"
		return
	}
	p.Name = words[0]
	switch {
	case b.facts.Platform.OS == "windows":
		p.Reason = "programs of Windows are not looked up"
		return
	case !b.facts.Files.Known:
		p.Reason = "the files are not known: " + b.facts.Files.Reason
		return
	case strings.Contains(p.Name, "$"):
		p.Reason = "the name holds a variable"
		return
	}
	real, e, layer, ok := b.lookup(v, p.Name)
	p.Known = true
	if !ok {
		p.Reason = "no file of the image is " + p.Name
		return
	}
	if next := behindInit(real, words[1:]); next != "" {
		if r, ne, nl, found := b.lookup(v, next); found {
			p.Name, real, e, layer = next, r, ne, nl
		}
	}
	b.describe(v, groups, real, e, layer)
}

func (b *builder) describe(v view, groups []group, real string, e entry, layer int) {
	p := &b.facts.Program
	p.File, p.Found, p.Layer = "/"+strings.ToValidUTF8(real, "�"), true, layer
	p.Mode, p.UID, p.GID = fmt.Sprintf("%04o", e.mode), int(e.uid), int(e.gid)
	if e.kind != fileEntry {
		p.Reason = p.File + " is no regular file"
		return
	}
	who := newIdentity(b.facts.User, b.facts.Files.Accounts.Users, groups)
	p.Executable = who.may(e, 1)
	if !p.Executable {
		p.Reason = fmt.Sprintf("%s has the mode %s and belongs to %d:%d", p.File, p.Mode, p.UID, p.GID)
	}
	if who.uid == 0 || !b.facts.User.Known {
		return
	}
	dir, _, found := v.at(parent(real))
	switch {
	case int(e.uid) == who.uid:
		p.Writable = "owner" // who owns a file may change its mode
	case who.may(e, 2):
		p.Writable = "mode"
	case found && dir.kind == folderEntry && who.may(dir, 2) && (dir.mode&0o1000 == 0 || int(dir.uid) == who.uid):
		p.Writable = "folder"
	}
}

// lookup finds a program by its path, or by its name in PATH. Relative paths begin in the working directory.
func (b *builder) lookup(v view, name string) (string, entry, int, bool) {
	if strings.Contains(name, "/") {
		if !path.IsAbs(name) {
			name = path.Join(b.facts.Workdir, name)
		}
		return v.follow(name)
	}
	for dir := range strings.SplitSeq(b.pathVariable(), ":") {
		if real, e, layer, ok := v.follow(path.Join(dir, name)); ok && e.kind == fileEntry {
			return real, e, layer, true
		}
	}
	return "", entry{}, -1, false
}

// pathVariable is the PATH of the image, or the one that runtimes set without it.
func (b *builder) pathVariable() string {
	for _, e := range slices.Backward(b.facts.Env) {
		if e.Name == "PATH" {
			return e.Value
		}
	}
	return "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
}

var inits = wordSet("tini tini-static dumb-init catatonit docker-init")

// behindInit is the program that an init program starts.
func behindInit(file string, args []string) string {
	if !inits(path.Base(file)) {
		return ""
	}
	for _, a := range args {
		if !strings.HasPrefix(a, "-") {
			return a
		}
	}
	return ""
}

// An identity is a user with all groups.
type identity struct {
	uid    int
	groups []int
}

func newIdentity(u User, users []Account, groups []group) identity {
	who := identity{uid: u.UID, groups: []int{u.GID}}
	name := ""
	for _, a := range users {
		if a.UID == u.UID {
			name = a.Name
			break
		}
	}
	for _, g := range groups {
		// A group in the configuration leaves the others out.
		if u.Group == "" && name != "" && slices.Contains(g.members, name) {
			who.groups = append(who.groups, g.id)
		}
	}
	return who
}

// may tells whether the bits (1 execute, 2 write) of the class that counts are set (path_resolution(7)).
func (who identity) may(e entry, bits uint16) bool {
	switch {
	case who.uid == 0:
		return bits != 1 || e.mode&0o111 != 0
	case int(e.uid) == who.uid:
		return e.mode>>6&bits != 0
	case slices.Contains(who.groups, int(e.gid)):
		return e.mode>>3&bits != 0
	}
	return e.mode&bits != 0
}
