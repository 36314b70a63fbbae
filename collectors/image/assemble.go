package image

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// maxListed bounds each list of files in the facts.
const maxListed = 2000

func noFiles(reason string) Files {
	return Files{
		Reason: reason, Setuid: []File{}, Capable: []File{}, Writable: []File{}, Shells: []File{}, Managers: []File{},
		Escalators: []File{}, Secrets: []Credential{}, Repositories: []File{}, Caches: []Leftover{}, Leftovers: []Leftover{},
		Accounts: Accounts{Users: []Account{}, Passwordless: []string{}, Duplicates: []Duplicate{}},
	}
}

// assemble lays the layers over one another and tells what a container sees.
func (b *builder) assemble(v view) []group {
	f := noFiles("")
	f.Known = true
	for i, l := range b.facts.Layers {
		f.Count += l.Entries
		if !l.Read && f.Known {
			f.Known, f.Reason = false, fmt.Sprintf("layer %d (%s) %s", i+1, l.Name, l.Reason)
		}
	}
	b.facts.Files = f
	groups := b.system(v)
	for i, l := range v.layers {
		for _, name := range l.names() {
			b.sort(v, i, l.items[name])
		}
		b.facts.Files.Truncated = b.facts.Files.Truncated || l.truncated
	}
	b.finish()
	return groups
}

// system reads the files that say what system it is and who is known in it.
func (b *builder) system(v view) []group {
	data := func(name string) []byte {
		if it := v.item(name); it != nil {
			return it.data
		}
		return nil
	}
	f := &b.facts.Files
	text := data("etc/os-release")
	if text == nil {
		text = data("usr/lib/os-release")
	}
	f.Release = release(text)
	var groups []group
	passwd := data("etc/passwd")
	f.Accounts, groups = accounts(passwd, data("etc/group"), data("etc/shadow"))
	if f.Known && b.facts.Platform.OS != "windows" {
		b.facts.User.resolve(f.Accounts.Users, groups)
	}
	return groups
}

// sort puts an item of layer i into the lists of its roles.
func (b *builder) sort(v view, i int, it *item) {
	f := &b.facts.Files
	seen := v.visible(it.name, i)
	if it.is&credential != 0 {
		c := *it.secret
		c.Layer, c.Deleted = i, !seen
		f.Secrets = append(f.Secrets, c)
	}
	if it.is&trash != 0 {
		b.litter(it, i, seen)
	}
	if !seen {
		return
	}
	file := it.file(i)
	for _, list := range []struct {
		is role
		to *[]File
	}{
		{setuid, &f.Setuid},
		{capable, &f.Capable},
		{writable, &f.Writable},
		{shellRole, &f.Shells},
		{manager, &f.Managers},
		{escalator, &f.Escalators},
		{repository, &f.Repositories},
	} {
		if it.is&list.is != 0 && !(list.is == repository && slices.ContainsFunc(*list.to, func(x File) bool { return x.Name == file.Name })) {
			*list.to = append(*list.to, file)
		}
	}
}

func (it *item) file(layer int) File {
	kind := "file"
	switch it.entry.kind {
	case folderEntry:
		kind = "folder"
	case symlinkEntry:
		kind = "link"
	}
	name := "/" + strings.ToValidUTF8(it.name, "�")
	return File{
		Name: name, Kind: kind, Mode: fmt.Sprintf("%04o", it.entry.mode), UID: int(it.entry.uid), GID: int(it.entry.gid),
		Size: int(it.size), Layer: layer, Common: commonSetuid(it.name[strings.LastIndexByte(it.name, '/')+1:]),
		Capabilities: append([]string{}, it.caps...),
	}
}

// litter counts a leftover under its folder.
func (b *builder) litter(it *item, layer int, seen bool) {
	list := &b.facts.Files.Leftovers
	for _, c := range caches {
		if it.group == "/"+c.folder {
			list = &b.facts.Files.Caches
			break
		}
	}
	i := slices.IndexFunc(*list, func(l Leftover) bool { return l.Name == it.group })
	if i < 0 {
		i = len(*list)
		if i == maxListed {
			b.facts.Files.Truncated = true
			return
		}
		*list = append(*list, Leftover{Name: strings.ToValidUTF8(it.group, "�"), Kind: it.groupKind, Layer: layer, Deleted: true})
	}
	l := &(*list)[i]
	l.Count++
	l.Size += int(it.size)
	l.Deleted = l.Deleted && !seen
}

// finish sorts and bounds the lists.
func (b *builder) finish() {
	f := &b.facts.Files
	for _, list := range []*[]File{&f.Setuid, &f.Capable, &f.Writable, &f.Shells, &f.Managers, &f.Escalators, &f.Repositories} {
		bound(list, &f.Truncated, func(x File) string { return x.Name })
	}
	slices.SortStableFunc(f.Secrets, func(x, y Credential) int {
		return cmp.Or(cmp.Compare(x.Name, y.Name), cmp.Compare(x.Layer, y.Layer))
	})
	for i := range f.Secrets {
		f.Secrets[i].Name = strings.ToValidUTF8(f.Secrets[i].Name, "�")
	}
	bound(&f.Secrets, &f.Truncated, nil)
	bound(&f.Caches, &f.Truncated, func(l Leftover) string { return l.Name })
	bound(&f.Leftovers, &f.Truncated, func(l Leftover) string { return l.Name })
	f.Distroless = strings.Contains(f.Release.Pretty, "Distroless") ||
		f.Known && len(f.Shells) == 0 && len(f.Managers) == 0
}

func bound[T any](list *[]T, truncated *bool, name func(T) string) {
	if name != nil {
		slices.SortStableFunc(*list, func(x, y T) int { return strings.Compare(name(x), name(y)) })
	}
	if len(*list) > maxListed {
		*list, *truncated = (*list)[:maxListed], true
	}
}
