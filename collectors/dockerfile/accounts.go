package dockerfile

import (
	"path"
	"strconv"
	"strings"

	"sallyport/internal/shell"
)

// files notes what a command does to accounts and to the modes of files.
func (s *stageBuilder) files(cmds []shell.Command, i int, at *runAnchors, m mode) {
	c := &cmds[i]
	for _, a := range created(c) {
		a.Run, a.Command = len(s.facts.Runs), i
		s.facts.Accounts = append(s.facts.Accounts, a)
		s.at.accounts = append(s.at.accounts, at.commands[i])
	}
	if m == own {
		s.account(c)
	}
	for _, ch := range changes(cmds, i) {
		ch.Run, ch.Command = len(s.facts.Runs), i
		s.facts.Modes = append(s.facts.Modes, ch)
		s.at.modes = append(s.at.modes, at.commands[i])
	}
}

// account remembers the uids that a command gives.
func (s *stageBuilder) account(c *shell.Command) {
	list := created(c)
	if path.Base(c.Name) == "usermod" {
		list = append(list, modified(c))
	}
	for _, a := range list {
		if a.Kind == "user" && a.ID >= 0 {
			s.remember(a.Name, a.ID)
		}
	}
}

// borrow takes over the uids of a stage whose /etc/passwd is copied.
func (s *stageBuilder) borrow() {
	for i := range s.facts.Copies {
		c := &s.facts.Copies[i]
		if c.Stage < 0 || c.Stage >= s.index || s.b.budget < 0 {
			continue
		}
		for _, from := range c.Sources {
			if path.Base(from) == "passwd" {
				for name, id := range s.b.stages[c.Stage].ids {
					s.remember(name, id)
				}
			}
		}
	}
	if s.facts.Base.Kind == "stage" && s.b.budget > 0 { // what that one has borrowed
		for name, id := range s.b.stages[s.facts.Base.Stage].ids {
			if _, ok := s.ids[name]; !ok {
				s.remember(name, id)
			}
		}
	}
}

func (s *stageBuilder) remember(name string, id int) {
	if s.ids == nil {
		s.ids = make(map[string]int)
	}
	if s.b.budget--; s.b.budget > 0 {
		s.ids[name] = id
	}
}

// created are the accounts that a command creates.
func created(c *shell.Command) []account {
	switch name := path.Base(c.Name); name {
	case "useradd":
		return useradd(name, c.Args)
	case "adduser":
		return adduser(name, c.Args)
	case "groupadd", "addgroup":
		return groupadd(name, c.Args)
	case "echo", "printf":
		return database(name, c.Output, strings.Join(c.Args, "\n"))
	case "cat":
		return database(name, c.Output, c.Input)
	case "tee":
		for _, a := range c.Args {
			if list := database(name, a, c.Input); list != nil {
				return list
			}
		}
	}
	return nil
}

func optionsOf(list string) map[string]bool {
	m := make(map[string]bool)
	for w := range strings.FieldsSeq(list) {
		m[w] = true
	}
	return m
}

var (
	useraddValues = optionsOf("-b -c -d -e -f -g -G -k -K -p -s -u -Z -R -P --base-dir --comment --home-dir --home --expiredate --inactive " +
		"--gid --groups --skel --key --password --shell --uid --selinux-user --root --prefix")
	adduserValues = optionsOf("-h -g -s -G -u -k -d -c -p -e -f -b -K --home --home-dir --gecos --comment --shell --ingroup --gid --uid --skel " +
		"--conf --firstuid --lastuid --firstgid --lastgid --base-dir --groups --password --expiredate")
	groupaddValues = optionsOf("-g -K -p -R -P -U --gid --key --password --root --prefix --users --firstgid --lastgid --conf")
	usermodValues  = optionsOf("-c -d -e -f -g -G -l -p -R -P -s -u -v -V -w -W -Z --comment --home --expiredate --inactive --gid --groups " +
		"--login --password --root --prefix --shell --uid --selinux-user")
)

// number is a uid or gid, -1 for what is none.
func number(s string) int {
	if n, err := strconv.Atoi(s); err == nil && n >= 0 {
		return n
	}
	return -1
}

