package systemd

import (
	"bufio"
	"bytes"
	"io/fs"
	"path"
	"strconv"
	"strings"
	"unicode/utf8"

	"sallyport/internal/fact"
	"sallyport/internal/syntax"
)

// uid is the number of the account: root's, the one that User= is, or the one that sysusers.d(5) beside the unit
// gives the name; -1 where it is not known.
func (b *builder) uid(n node, id *Identity) int {
	b.like(n, "identity", "user")
	if id.Root {
		return 0
	}
	if number, err := strconv.ParseUint(id.User, 10, 31); err == nil {
		return int(number)
	}
	if id.User == "" || id.DynamicUser || strings.ContainsAny(id.User, "/%") {
		return -1
	}
	for _, file := range sysusers(b.fsys, b.unit.path, id.User) {
		data, err := syntax.Read(b.fsys, file)
		if err != nil {
			continue
		}
		if number, line, end := sysuser(data, id.User); number >= 0 {
			b.files = append(b.files, file)
			n.at(fact.Span{File: file, Line: line, Column: 1, EndLine: line, EndColumn: end})
			return number
		}
	}
	return -1
}

// sysusers are the files that would say the number of an account: in the folders of the root that the unit lies in,
// or beside it.
func sysusers(fsys fs.FS, unit, user string) []string {
	stem := strings.TrimSuffix(path.Base(unit), path.Ext(unit))
	for _, layout := range []string{"usr/lib/systemd/", "etc/systemd/", "lib/systemd/", "usr/local/lib/systemd/"} {
		root, _, ok := strings.Cut("/"+unit, "/"+layout)
		if !ok {
			continue
		}
		var list []string
		for _, folder := range []string{"etc/sysusers.d", "usr/lib/sysusers.d"} {
			folder = path.Join(root[min(1, len(root)):], folder)
			if _, err := fs.Stat(fsys, folder); err == nil {
				list = append(list, path.Join(folder, stem+".conf"), path.Join(folder, user+".conf"))
			}
		}
		return list
	}
	dir := path.Dir(unit)
	return []string{
		path.Join(dir, "sysusers.d", stem+".conf"), path.Join(path.Dir(dir), "sysusers.d", stem+".conf"),
		path.Join(dir, stem+".sysusers"), path.Join(dir, "sysusers.conf"),
	}
}

// sysuser finds a name in a file of sysusers.d(5), and the number that it gets: "u ledger 10001".
// end is the column behind the line.
func sysuser(data []byte, user string) (number, line, end int) {
	scan := bufio.NewScanner(bytes.NewReader(data))
	for line = 1; scan.Scan(); line++ {
		f := strings.Fields(scan.Text())
		if len(f) < 3 || strings.TrimRight(f[0], "!+") != "u" || f[1] != user {
			continue
		}
		id, _, _ := strings.Cut(f[2], ":")
		if n, err := strconv.ParseUint(id, 10, 31); err == nil {
			return int(n), line, utf8.RuneCount(scan.Bytes()) + 1
		}
	}
	return -1, 0, 0
}
