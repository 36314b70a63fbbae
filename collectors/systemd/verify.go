package systemd

import (
	"fmt"
	"slices"
	"strings"

	"sallyport/internal/fact"
)

// verify notes what makes systemd refuse to start the unit. The facts stand all the same: they say what
// was meant.
func (u *unit) verify(f *Unit) {
	u.verifyValues()
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
		File: file, Line: int(e.line), Column: int(e.column), Hint: hint,
		Msg: e.key + "=: " + fmt.Sprintf(format, args...) + "; systemd refuses the unit",
	})
}

func (u *unit) verifyValues() {
	for _, e := range u.entries {
		if m := u.fatal(e); m != nil && (e.file == "" || u.partial) {
			u.refuse(e, m.hint, "%s", m.why)
		}
	}
}

// verifyService holds the conditions between settings, service_verify of systemd.
func (u *unit) verifyService(f *Unit) {
	count := make(map[string]int)
	for _, c := range f.Exec {
		count[c.Setting]++
	}
	at := func(key string) *entry {
		if e := latest(u.all("Service", key)); e != nil {
			return e
		}
		h := u.header("Service")
		return &entry{key: key, line: int32(h.Line), column: int32(h.Column), file: h.File}
	}
	kind := u.serviceType(count["ExecStart"] > 0)
	acts := u.valid("Unit", "SuccessAction", successActions) != "none"
	remain, _ := boolean(u.valid("Service", "RemainAfterExit", []string{"no", "yes"}))
	switch {
	case count["ExecStart"] > 0 || acts:
	case count["ExecStop"] == 0:
		u.refuse(at("ExecStart"), "say what to run", "the service has no command")
	case kind != "oneshot":
		u.refuse(at("ExecStart"), "say what to run, or set Type=oneshot", "the service has no command to start")
	case !remain:
		u.refuse(at("ExecStart"), "say what to run, or set RemainAfterExit=yes", "the service has no command to start")
	}
	if count["ExecStart"] > 1 && kind != "oneshot" {
		u.refuse(at("ExecStart"), "keep one command, or set Type=oneshot", "only a service of Type=oneshot may have several")
	}
	if restart := u.valid("Service", "Restart", choices["Restart"]); kind == "oneshot" && (restart == "always" || restart == "on-success") {
		u.refuse(at("Restart"), "choose another type, or Restart=on-failure", "%q does not go with Type=oneshot", restart)
	}
	if kind == "oneshot" && u.valid("Service", "ExitType", []string{"main", "cgroup"}) == "cgroup" {
		u.refuse(at("ExitType"), "choose another type, or remove the line", "\"cgroup\" does not go with Type=oneshot")
	}
	if kind == "dbus" && !u.busName() {
		u.refuse(at("Type"), "set BusName=", "a service of Type=dbus has to name its bus name")
	}
	mode := u.valid("Service", "KillMode", []string{"control-group", "process", "mixed", "none"})
	if lastValue(u, "Service", "PAMName") != "" && (mode == "process" || mode == "none") {
		u.refuse(at("KillMode"), "use control-group or mixed", "%q does not go with PAMName=", mode)
	}
}

var successActions = strings.Fields(`none reboot reboot-force reboot-immediate poweroff poweroff-force poweroff-immediate exit exit-force
	halt halt-force halt-immediate kexec kexec-force soft-reboot soft-reboot-force`)

// serviceType is Type=, or what systemd takes where nothing valid is set.
func (u *unit) serviceType(starts bool) string {
	switch kind := u.valid("Service", "Type", []string{"", "simple", "exec", "forking", "oneshot", "dbus", "notify", "notify-reload", "idle"}); {
	case kind != "":
		return kind
	case u.busName():
		return "dbus"
	case starts:
		return "simple"
	}
	return "oneshot"
}

// valid is the last value of a setting that is one of a list; the first of them where there is none. A boolean may be
// written in each way.
func (u *unit) valid(section, key string, values []string) string {
	value := values[0]
	for _, e := range u.all(section, key) {
		text := e.value
		if v, ok := boolean(text); ok && slices.Contains(values, "yes") {
			text = map[bool]string{true: "yes", false: "no"}[v]
		}
		if text != "" && slices.Contains(values, text) {
			value = text
		}
	}
	return value
}

// busName tells whether the service has a bus name that systemd takes: two parts or more.
func (u *unit) busName() bool {
	set := false
	for _, e := range u.all("Service", "BusName") {
		set = e.value != "" && (set || strings.Contains(e.value, ".") && !strings.ContainsAny(e.value, " \t/"))
	}
	return set
}
