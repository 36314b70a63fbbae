package systemd

import (
	"fmt"
	"strings"

	"sallyport/internal/fact"
)

// specifiers are the letters that may follow a percent sign in settings, systemd.unit(5).
const specifiers = "aAbBCdDEfgGhHiIjJlLmMnNopPqsStTuUvVwWyY%"

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
		File: file, Line: e.line, Column: e.column, Hint: hint,
		Msg: e.key + "=: " + fmt.Sprintf(format, args...) + "; systemd refuses the unit",
	})
}

func (u *unit) verifyValues() {
	for _, e := range u.entries {
		if why, hint := u.fatal(e); why != "" {
			u.refuse(e, hint, "%s", why)
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
	if kind == "dbus" && !u.busName() {
		u.refuse(at("Type"), "set BusName=", "a service of Type=dbus has to name its bus name")
	}
	if mode := set("KillMode"); set("PAMName") != "" && (mode == "process" || mode == "none") {
		u.refuse(at("KillMode"), "use control-group or mixed", "%q does not go with PAMName=", mode)
	}
}

// busName tells whether the service has a bus name that systemd takes: two parts or more.
func (u *unit) busName() bool {
	set := false
	for _, e := range u.all("Service", "BusName") {
		set = e.value != "" && (set || strings.Contains(e.value, ".") && !strings.ContainsAny(e.value, " \t/"))
	}
	return set
}
