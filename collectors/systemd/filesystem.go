package systemd

import (
	"path"
	"slices"
	"strings"
)

func (b *builder) filesystem(n node, section string, f *Unit) Filesystem {
	var s Filesystem
	programs := folders(f.Exec)
	s.ProtectSystemSet = b.choice(n.key("protect_system_set"), section, "ProtectSystem", "no", "yes", "full", "strict")
	b.choice(n.key("protect_system"), section, "ProtectSystem", "no", "yes", "full", "strict")
	s.ProtectHome = b.choice(n.key("protect_home"), section, "ProtectHome", "no", "yes", "read-only", "tmpfs")
	s.ProtectSystem = s.ProtectSystemSet
	if f.Identity.DynamicUser {
		s.ProtectSystem = "strict"
		if s.ProtectHome == "" || s.ProtectHome == "no" {
			s.ProtectHome = "read-only"
		}
	}
	if s.ProtectSystem == "" {
		s.ProtectSystem = "no"
	}
	if s.ProtectHome == "" {
		s.ProtectHome = "no"
	}
	s.ReadWritePaths = b.paths(n.key("read_write_paths"), section, "ReadWritePaths", plainPath, programs)
	s.ReadOnlyPaths = b.paths(n.key("read_only_paths"), section, "ReadOnlyPaths", plainPath, programs)
	s.InaccessiblePaths = b.paths(n.key("inaccessible_paths"), section, "InaccessiblePaths", plainPath, programs)
	s.TemporaryFileSystem = b.paths(n.key("temporary_file_system"), section, "TemporaryFileSystem", beforeColon, programs)
	s.BindPaths = b.paths(n.key("bind_paths"), section, "BindPaths", beforeColon, programs)
	s.PrivateTmp = b.private(n.key("private_tmp"), section, "PrivateTmp") || f.Identity.DynamicUser
	s.PrivateDevices = b.flag(n.key("private_devices"), section, "PrivateDevices", false)
	s.StateDirectory = b.words(n.key("state_directory"), section, "StateDirectory")
	s.CacheDirectory = b.words(n.key("cache_directory"), section, "CacheDirectory")
	s.LogsDirectory = b.words(n.key("logs_directory"), section, "LogsDirectory")
	s.ConfigurationDirectory = b.words(n.key("configuration_directory"), section, "ConfigurationDirectory")
	s.RuntimeDirectory = b.words(n.key("runtime_directory"), section, "RuntimeDirectory")
	s.RootDirectory = b.text(n.key("root_directory"), section, "RootDirectory")
	s.RootImage = b.text(n.key("root_image"), section, "RootImage")
	all := slices.ContainsFunc(s.ReadOnlyPaths, func(p PathSetting) bool { return p.Name == "/" })
	s.ReadOnly = s.ProtectSystem == "strict" || all || b.sealed(section, s.RootImage)
	return s
}

// private is a boolean that newer versions let name a kind of privacy as well, such as PrivateTmp=disconnected.
func (b *builder) private(n node, section, key string) bool {
	return b.choice(n, section, key, "yes", "no", "disconnected") != "no" && len(b.unit.all(section, key)) > 0 &&
		b.choice(n, section, key, "yes", "no", "disconnected") != ""
}

// sealed tells whether the root is an image that cannot be written: one with verity data, or of a file
// system that is read-only by its making.
func (b *builder) sealed(section, image string) bool {
	if image == "" || image == "/" {
		return false
	}
	for _, key := range []string{"RootHash", "RootVerity"} {
		if e := latest(b.unit.all(section, key)); e != nil && e.value != "" {
			return true
		}
	}
	return slices.Contains([]string{".squashfs", ".sqfs", ".erofs", ".verity"}, path.Ext(image))
}

// system are the places that hold the system, the accounts or everything. Of those that end in "/" all
// that lies below counts too; the others hold folders of single services.
var system = strings.Fields(`/usr/ /bin/ /sbin/ /lib/ /lib64/ /boot/ /efi/ /root/ /etc/systemd/ /etc/ssh/ /etc/pam.d/ /etc/sudoers.d/
	/etc/cron.d/ /etc/profile.d/ /etc/ld.so.conf.d/ / /etc /var /var/lib /home /opt /srv /dev /sys /proc /mnt /media
	/etc/passwd /etc/shadow /etc/sudoers /etc/ld.so.preload`)

func holdsSystem(p string) bool {
	return slices.ContainsFunc(system, func(s string) bool {
		return p == strings.TrimSuffix(s, "/") || p == s || len(s) > 1 && strings.HasSuffix(s, "/") && strings.HasPrefix(p, s)
	})
}

// The notations of one element of a list of paths: the path alone, PATH:OPTIONS, and SOURCE:TARGET:OPTIONS,
// of which the source is what becomes writable.
func plainPath(s string) string   { return s }
func beforeColon(s string) string { p, _, _ := strings.Cut(s, ":"); return p }

// paths is a list of paths; an empty assignment starts over.
func (b *builder) paths(n node, section, key string, notation func(string) string, programs map[string]bool) []PathSetting {
	list := []PathSetting{}
	for _, e := range b.unit.all(section, key) {
		n.entry(e)
		if e.value == "" {
			list = list[:0]
			continue
		}
		ws, _ := words(e.value, retained)
		for _, w := range ws {
			p := PathSetting{}
			name, optional := strings.CutPrefix(w.text, "-")
			name, inRoot := strings.CutPrefix(name, "+")
			p.Name, p.Optional, p.InRoot = b.unit.resolve(notation(name)), optional, inRoot
			if p.Name == "" || p.Name[0] != '/' && p.Name[0] != '%' {
				continue // systemd ignores a relative path
			}
			p.Name = path.Clean(p.Name)
			p.System = holdsSystem(p.Name)
			p.HoldsProgram = programs[p.Name]
			n.index(len(list)).part(e, w.from, w.to)
			list = append(list, p)
		}
	}
	return list
}

// folders are the programs of the commands and all folders above them.
func folders(exec []Command) map[string]bool {
	set := make(map[string]bool)
	for _, c := range exec {
		for p := c.Path; strings.HasPrefix(p, "/") && !set[p]; p = path.Dir(p) {
			set[p] = true
		}
	}
	return set
}
