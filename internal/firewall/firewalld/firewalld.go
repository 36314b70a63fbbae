// Package firewalld reads firewalld's configuration folder: /etc/firewalld with its zones, policies, services, ipsets,
// icmptypes, firewalld.conf and direct.xml, over the defaults in /usr/lib/firewalld (of the same tree if they are there,
// else those of firewalld 1.3.3). It makes the chains that firewalld(1) makes in the kernel with its backend nftables.
//
// Interfaces that no zone names are in the default zone, as if a network manager had put each of them there.
package firewalld

import (
	"errors"
	"io/fs"
	"path"
	"slices"
	"strings"

	"sallyport/internal/fact"
	"sallyport/internal/firewall"
)

// Read reads the folder dir, "etc/firewalld"; spans name the files. Where firewalld refuses the configuration, it runs with
// its stock rules: these are the ruleset then, and Mistakes says why.
func Read(fsys fs.FS, dir string) (*firewall.Ruleset, error) {
	if info, err := fs.Stat(fsys, dir); err != nil {
		return nil, &fact.Error{File: dir, Msg: cause(err)}
	} else if !info.IsDir() {
		return nil, &fact.Error{File: dir, Msg: "not a folder", Hint: "name firewalld's folder, etc/firewalld"}
	}
	if inner := path.Join(dir, "etc/firewalld"); path.Base(dir) != "firewalld" && isDir(fsys, inner) {
		dir = inner
	}
	c := newConfig(fsys, dir)
	if err := c.load(); err != nil {
		var refused *fact.Error
		if errors.As(err, &refused) && strings.HasPrefix(refused.Hint, "correct it: firewalld refuses") {
			return failsafe(fsys, dir, refused)
		}
		return nil, err
	}
	b := newBuilder(c)
	if refused := b.build(); refused != nil {
		return failsafe(fsys, dir, refused)
	}
	return b.ruleset(), nil
}

// failsafe is what runs when the configuration was refused: all of it is left out, and the stock rules filter.
func failsafe(fsys fs.FS, dir string, refused *fact.Error) (*firewall.Ruleset, error) {
	c := newConfig(fsys, dir)
	c.user = ""
	if err := c.load(); err == nil {
		if b := newBuilder(c); b.build() == nil {
			all := b.ruleset()
			all.Mistakes = []*fact.Error{refused}
			return all, nil
		}
	}
	return &firewall.Ruleset{Refused: []*fact.Error{refused}}, nil
}

func isDir(fsys fs.FS, name string) bool {
	info, err := fs.Stat(fsys, name)
	return err == nil && info.IsDir()
}

// A config is firewalld's configuration before it is put into effect.
type config struct {
	fsys fs.FS
	// user and system are the folders; empty where there is none. Without system, the built-in stock stands in.
	user, system string
	settings     settings
	zones        map[string]*object
	policies     map[string]*object
	services     map[string]*service // read on demand, but for the user's
	ipsets       map[string]*ipset
	icmptypes    map[string]*icmptype
	helpers      map[string]bool
	direct       *node
	partial      []firewall.Unknown
}

func newConfig(fsys fs.FS, dir string) *config {
	c := &config{
		fsys: fsys, user: dir, zones: map[string]*object{}, policies: map[string]*object{}, services: map[string]*service{},
		ipsets: map[string]*ipset{}, icmptypes: map[string]*icmptype{}, helpers: map[string]bool{},
	}
	root := path.Dir(path.Dir(dir))
	for _, usr := range []string{"usr/lib/firewalld", "lib/firewalld"} {
		if at := path.Join(root, usr); isDir(fsys, path.Join(at, "zones")) {
			c.system = at
			break
		}
	}
	return c
}

