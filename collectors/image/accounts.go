package image

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
)

// A group is a line of /etc/group.
type group struct {
	name    string
	id      int
	members []string
}

// maxAccounts bounds the accounts of an image.
const maxAccounts = 10_000

// fields cuts the lines of passwd(5), group(5) and shadow(5).
func fields(data []byte, atLeast int) [][]string {
	var all [][]string
	for line := range strings.Lines(string(data)) {
		line = strings.TrimSpace(line)
		parts := strings.Split(line, ":")
		if line == "" || line[0] == '#' || len(parts) < atLeast || len(all) == maxAccounts {
			continue
		}
		for i, p := range parts {
			parts[i] = strings.ToValidUTF8(p, "�")
		}
		all = append(all, parts)
	}
	return all
}

// accounts reads who is known in the image.
func accounts(passwd, groupFile, shadow []byte) (Accounts, []group) {
	a := Accounts{Users: []Account{}, Passwordless: []string{}, Duplicates: []Duplicate{}}
	same := map[string]map[string][]string{"user": {}, "uid": {}, "group": {}, "gid": {}}
	open := map[string]bool{}
	for _, f := range fields(shadow, 2) {
		if f[1] == "" {
			open[f[0]] = true
		}
	}
	for _, f := range fields(passwd, 4) {
		uid, errUID := strconv.Atoi(f[2])
		gid, errGID := strconv.Atoi(f[3])
		if errUID != nil || errGID != nil {
			continue
		}
		account := Account{Name: f[0], UID: uid, GID: gid}
		if len(f) > 5 {
			account.Home = f[5]
		}
		if len(f) > 6 {
			account.Shell = f[6]
		}
		a.Users = append(a.Users, account)
		if f[1] == "" {
			open[f[0]] = true // passwd(5): no password is asked for
		}
		same["user"][f[0]] = append(same["user"][f[0]], f[0])
		same["uid"][f[2]] = append(same["uid"][f[2]], f[0])
	}
	var groups []group
	for _, f := range fields(groupFile, 3) {
		id, err := strconv.Atoi(f[2])
		if err != nil {
			continue
		}
		g := group{name: f[0], id: id}
		if len(f) > 3 && f[3] != "" {
			g.members = strings.Split(f[3], ",")
		}
		groups = append(groups, g)
		same["group"][f[0]] = append(same["group"][f[0]], f[0])
		same["gid"][f[2]] = append(same["gid"][f[2]], f[0])
	}
	a.Passwordless = append(a.Passwordless, slices.Sorted(maps.Keys(open))...)
	for _, kind := range []string{"uid", "gid", "user", "group"} {
		for _, value := range slices.Sorted(maps.Keys(same[kind])) {
			if members := same[kind][value]; len(members) > 1 {
				a.Duplicates = append(a.Duplicates, Duplicate{Name: fmt.Sprintf("%s %s", kind, value), Kind: kind, Members: members})
			}
		}
	}
	return a, groups
}

// release reads os-release(5).
func release(data []byte) Release {
	var r Release
	for line := range strings.Lines(string(data)) {
		name, value, ok := strings.Cut(strings.TrimSpace(line), "=")
		if !ok {
			continue
		}
		value = strings.ToValidUTF8(strings.Trim(value, `"'`), "�")
		switch name {
		case "ID":
			r.ID = value
		case "VERSION_ID":
			r.Version = value
		case "PRETTY_NAME":
			r.Pretty = value
		}
	}
	return r
}
