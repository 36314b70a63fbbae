// Package ufw reads what configures ufw: its folder (ufw-framework(8)), as /lib/ufw/ufw-init of ufw 0.36 loads it, and what
// "ufw status verbose" prints.
//
// The rules are those in before.rules, user.rules and after.rules and in their siblings for IPv6, not what ufw believes of
// them: the comments "### tuple ###" in user.rules and the status are its beliefs. Read gives the former, Believed the latter.
package ufw

import (
	"errors"
	"io/fs"
	"path"
	"strings"

	"sallyport/internal/fact"
	"sallyport/internal/firewall"
	"sallyport/internal/firewall/iptables"
)

// Read reads a folder: the one that holds etc/ufw, or /etc/ufw itself. Files that the folder lacks are those of the package,
// as it installs them.
func Read(fsys fs.FS, dir string) (*firewall.Ruleset, error) {
	f, err := open(fsys, dir)
	if err != nil {
		return nil, err
	}
	return f.load(nil)
}

// Believed reads a folder as ufw does when it is asked for its status: with the tuples in the place of the rules that stand
// below them, and the package's before.rules and after.rules. Where it differs from what Read gives, somebody edited the rules.
func Believed(fsys fs.FS, dir string) (*firewall.Ruleset, error) {
	f, err := open(fsys, dir)
	if err != nil {
		return nil, err
	}
	rules := make(map[int][]entry)
	for _, family := range families {
		text, err := f.text(userRules(family))
		if err != nil {
			return nil, err
		}
		rules[family] = tuples(text, path.Join(f.dir, userRules(family)))
	}
	shown := &folder{fsys: nothing{}, dir: f.dir, settings: f.settings}
	return shown.load(rules)
}

var families = []int{4, 6}

// A folder is ufw's configuration.
type folder struct {
	fsys     fs.FS
	dir      string // etc/ufw
	defaults string // etc/default/ufw; "" where it is not there
	settings map[string]setting
}

type setting struct {
	value   string
	unknown bool
	at      fact.Span
}

// open finds the files.
func open(fsys fs.FS, dir string) (*folder, error) {
	dir = path.Clean(dir)
	f := &folder{fsys: fsys, dir: dir, settings: make(map[string]setting)}
	if below := path.Join(dir, "etc/ufw"); exists(fsys, below) {
		f.dir = below
	}
	for _, name := range []string{path.Join(f.dir, "../default/ufw"), path.Join(f.dir, "default/ufw"), path.Join(f.dir, "ufw")} {
		if f.defaults == "" && fs.ValidPath(name) && isFile(fsys, name) {
			f.defaults = name
		}
	}
	found := f.defaults != ""
	for _, name := range []string{"ufw.conf", "user.rules", "user6.rules", "before.rules", "before6.rules", "after.rules", "after6.rules"} {
		found = found || isFile(fsys, path.Join(f.dir, name))
	}
	if !found {
		return nil, &fact.Error{File: dir, Msg: "none of ufw's files is here", Hint: "name the folder that holds ufw.conf and user.rules"}
	}
	return f, f.read()
}

// exists tells of a file or a folder.
func exists(fsys fs.FS, name string) bool {
	_, err := fs.Stat(fsys, name)
	return err == nil
}

func isFile(fsys fs.FS, name string) bool {
	info, err := fs.Stat(fsys, name)
	return err == nil && info.Mode().IsRegular()
}

// stock are the settings of the package as it installs them.
var stock = map[string]string{
	"ENABLED": "no", "IPV6": "yes", "DEFAULT_INPUT_POLICY": "DROP", "DEFAULT_OUTPUT_POLICY": "ACCEPT", "DEFAULT_FORWARD_POLICY": "DROP",
	"MANAGE_BUILTINS": "no",
}