// useradd reads useradd(8) of shadow.
func useradd(program string, args []string) []account {
	a := account{Kind: "user", ID: -1, Program: program}
	for name, value := range getopt(args, useraddValues) {
		switch name {
		case "":
			a.Name = value
		case "-D", "--defaults":
			return nil
		default:
			a.set(name, value)
		}
	}
	return named(a)
}

// set takes an option that means the same to useradd, and to adduser of Debian and BusyBox.
func (a *account) set(name, value string) {
	switch name {
	case "-u", "--uid":
		a.ID = number(value)
	case "-g", "--gid", "--ingroup":
		a.Group = value
	case "-s", "--shell":
		a.Shell = value
	case "-d", "--home-dir", "--home":
		a.Home = value
	case "-r", "-S", "--system":
		a.System = true
	case "-l", "--no-log-init":
		a.NoLogInit = true
	}
}

// named leaves out what names no account.
func named(a account) []account {
	if a.Name == "" {
		return nil
	}
	return []account{a}
}

// adduser reads adduser(8) of Debian, of BusyBox, where -g is a description, -G the group and -h the home
// folder, and of RHEL, where it is useradd. With two names it adds a user to a group.
func adduser(program string, args []string) []account {
	a := account{Kind: "user", ID: -1, Program: program}
	var names []string
	busybox, group := "", ""
	shadow := false
	for name, value := range getopt(args, adduserValues) {
		switch name {
		case "":
			names = append(names, value)
		case "-h":
			a.Home = value
		case "-G":
			busybox = value
		case "-g":
			group = value
		case "-m", "-M", "-r", "-N", "-d", "-o", "-U", "-c":
			shadow = true
			a.set(name, value)
		case "--group":
			a.Group = "" // of the same name
		default:
			a.set(name, value)
		}
	}
	switch {
	case shadow || busybox == "" && number(group) >= 0:
		if group != "" {
			a.Group = group
		}
	case busybox != "":
		a.Group = busybox
	}
	if len(names) != 1 {
		return nil
	}
	a.Name = names[0]
	return named(a)
}

// groupadd reads groupadd(8) and addgroup(8).
func groupadd(program string, args []string) []account {
	a := account{Kind: "group", ID: -1, Program: program}
	names := 0
	for name, value := range getopt(args, groupaddValues) {
		switch name {
		case "":
			a.Name, names = value, names+1
		case "-g", "--gid":
			a.ID = number(value)
		case "-r", "-S", "--system":
			a.System = true
		}
	}
	if names != 1 {
		return nil // addgroup USER GROUP
	}
	return named(a)
}

// modified is the account as usermod(8) leaves it.
func modified(c *shell.Command) account {
	a := account{Kind: "user", ID: -1}
	login := ""
	for name, value := range getopt(c.Args, usermodValues) {
		switch name {
		case "":
			a.Name = value
		case "-u", "--uid":
			a.ID = number(value)
		case "-l", "--login":
			login = value
		}
	}
	if login != "" {
		a.Name = login
	}
	return a
}

// database are the lines for passwd(5) and group(5) in what a command writes there.
func database(program, file, text string) []account {
	a := account{Program: program}
	switch path.Base(file) {
	case "passwd":
		a.Kind = "user"
	case "group":
		a.Kind = "group"
	default:
		return nil
	}
	var list []account
	for l := range strings.SplitSeq(strings.ReplaceAll(text, `\n`, "\n"), "\n") {
		l = strings.Trim(l, `"' `)
		l = l[strings.LastIndexAny(l[:max(strings.IndexByte(l, ':'), 0)], `"' `)+1:] // echo 'app:x:1:
		f := strings.Split(l, ":")
		switch {
		case len(f) < 3 || f[0] == "":
			continue
		case a.Kind == "user" && len(f) == 7:
			a.Group, a.Home, a.Shell = f[3], f[5], f[6]
		case a.Kind == "group" && len(f) == 4:
		default:
			continue
		}
		a.Name, a.ID = f[0], number(f[2])
		list = append(list, a)
	}
	return list
}
