package dockerfile

import (
	"fmt"
	"strconv"
	"strings"
)

// baseUser is the user of a stage before its own instructions.
func baseUser(img *Image) User {
	u := User{From: "base", Stage: -1, ID: -1}
	switch {
	case img.UserKnown:
		u.Known = true
		u.is(img.User)
	case img.Kind == "unresolved" && len(img.Unknown) > 0:
		u.Reason = fmt.Sprintf("the base image %s depends on %s, which has no value", img.Name, strings.Join(img.Unknown, ", "))
	case img.Kind == "unresolved":
		u.Reason = fmt.Sprintf("the base image %q is no reference", img.Name)
	default:
		u.Reason = fmt.Sprintf("the default user of the image %s is not known", img.Name)
	}
	return u
}

// is sets the name and the group, and what follows from the name.
func (u *User) is(value string) {
	u.Name, u.Group, _ = strings.Cut(value, ":")
	u.Name, u.Group = strings.TrimSpace(u.Name), strings.TrimSpace(u.Group)
	id, err := strconv.Atoi(u.Name)
	u.Numeric = err == nil
	if u.ID = -1; u.Numeric {
		u.ID = id
	}
	first, _, _ := strings.Cut(u.Name, " ")
	u.Root = u.Name == "" || err == nil && id == 0 || first == "root" ||
		strings.EqualFold(first, "ContainerAdministrator") || strings.EqualFold(first, "Administrator")
	if u.Name == "" || first == "root" {
		u.ID = 0
	}
}

// identify takes the uid of an account that the build has made.
func (s *stageBuilder) identify(u *User) {
	if id, ok := s.ids[u.Name]; ok && u.Known && !u.Numeric && u.ID < 0 {
		u.ID, u.Root = id, u.Root || id == 0
	}
}

// setUser takes the argument of USER. The group may be unknown, the user may not.
func (s *stageBuilder) setUser(typed string) {
	u := User{Value: typed, From: "this", Stage: s.index, Known: true, ID: -1}
	e := s.scope.expand(typed)
	if !e.known() {
		if name, _, ok := strings.Cut(typed, ":"); ok && !strings.Contains(name, "{") && s.scope.expand(name).known() {
			e = s.scope.expand(name)
		}
	}
	if e.known() {
		u.is(e.text)
		s.identify(&u)
	} else {
		u.Known = false
		u.Reason = s.why(e.unknown)
	}
	s.facts.User = u
}

// why says why a word is not known, by its first variable.
func (s *stageBuilder) why(unknown []string) string {
	name := sorted(unknown)[0]
	switch v, ok := s.scope.vars[name]; {
	case ok && v.arg:
		return fmt.Sprintf("the build argument %s has no value", name)
	case ok:
		return fmt.Sprintf("the value of the variable %s is not known", name)
	}
	if strings.Contains(name, "$") || strings.Contains(name, " ") {
		return fmt.Sprintf("%q cannot be expanded", name)
	}
	return fmt.Sprintf("the variable %s is set nowhere in the stage", name)
}
