package systemd

import (
	"fmt"
	"slices"
	"strings"

	"sallyport/internal/fact"
)

// specifiers are the letters that may follow a percent sign in settings, systemd.unit(5).
const specifiers = "aAbBCdDEfgGhHiIjJlLmMnNopPqsStTuUvVwWyY%"

// verify notes what makes systemd refuse to start the unit. The facts stand all the same: they say what
// was meant.
func (u *unit) verify(f *Unit) {
	u.verifyValues()
	u.verifyCommands(f)
	if u.kind == "service" && !u.partial && f.Service {
		u.verifyService(f)
	}
}

func (u *unit) refuse(e *entry, hint, format string, args ...any) {
	file := u.path
	if e.file != "" {
		file = e.file
	}
	u.errs = append(u.errs, &fact.Error{
		File: file, Line: e.line, Column: e.column, Hint: hint,
		Msg: e.key + "=: " + fmt.Sprintf(format, args...) + "; systemd refuses the unit",
	})
}

func (u *unit) verifyValues() {
	for _, e := range u.entries {
		if e.section != "Service" && e.section != "Socket" && e.section != "Mount" && e.section != "Swap" {
			continue
		}
		switch e.key {
		case "DynamicUser":
			if _, ok := boolean(e.value); !ok {
				u.refuse(e, "write yes or no", "%q is no boolean", e.value)
			}
		case "User", "Group":
			switch {
			case badSpecifier(e.value):
				u.refuse(e, "write %% for a percent sign", "%q has an unknown specifier", e.value)
			case !strings.Contains(u.name, "@") && (e.value == "%i" || e.value == "%I"):
				u.refuse(e, "name an account", "%q is empty in a unit that is no template", e.value)
			case !strings.Contains(e.value, "%") && !account(e.value):
				u.refuse(e, "name an account", "%q cannot be the name of an account", e.value)
			}
		case "RootDirectory", "RootImage":
			switch {
			case badSpecifier(e.value):
				u.refuse(e, "write %% for a percent sign", "%q has an unknown specifier", e.value)
			case e.value != "" && e.value[0] != '/' && e.value[0] != '%':
				u.refuse(e, "write an absolute path", "%q is no absolute path", e.value)
			}
		}
	}
}

func badSpecifier(value string) bool {
	for i := 0; i < len(value); i++ {
		if value[i] != '%' {
			continue
		}
		i++
		if i == len(value) {
			return false
		}
		if c := value[i]; (c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z') && !strings.Contains(specifiers, string(c)) {
			return true
		}
	}
	return false
}

// account tells whether a name can be that of an account, as far as systemd cares: it takes odd names
// with a warning, and refuses those that would confuse other programs.
func account(name string) bool {
	if name == "" {
		return true
	}
	if strings.Trim(name, "0123456789") == "" {
		return len(name) < 11
	}
	if strings.ContainsAny(name, ":/\x7f") || name[0] == '-' || strings.Trim(name, "-") == "" || name == "." || name == ".." ||
		name != strings.TrimSpace(name) || name[0] >= '0' && name[0] <= '9' && strings.Trim(name[1:], "0123456789") == "" {
		return false
	}
	return !strings.ContainsFunc(name, func(r rune) bool { return r < ' ' })
}

func (u *unit) verifyCommands(f *Unit) {
	for _, e := range u.entries {
		if !slices.Contains(execSettingsInOrder, e.key) || e.section != "Service" && e.section != "Socket" {
			continue
		}
		list, err := commands(e)
		ignores := len(list) > 0 && strings.Contains(list[len(list)-1].prefixes, "-") || len(list) == 0 && strings.HasPrefix(e.value, "-")
		if err != nil && !ignores {
			u.refuse(e, "balance the quotes", "%v", err)
		}
		for _, p := range list {
			program := p.words[0].text
			switch {
			case strings.Contains(p.prefixes, "-"):
			case program == "":
				u.refuse(e, "name a program", "there is no program")
			case program[0] != '/' && strings.Contains(program, "/") && program[0] != '%':
				u.refuse(e, "write an absolute path, or the name of a program alone", "%q is neither an absolute path nor a name", program)
			case strings.HasSuffix(program, "/"):
				u.refuse(e, "name a program", "%q is a folder", program)
			}
		}
	}
}

// verifyService holds the conditions between settings, service_verify of systemd.
func (u *unit) verifyService(f *Unit) {
	count := make(map[string]int)
	for _, c := range f.Exec {
		count[c.Setting]++
	}
	kind := f.ServiceType
	last := func(key string) *entry { return latest(u.all("Service", key)) }
	at := func(key string) *entry {
		if e := last(key); e != nil {
			return e
		}
		h := u.header("Service")
		return &entry{key: key, line: h.Line, column: h.Column, file: h.File}
	}
	set := func(key string) string {
		if e := last(key); e != nil {
			return e.value
		}
		return ""
	}
	if count["ExecStart"] == 0 && count["ExecStop"] == 0 && (latest(u.all("Unit", "SuccessAction")) == nil) {
		u.refuse(at("ExecStart"), "say what to run", "the service has no command")
	} else if remain, _ := boolean(set("RemainAfterExit")); count["ExecStart"] == 0 && !remain && latest(u.all("Unit", "SuccessAction")) == nil {
		u.refuse(at("ExecStart"), "say what to run, or set RemainAfterExit=yes", "the service has no command to start")
	}
	if count["ExecStart"] > 1 && kind != "oneshot" {
		u.refuse(at("ExecStart"), "keep one command, or set Type=oneshot", "only a service of Type=oneshot may have several")
	}
	if restart := set("Restart"); kind == "oneshot" && (restart == "always" || restart == "on-success") {
		u.refuse(at("Restart"), "choose another type, or Restart=on-failure", "%q does not go with Type=oneshot", restart)
	}
	if kind == "dbus" && set("BusName") == "" {
		u.refuse(at("Type"), "set BusName=", "a service of Type=dbus has to name its bus name")
	}
	if mode := set("KillMode"); set("PAMName") != "" && (mode == "process" || mode == "none") {
		u.refuse(at("KillMode"), "use control-group or mixed", "%q does not go with PAMName=", mode)
	}
}
