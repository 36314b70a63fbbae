package dockerfile

import (
	"fmt"
	"strconv"
	"strings"

	"sallyport/internal/shell"
)

// baseUser is the user of a stage before its own instructions.
func baseUser(img *Image) User {
	u := User{From: "base", Stage: -1}
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
	first, _, _ := strings.Cut(u.Name, " ")
	u.Root = u.Name == "" || err == nil && id == 0 || first == "root" ||
		strings.EqualFold(first, "ContainerAdministrator") || strings.EqualFold(first, "Administrator")
}

// setUser takes the argument of USER. The group may be unknown, the user may not.
func (s *stageBuilder) setUser(typed string) {
	u := User{Value: typed, From: "this", Stage: s.index, Known: true}
	e := s.scope.expand(typed)
	if !e.known() {
		if name, _, ok := strings.Cut(typed, ":"); ok && !strings.Contains(name, "{") && s.scope.expand(name).known() {
			e = s.scope.expand(name)
		}
	}
	if e.known() {
		u.is(e.text)
		u.Root = u.Root || s.roots[u.Name]
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

// accounts notes accounts that are root under another name: useradd -o -u 0 toor.
func (s *stageBuilder) accounts(c *shell.Command) {
	switch c.Name {
	case "useradd", "adduser", "usermod":
	default:
		return
	}
	zero := false
	for i, a := range c.Args {
		value := ""
		switch {
		case (a == "-u" || a == "--uid") && i+1 < len(c.Args):
			value = c.Args[i+1]
		case strings.HasPrefix(a, "--uid="):
			value = a[len("--uid="):]
		case strings.HasPrefix(a, "-u"):
			value = a[len("-u"):]
		}
		if id, err := strconv.Atoi(value); err == nil && id == 0 {
			zero = true
		}
	}
	if n := len(c.Args); zero && n > 0 {
		if s.roots == nil {
			s.roots = make(map[string]bool)
		}
		s.roots[c.Args[n-1]] = true
	}
}
