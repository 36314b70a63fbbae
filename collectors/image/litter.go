package image

import (
	"path"
	"strings"
)

// caches are the folders in which package managers and compilers keep what they need no more.
var caches = []struct{ folder, by string }{
	{"var/lib/apt/lists", "apt"},
	{"var/cache/apt/archives", "apt"},
	{"var/cache/apk", "apk"},
	{"etc/apk/cache", "apk"},
	{"var/cache/dnf", "dnf"},
	{"var/cache/libdnf5", "dnf"},
	{"var/cache/yum", "yum"},
	{"var/cache/zypp", "zypper"},
	{"var/cache/pacman/pkg", "pacman"},
	{"root/.cache/pip", "pip"},
	{"root/.npm/_cacache", "npm"},
	{"usr/local/share/.cache/yarn", "yarn"},
	{"usr/local/cargo/registry", "cargo"},
	{"root/.cargo/registry", "cargo"},
	{"root/.cache/go-build", "go"},
	{"go/pkg/mod/cache", "go"},
}

// litter tells of files that a container needs not.
func (it *item) litter(name string, kind byte) {
	if kind != fileEntry {
		return
	}
	base := path.Base(name)
	for _, c := range caches {
		if rest, ok := strings.CutPrefix(name, c.folder+"/"); ok && rest != "lock" && rest != "partial" && base != "lock" {
			it.is, it.group, it.groupKind = trash, "/"+c.folder, c.by
			return
		}
	}
	if group, what := leftover(name, base); what != "" {
		it.is, it.group, it.groupKind = trash, "/"+group, what
	}
}

// leftover tells the file or the folder that is left over, and what of.
func leftover(name, base string) (group, kind string) {
	switch {
	case base == "Dockerfile" || strings.HasPrefix(base, "Dockerfile.") || base == "Containerfile",
		base == "docker-compose.yml" || base == "docker-compose.yaml" || base == "compose.yaml" || base == "compose.yml",
		base == "Vagrantfile" || base == "Jenkinsfile" || base == ".gitlab-ci.yml" || base == ".dockerignore":
		if sample(name) || vendored(name) {
			return "", ""
		}
		return name, "build"
	case base == ".DS_Store" || base == "Thumbs.db" || strings.HasSuffix(base, ".swp") && strings.HasPrefix(base, "."):
		return name, "editor"
	case strings.HasPrefix(name, "tmp/") || strings.HasPrefix(name, "var/tmp/"):
		top, _, _ := strings.Cut(name, "tmp/")
		return top + "tmp", "temporary"
	}
	dir := ""
	for part := range strings.SplitSeq(path.Dir(name), "/") {
		dir = path.Join(dir, part)
		switch part {
		case ".vscode", ".idea":
			if !vendored(name) {
				return dir, "editor"
			}
		case ".cache":
			return dir, "cache"
		case ".svn", ".hg":
			return dir, "build"
		}
	}
	return "", ""
}

// vendored tells of the folders of packages, which have their own files of that kind.
func vendored(name string) bool {
	for _, dir := range []string{"node_modules/", "site-packages/", "dist-packages/", "vendor/", "gems/", "usr/share/", "usr/lib/", "usr/src/linux", "registry/src/"} {
		if strings.Contains("/"+name, "/"+dir) {
			return true
		}
	}
	return false
}
