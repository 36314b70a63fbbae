package image

import (
	"fmt"
	"strconv"
	"strings"
)

// maxID is the largest user id that runc accepts; a larger one starts no container.
const maxID = 1<<31 - 1

// parseUser takes the user of a configuration as runc does: name or number, with or without a group.
func parseUser(value string) User {
	u := User{Value: value, UID: -1, GID: -1, Known: true}
	u.Name, u.Group, _ = strings.Cut(value, ":")
	if u.Name == "" {
		u.Root, u.UID = true, 0
		return u
	}
	if id, err := strconv.Atoi(u.Name); err == nil {
		u.Numeric = true
		if u.UID = id; id < 0 || id > maxID {
			u.UID, u.Known, u.Reason = -1, false, fmt.Sprintf("no user id is %s", u.Name)
		}
		u.Root = id == 0
		u.group()
		return u
	}
	lower := strings.ToLower(u.Name)
	u.Root = u.Name == "root" || lower == "containeradministrator" || lower == "administrator"
	if u.Name == "root" {
		u.UID = 0
	}
	u.group()
	return u
}

func (u *User) group() {
	if id, err := strconv.Atoi(u.Group); err == nil && id >= 0 && id <= maxID {
		u.GID = id
	}
	if u.Group == "root" {
		u.GID = 0
	}
}

// resolve looks the user up in the image's accounts, as runc does when a container starts. Windows has its
// accounts elsewhere.
func (u *User) resolve(users []Account, groups []group) {
	if !u.Known {
		return
	}
	found := false
	for _, a := range users {
		if a.Name == u.Name || u.Numeric && a.UID == u.UID {
			found = true
			u.UID = a.UID
			if u.Group == "" {
				u.GID = a.GID
			}
			break
		}
	}
	switch {
	case u.Name == "":
		u.UID, u.GID = 0, 0
	case !found && u.Numeric:
		if u.Group == "" {
			u.GID = 0 // runc: a user without an account is in group 0
		}
	case !found && u.Name == "root":
		u.Known, u.Reason = false, "the image has no account named root"
	case !found:
		u.Known, u.Reason = false, fmt.Sprintf("the image has no account named %s", u.Name)
	}
	u.Root = u.UID == 0
	if u.Group == "" || u.GID >= 0 {
		return
	}
	for _, g := range groups {
		if g.name == u.Group {
			u.GID = g.id
			return
		}
	}
	if u.Known {
		u.Known, u.Reason = false, fmt.Sprintf("the image has no group named %s", u.Group)
	}
}