// read takes the settings: ufw-init sources /etc/default/ufw, then ufw.conf.
func (f *folder) read() error {
	for key, value := range stock {
		f.settings[key] = setting{value: value}
	}
	for _, name := range []string{f.defaults, path.Join(f.dir, "ufw.conf")} {
		if name == "" || !isFile(f.fsys, name) {
			continue
		}
		data, err := fs.ReadFile(f.fsys, name)
		if err != nil {
			return err
		}
		if i := strings.IndexByte(string(data), 0); i >= 0 {
			return &fact.Error{File: name, Line: 1 + strings.Count(string(data[:i]), "\n"), Msg: "there is a NUL byte: this is no text"}
		}
		f.source(name, string(data))
	}
	return nil
}

// source reads assignments as a shell does, where they are plain.
func (f *folder) source(name, text string) {
	n := 0
	for line := range strings.Lines(text) {
		n++
		line = strings.TrimRight(line, "\r\n")
		key, value, ok := strings.Cut(strings.TrimLeft(line, " \t"), "=")
		key = strings.TrimPrefix(key, "export ")
		if !ok || key == "" || strings.Trim(key, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_abcdefghijklmnopqrstuvwxyz") != "" {
			continue
		}
		s := setting{at: fact.Span{File: name, Line: n, Column: 1, EndLine: n, EndColumn: 1 + len([]rune(line))}}
		if s.value, s.unknown = unquote(value); s.unknown {
			s.value = stock[key]
		}
		f.settings[key] = s
	}
}

func unquote(value string) (text string, unknown bool) {
	switch {
	case strings.HasPrefix(value, `"`):
		text, _, _ = strings.Cut(value[1:], `"`)
		return text, strings.ContainsAny(text, "$`")
	case strings.HasPrefix(value, "'"):
		text, _, _ = strings.Cut(value[1:], "'")
		return text, false
	}
	if i := strings.IndexAny(value, " \t;#&|"); i >= 0 {
		value = value[:i]
	}
	return value, strings.ContainsAny(value, "$`")
}

// text is one of the rule files, or the package's where the folder lacks it.
func (f *folder) text(name string) (string, error) {
	data, err := fs.ReadFile(f.fsys, path.Join(f.dir, name))
	if errors.Is(err, fs.ErrNotExist) {
		return packaged(name), nil
	}
	if i := strings.IndexByte(string(data), 0); err == nil && i >= 0 {
		return "", &fact.Error{File: path.Join(f.dir, name), Line: 1 + strings.Count(string(data[:i]), "\n"), Msg: "there is a NUL byte: this is no text"}
	}
	return strings.ToValidUTF8(string(data), "\uFFFD"), err
}

func (f *folder) yes(key string) bool {
	v := f.settings[key].value
	return v == "yes" || v == "YES"
}

func userRules(family int) string {
	if family == 6 {
		return "user6.rules"
	}
	return "user.rules"
}

func suffix(family int) string {
	if family == 6 {
		return "6"
	}
	return ""
}

// load does what ufw-init's start does. With rules, user.rules is what ufw would write for them.
func (f *folder) load(rules map[int][]entry) (*firewall.Ruleset, error) {
	i := &initializer{folder: f, loader: iptables.NewLoader(f.dir), rules: rules}
	for _, key := range []string{"ENABLED", "IPV6", "DEFAULT_INPUT_POLICY", "DEFAULT_OUTPUT_POLICY", "DEFAULT_FORWARD_POLICY"} {
		if s := f.settings[key]; s.unknown {
			i.partial = append(i.partial, firewall.Unknown{Why: "the value of " + key, At: s.at})
		}
	}
	if f.yes("ENABLED") {
		if err := i.start(); err != nil {
			return nil, err
		}
	}
	if err := i.loader.Err(); err != nil {
		return nil, err
	}
	set := i.loader.Ruleset()
	set.Partial = append(set.Partial, i.partial...)
	set.Mistakes = append(set.Mistakes, i.mistakes...)
	return set, nil
}
