package systemd

import (
	"path"
	"slices"
	"strings"
)

// Credential is a credential that a service gets from a file, systemd.exec(5) "CREDENTIALS".
type Credential struct {
	// Name is the name that the service knows it by, and for ImportCredential= a pattern.
	Name string `json:"name"`
	// Setting is LoadCredential, LoadCredentialEncrypted, SetCredentialEncrypted or ImportCredential.
	Setting string `json:"setting"`
	// Path is the file, with what specifiers stand for; "" for a credential of the manager.
	Path string `json:"path"`
	// Encrypted is true where the credential lies encrypted.
	Encrypted bool `json:"encrypted"`
}

var credentialSettings = []string{"LoadCredential", "LoadCredentialEncrypted", "SetCredentialEncrypted", "ImportCredential"}

// loadedCredentials are the credentials whose values do not stand in the unit in clear.
func (b *builder) loadedCredentials(n node, section string) []Credential {
	list := []Credential{}
	for _, setting := range credentialSettings {
		first := len(list)
		for _, e := range b.unit.all(section, setting) {
			if e.value == "" {
				list = list[:first]
				continue
			}
			name, file, _ := strings.Cut(b.unit.resolve(e.value), ":")
			c := Credential{Name: name, Setting: setting, Encrypted: strings.HasSuffix(setting, "Encrypted")}
			if strings.HasPrefix(setting, "Load") {
				c.Path = file
			}
			n.index(len(list)).entry(e)
			list = append(list, c)
		}
	}
	return list
}

// shared are the folders where every account may write, or one that is not root.
var shared = []string{"/tmp", "/var/tmp", "/dev/shm", "/run/shm", "/run/user", "/run/lock", "/var/lock", "/home", "/var/crash", "/var/mail", "/var/spool/mail"}

// maxPath is the longest path that Linux takes.
const maxPath = 4096

// interpreters are programs that run a script, by the names of their commands.
var interpreters = strings.Fields("sh bash dash ash ksh zsh busybox python python2 python3 perl ruby node nodejs deno bun php lua tclsh java")

// opened are the folders that a unit opens for writing to a service that is not root.
func (f *Filesystem) opened() []string {
	var list []string
	for _, p := range slices.Concat(f.ReadWritePaths, f.BindPaths) {
		list = append(list, p.Name)
	}
	for _, made := range []struct {
		below string
		names []string
	}{{"/var/lib", f.StateDirectory}, {"/var/cache", f.CacheDirectory}, {"/var/log", f.LogsDirectory}, {"/run", f.RuntimeDirectory}} {
		for _, name := range made.names {
			name, _, _ = strings.Cut(name, ":")
			list = append(list, path.Join(made.below, name))
		}
	}
	return list
}

// writable notes which programs and scripts lie where others than root may write.
func (f *Unit) writable(u *unit) {
	opened := make(map[string]bool)
	for _, folder := range f.Filesystem.opened() {
		opened[folder] = true
	}
	within := func(file string) string {
		if !strings.HasPrefix(file, "/") || len(file) > maxPath {
			return ""
		}
		for folder := path.Dir(path.Clean(file)); folder != "/"; folder = path.Dir(folder) {
			if opened[folder] || slices.Contains(shared, folder) {
				return folder
			}
		}
		return ""
	}
	dir := u.resolve(strings.TrimPrefix(lastValue(u, "Service", "WorkingDirectory"), "-"))
	for i := range f.Exec {
		c := &f.Exec[i]
		c.Writable = within(c.Path)
		if len(c.Argv) < 2 || !interprets(path.Base(c.Path)) {
			continue
		}
		for _, arg := range c.Argv[1:] {
			if !strings.HasPrefix(arg, "-") {
				if !strings.HasPrefix(arg, "/") && strings.Contains(arg, ".") {
					arg = path.Join(dir, arg)
				}
				c.ScriptWritable = within(arg)
				break
			}
			if arg == "-c" || arg == "-m" || arg == "-e" {
				break
			}
		}
	}
}

func interprets(name string) bool {
	return slices.Contains(interpreters, strings.TrimRight(name, "0123456789.")) || slices.Contains(interpreters, name)
}
