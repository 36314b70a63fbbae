package systemd

import (
	"path"
	"slices"
	"strings"
)

// Shared is a path that the unit uses, in a folder where others than root and the service write.
type Shared struct {
	// Name is the path.
	Name string `json:"name"`
	// Kind is "source" for what systemd reads for the service, "temporary" for what systemd or the service opens below
	// /tmp and its like, and "search" for a folder in which programs look for code.
	Kind string `json:"kind"`
	// Setting is what names it: EnvironmentFile, ExecStart, or the variable of a search path.
	Setting string `json:"setting"`
	// Folder is the folder that is open: /tmp, /var/tmp, /dev/shm, /home, /run/user, or one
	// that the unit opens for the service.
	Folder string `json:"folder"`
}

var (
	temporary = []string{"/tmp", "/var/tmp", "/dev/shm"}
	homes     = []string{"/home", "/run/user"}
	others    = slices.Concat(temporary, homes)
)

// below is the first of the folders that a path lies in, "" if in none.
func below(p string, folders []string) string {
	for _, folder := range folders {
		if strings.HasPrefix(p, folder+"/") && len(p) > len(folder)+1 {
			return folder
		}
	}
	return ""
}

// shared are the paths of a service in folders that are open to others. PrivateTmp= gives the service a /tmp of its
// own, and not the manager, which reads files and opens logs before; commands with "+" run outside of it as well.
func (b *builder) shared(n node, f *Unit) []Shared {
	list := []Shared{}
	if !f.Service || f.Manager != "system" {
		return list
	}
	add := func(kind, setting, p, folder string) node {
		list = append(list, Shared{Name: p, Kind: kind, Setting: setting, Folder: folder})
		return n.index(len(list) - 1)
	}
	for i, file := range f.EnvironmentFiles {
		if folder := below(path.Clean(file.Name), others); folder != "" {
			b.like(add("source", "EnvironmentFile", file.Name, folder), "environment_files", i)
		}
	}
	for _, key := range []string{"LoadCredential", "LoadCredentialEncrypted", "StandardOutput", "StandardError", "PIDFile", "RootImage"} {
		for _, e := range b.unit.all("Service", key) {
			p := b.unit.resolve(e.value[strings.IndexByte(e.value, ':')+1:])
			kind, folders := "temporary", temporary
			if strings.HasPrefix(key, "LoadCredential") || key == "RootImage" {
				kind, folders = "source", others
			}
			if folder := below(path.Clean(p), folders); folder != "" {
				add(kind, key, p, folder).entry(e)
			}
		}
	}
	dir := b.unit.resolve(strings.TrimPrefix(lastValue(b.unit, "Service", "WorkingDirectory"), "-"))
	open := slices.Concat(others, f.Filesystem.opened())
	for i, v := range f.Environment {
		if folder, part := searched(v.Name, v.Value, dir, open); folder != "" {
			b.like(add("search", v.Name, part, folder), "environment", i)
		}
	}
	b.sharedArguments(f, add)
	return list
}

// harmless are programs that clean up, look, or make a name that nobody guesses.
var harmless = strings.Fields("rm rmdir find tmpreaper tmpwatch systemd-tmpfiles test [ mktemp true sh bash dash mount umount mountpoint")

// sharedArguments are the paths on command lines; the program itself is another matter.
func (b *builder) sharedArguments(f *Unit, add func(kind, setting, p, folder string) node) {
	if f.Filesystem.RootDirectory != "" || f.Filesystem.RootImage != "" {
		return
	}
	private := map[string]bool{"/tmp": f.Filesystem.PrivateTmp, "/var/tmp": f.Filesystem.PrivateTmp}
	for _, p := range slices.Concat(f.Filesystem.TemporaryFileSystem, f.Filesystem.InaccessiblePaths) {
		private[p.Name] = true
	}
	for i, c := range f.Exec {
		shell := slices.Contains(shells, path.Base(c.Path))
		if slices.Contains(harmless, path.Base(c.Path)) && !shell {
			continue
		}
		for j, word := range c.Argv {
			if j == 0 || j == 1 && !strings.Contains(word, "/") {
				continue
			}
			p, folder := temporaryIn(word, shell)
			if folder != "" && (c.FullPrivileges || !private[folder]) {
				b.like(add("temporary", c.Setting, p, folder), "exec", i, "argv", j)
			}
		}
	}
}

// temporaryIn finds a path below a folder of temporary files in a word: at its start, behind "=" or ":", and in the
// text of a shell behind ">".
func temporaryIn(word string, shell bool) (p, folder string) {
	starts := "=:,@"
	if shell {
		starts = ">"
	}
	for _, folder := range temporary {
		for from := 0; ; {
			i := strings.Index(word[from:], folder+"/")
			if i < 0 {
				break
			}
			i += from
			from = i + len(folder)
			before := strings.TrimRight(word[:i], ` "'`)
			if before != "" && !strings.ContainsRune(starts, rune(before[len(before)-1])) || before == "" && shell {
				continue
			}
			p, _, _ := strings.Cut(word[i:], " ")
			p = strings.TrimRight(p, `"';,)`)
			if len(p) > len(folder)+1 && p[len(folder)+1] != '.' && !strings.Contains(p, "XXX") {
				return p, folder
			}
		}
	}
	return "", ""
}

// searchPaths are the variables that name folders or files of code, by environ(7), ld.so(8) and the manuals of the
// interpreters.
var searchPaths = strings.Fields("PATH LD_LIBRARY_PATH LD_PRELOAD LD_AUDIT PYTHONPATH PERL5LIB PERLLIB RUBYLIB NODE_PATH GEM_PATH LUA_PATH GCONV_PATH")

// searched finds the part of a search path in which others can put code: a folder that is open to them. A relative
// part means the working directory.
func searched(name, value, dir string, open []string) (folder, part string) {
	if !slices.Contains(searchPaths, name) || value == "" {
		return "", ""
	}
	for part := range strings.SplitSeq(value, ":") {
		if strings.ContainsAny(part, "%$") || strings.HasPrefix(name, "LD_") && part != "" && !strings.Contains(part, "/") {
			continue // ld.so looks a name up among the libraries
		}
		if !strings.HasPrefix(part, "/") {
			part = path.Join(dir, part)
		}
		if folder := below(path.Clean(part)+"/x", open); folder != "" {
			return folder, part
		}
	}
	return "", ""
}
