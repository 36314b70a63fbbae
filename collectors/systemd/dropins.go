package systemd

import (
	"errors"
	"io/fs"
	"path"
	"slices"
	"strings"
)

// dropinPath are the folders whose files change a unit, closest first: for each name and folder of units those
// of the unit, its template and its prefixes, and at the end those of all units of the type.
func dropinPath(folders, names []string, kind string) []string {
	all := make([]string, 0, 8)
	add := func(folder, d string) {
		if folder != "." {
			d = folder + "/" + d
		}
		all = append(all, d)
	}
	for _, name := range names {
		own := dropinFolders(name, kind)
		for _, folder := range folders {
			for _, d := range own[:len(own)-1] {
				add(folder, d)
			}
		}
	}
	for _, folder := range folders {
		add(folder, kind+".d")
	}
	return all
}

// A conf is a file of a folder of drop-ins; masked for a link to nowhere, which switches off the others of its name.
type conf struct {
	name   string
	masked bool
}

// listConfs are the drop-ins of a folder; none where there is no such folder.
func listConfs(fsys fs.FS, folder string) ([]conf, error) {
	if info, err := fs.Stat(fsys, folder); err != nil || !info.IsDir() {
		if errors.Is(err, fs.ErrNotExist) {
			err = nil
		}
		return nil, err
	}
	return listFolder(fsys, folder)
}

// listFolder is listConfs for a folder that is there.
func listFolder(fsys fs.FS, folder string) ([]conf, error) {
	entries, err := fs.ReadDir(fsys, folder)
	var list []conf
	for _, e := range entries {
		if dropin(e) {
			list = append(list, conf{e.Name(), e.Type()&fs.ModeSymlink != 0 && masks(fsys, path.Join(folder, e.Name()))})
		}
	}
	return list, err
}

// dropins are the files that change a unit, in the order in which systemd reads them: by file name over
// all folders; of two with the same name the folder that is closer to the unit counts. Hidden files do not.
func dropins(list func(string) ([]conf, error), folders []string, errs *[]error) []string {
	var files []string
	var taken map[string]bool
	for _, at := range folders {
		found, err := list(at)
		if err != nil {
			*errs = append(*errs, err)
		}
		for _, c := range found {
			if taken[c.name] {
				continue
			}
			if taken == nil {
				taken = make(map[string]bool)
			}
			taken[c.name] = true
			if !c.masked {
				files = append(files, at+"/"+c.name)
			}
		}
	}
	slices.SortFunc(files, func(a, b string) int { return strings.Compare(path.Base(a), path.Base(b)) })
	return files
}

func dropin(e fs.DirEntry) bool {
	return strings.HasSuffix(e.Name(), ".conf") && e.Name()[0] != '.' && !e.IsDir()
}

// dropinFolders are the folders whose files change a unit, closest first: its own, its template's, those
// of its name's prefixes that end in a dash, and that of all units of its type.
func dropinFolders(name, kind string) []string {
	folders := []string{name + ".d"}
	stem := strings.TrimSuffix(name, "."+kind)
	prefix, instance, template := strings.Cut(stem, "@")
	if template && instance != "" {
		folders = append(folders, prefix+"@."+kind+".d")
	}
	for i := len(prefix) - 1; i > 0; i-- {
		if prefix[i] == '-' && i < len(stem)-1 {
			folders = append(folders, prefix[:i+1]+"."+kind+".d")
		}
	}
	return append(folders, kind+".d")
}

// confs are the names of the files of a drop-in folder that are not masked.
func confs(fsys fs.FS, dir string) ([]string, error) {
	entries, err := fs.ReadDir(fsys, dir)
	if err != nil {
		return nil, err
	}
	var names []string
	for _, e := range entries {
		if dropin(e) && !masks(fsys, path.Join(dir, e.Name())) {
			names = append(names, e.Name())
		}
	}
	return names, nil
}

// masks tells whether a file switches off the one whose name it has: an empty file or a link to /dev/null.
func masks(fsys fs.FS, file string) bool {
	if target, err := fs.ReadLink(fsys, file); err == nil && target == "/dev/null" {
		return true
	}
	info, err := fs.Stat(fsys, file)
	return err == nil && info.Mode().IsRegular() && info.Size() == 0
}

// owned tells whether a drop-in changes a unit that stands beside its folder, and is judged with it. The
// folder of a prefix or of a type belongs to any unit of that prefix or type.
func owned(fsys fs.FS, file string) bool {
	folder := path.Dir(file)
	dir, name := path.Dir(folder), strings.TrimSuffix(path.Base(folder), ".d")
	if stem, _, ok := strings.Cut(name, "."); ok && stem != "" && !strings.HasSuffix(stem, "-") {
		info, err := fs.Stat(fsys, path.Join(dir, name))
		return err == nil && info.Mode().IsRegular()
	}
	entries, err := fs.ReadDir(fsys, dir)
	if err != nil {
		return false
	}
	return slices.ContainsFunc(entries, func(e fs.DirEntry) bool {
		kind := strings.TrimPrefix(path.Ext(e.Name()), ".")
		return !e.IsDir() && slices.Contains(dropinFolders(e.Name(), kind), name+".d")
	})
}
