package systemd

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

// A forest is the files and links of a root, by path.
type forest struct {
	files, links map[string]string
}

func newForest() *forest { return &forest{files: map[string]string{}, links: map[string]string{}} }

func (f *forest) write(root string) error {
	for file, text := range f.files {
		full := filepath.Join(root, file)
		if err := os.MkdirAll(filepath.Dir(full), 0o755); err != nil {
			return err
		}
		if err := os.WriteFile(full, []byte(text), 0o644); err != nil {
			return err
		}
	}
	for link, target := range f.links {
		full := filepath.Join(root, link)
		if err := os.MkdirAll(filepath.Dir(full), 0o755); err != nil {
			return err
		}
		if _, taken := f.files[link]; taken {
			continue
		}
		if err := os.Symlink(target, full); err != nil {
			return err
		}
	}
	return nil
}

var unitFolders = []string{
	"etc/systemd/system", "run/systemd/system", "usr/lib/systemd/system", "usr/local/lib/systemd/system", "etc/systemd/system", "usr/lib/systemd/system",
	"etc/systemd/system.control", "run/systemd/system.control", "etc/systemd/system.attached", "run/systemd/system.attached",
	"run/systemd/generator",
}

// shared writes the drop-ins of all units of a root.
func (g generator) shared(f *forest) {
	for range g.IntN(3) {
		var b strings.Builder
		b.WriteString("[Service]\n")
		for range 1 + g.IntN(2) {
			if key := g.setting(); key != "Type" && !strings.HasPrefix(key, "Exec") {
				b.WriteString(g.line(key) + "\n")
			}
		}
		f.files[filepath.Join(g.one(unitFolders...), g.one("service.d", "a-.service.d", "a-b-.service.d"), g.dropinName())] = b.String()
	}
}

func (g generator) dropinName() string {
	return g.one("10-a.conf", "20-b.conf", "30-c.conf", "5.conf", "zz.conf", ".hidden.conf", "x.txt", "A.conf", "_.conf", "10-a.conf~")
}

// name is the name of a unit: plain, with dashes, a template, or an instance.
func (g generator) name(i int) (name, stem string) {
	stem = fmt.Sprintf("%s%03d", g.one("a-b-c", "a-b", "app", "x", "a-b\\x2dc"), i)
	switch g.IntN(12) {
	case 0:
		stem += "@"
	case 1:
		return stem + "@" + g.one("i", "foo", "a-b", "x\\x20y", "0") + ".service", stem + "@"
	}
	return stem + ".service", stem
}

func (g generator) text() string {
	var b strings.Builder
	if g.chance(15) {
		b.WriteString("\ufeff")
	}
	if g.chance(2) {
		b.WriteString("[Unit]\nDescription=x\n")
	}
	b.WriteString("[Service]\n")
	if !g.chance(30) {
		b.WriteString("ExecStart=/bin/true\n")
	}
	g.body(&b, g.IntN(14))
	if g.chance(60) {
		b.Reset()
	}
	return b.String()
}

// unit makes a unit with its drop-ins, and returns its name.
func (g generator) unit(f *forest, i int) string {
	name, stem := g.name(i)
	file := filepath.Join(g.one(unitFolders...), name)
	f.files[file] = g.text()
	if g.chance(20) { // the same unit in a second folder
		f.files[filepath.Join(g.one(unitFolders...), name)] = g.text()
	}
	folders := []string{name + ".d", name + ".d", name + ".d"}
	if strings.HasSuffix(stem, "@") {
		folders = append(folders, stem+".service.d", stem+"i.service.d")
	}
	for range g.IntN(4) {
		var d strings.Builder
		if !g.chance(15) {
			d.WriteString("[Service]\n")
		}
		g.body(&d, 1+g.IntN(5))
		if g.chance(20) {
			d.Reset()
		}
		at := filepath.Join(g.one(unitFolders...), g.one(folders...), g.dropinName())
		switch g.IntN(25) {
		case 0:
			f.links[at] = "/dev/null"
		case 1:
			f.files["srv/"+name+".conf"] = d.String()
			f.links[at] = strings.Repeat("../", strings.Count(at, "/")) + "srv/" + name + ".conf"
		default:
			f.files[at] = d.String()
		}
	}
	if name == stem+".service" && strings.HasSuffix(stem, "@") && g.chance(3) { // an instance, linked or not
		inst := stem + "9.service"
		for at := range f.files { // mistakes of the instance "i" are those of the template, too
			if strings.Contains(at, stem+"i.service.d") {
				delete(f.files, at)
			}
		}
		if g.chance(2) {
			f.links[filepath.Join("etc/systemd/system", inst)] = g.one("/", "../../../") + file
			if strings.Contains(file, "generator") {
				f.links[filepath.Join("etc/systemd/system", inst)] = "../../../" + file // absolute ones lead out of the root
			}
		}
		f.files[filepath.Join(g.one(unitFolders[:4]...), inst+".d", g.dropinName())] = "[Service]\n" + g.line(g.setting()) + "\n"
		return inst
	}
	if g.chance(12) && !strings.HasPrefix(name, stem+".") == strings.Contains(stem, "@") {
		alias := "alias" + name
		f.links[filepath.Join("etc/systemd/system", alias)] = g.one("/"+file, "/"+file, "../../../"+file)
		if strings.Contains(file, "generator") {
			f.links[filepath.Join("etc/systemd/system", alias)] = "../../../" + file
		}
		if g.chance(2) {
			f.files[filepath.Join(g.one(unitFolders...), alias+".d", g.dropinName())] = "[Service]\n" + g.line(g.setting()) + "\n"
		}
	}
	return name
}