// load reads everything in firewalld's order: its own files, then the user's, which replace those of the same name.
func (c *config) load() error {
	c.settings = defaultSettings()
	if c.user != "" {
		if err := c.settings.read(c.fsys, path.Join(c.user, "firewalld.conf")); err != nil {
			return err
		}
	}
	for _, kind := range []struct {
		folder string
		read   func(root *node, name, file string) error
	}{
		{"ipsets", c.addIPSet},
		{"icmptypes", c.addICMPType},
		{"helpers", c.addHelper},
		{"services", c.addService},
		{"zones", c.addZone},
		{"policies", c.addPolicy},
	} {
		if err := c.loadStock(kind.folder, kind.read); err != nil {
			return err
		}
		if c.user == "" {
			continue
		}
		if err := c.loadFolder(path.Join(c.user, kind.folder), kind.read); err != nil {
			return err
		}
	}
	if err := c.combineZones(); err != nil {
		return err
	}
	return c.loadDirect()
}

func (c *config) loadStock(folder string, read func(root *node, name, file string) error) error {
	if c.system != "" {
		return c.loadFolder(path.Join(c.system, folder), read)
	}
	if folder == "services" { // there are hundreds, of which a configuration names a few
		return nil
	}
	for name := range stockFiles() {
		if path.Dir(name) == folder {
			if err := read(stock(name), base(name), ""); err != nil {
				return err
			}
		}
	}
	return nil
}

func (c *config) loadFolder(folder string, read func(root *node, name, file string) error) error {
	entries, err := fs.ReadDir(c.fsys, folder)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return &fact.Error{File: folder, Msg: cause(err)}
	}
	for _, e := range entries {
		if !strings.HasSuffix(e.Name(), ".xml") || e.IsDir() {
			continue
		}
		name := path.Join(folder, e.Name())
		root, refused, err := parse(c.fsys, name)
		if err != nil {
			return err
		}
		if refused != nil {
			return refused
		}
		if err := read(root, base(name), name); err != nil {
			return err
		}
	}
	return nil
}

// combineZones reads the folders below zones: the files of each are one zone together.
func (c *config) combineZones() error {
	if c.user == "" {
		return nil
	}
	entries, err := fs.ReadDir(c.fsys, path.Join(c.user, "zones"))
	if err != nil {
		return nil //nolint:nilerr // loadFolder has said what is wrong with it
	}
	for _, e := range entries {
		if !e.IsDir() || strings.HasSuffix(e.Name(), ".xml") {
			continue
		}
		whole := &object{name: e.Name(), zone: true}
		err := c.loadFolder(path.Join(c.user, "zones", e.Name()), func(root *node, name, file string) error {
			part, err := readObject(root, name, true)
			if err == nil {
				whole.combine(part)
			}
			return err
		})
		if err != nil {
			return err
		}
		if whole.parts > 0 {
			c.zones[whole.name] = whole
		}
	}
	return nil
}

func (c *config) addZone(root *node, name, file string) error {
	o, err := readObject(root, name, true)
	if err != nil {
		return err
	}
	c.zones[name] = o
	return nil
}

func (c *config) addPolicy(root *node, name, file string) error {
	o, err := readObject(root, name, false)
	if err != nil {
		return err
	}
	c.policies[name] = o
	return nil
}

func (c *config) addHelper(root *node, name, file string) error {
	c.helpers[name] = true
	return nil
}

func (c *config) loadDirect() error {
	if c.user == "" {
		return nil
	}
	name := path.Join(c.user, "direct.xml")
	if _, err := fs.Stat(c.fsys, name); err != nil {
		return nil //nolint:nilerr // there need not be one
	}
	root, refused, err := parse(c.fsys, name)
	if err != nil {
		return err
	}
	if refused != nil { // firewalld goes on without it
		c.partial = append(c.partial, firewall.Unknown{Why: "direct rules that firewalld cannot read", At: fact.Span{File: name, Line: 1}})
		return nil
	}
	c.direct = root
	return nil
}

// defaultZone is the zone of interfaces that no zone names; a name that is no zone is replaced as firewalld does it.
func (c *config) defaultZone() string {
	for _, name := range []string{c.settings.defaultZone, "public", "external"} {
		if c.zones[name] != nil {
			return name
		}
	}
	return "block"
}

func sorted(objects map[string]*object) []*object {
	all := make([]*object, 0, len(objects))
	for _, o := range objects {
		all = append(all, o)
	}
	slices.SortFunc(all, func(a, b *object) int { return strings.Compare(a.name, b.name) })
	return all
}
