// Package harden writes drop-ins that restrict systemd services to what they need.
package harden

import (
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"

	"sallyport/collectors/systemd"
)

// Name is the name of the drop-ins that are written.
const Name = "50-sallyport.conf"

// A Purpose is what a service is for, and how exposed it may be.
type Purpose struct {
	// Profile is the name of the profile, for the comment on top.
	Profile string
	// Network says whether the service may use the network, and Listen whether it may bind ports.
	Network, Listen bool
	// Max is the highest exposure, as systemd-analyze security counts.
	Max float64
}

// DropIn is the text of a drop-in, and the unit as it would be with it.
type DropIn struct {
	Text  string
	After systemd.Unit
}

// Plan writes a drop-in for the service of a file. What the unit switches off itself stays off, unless the service
// would be above its budget; it is an error where it is above all the same.
func Plan(fsys fs.FS, file string, unit *systemd.Unit, p Purpose) (*DropIn, error) {
	switch {
	case unit.Type != "service" || !unit.Service || unit.Partial:
		return nil, fmt.Errorf("%s: only a service whose unit is here can be restricted", file)
	case unit.Manager != "system":
		return nil, fmt.Errorf("%s: a unit of a user's manager cannot be restricted this way", file)
	}
	var d *DropIn
	for _, override := range []bool{false, true} {
		w := &writer{unit: unit, purpose: p, override: override}
		text := w.write()
		after, err := systemd.Try(fsys, file, Name, text)
		if err != nil {
			return nil, err
		}
		if d = (&DropIn{text, after}); after.Exposure.Overall <= p.Max {
			return d, nil
		}
	}
	return d, fmt.Errorf("%s: the exposure would be %v, above the budget of %v: %s", file, d.After.Exposure.Overall, p.Max, strings.Join(d.After.Exposure.Heaviest, ", "))
}

// A writer collects lines, each with its reason.
type writer struct {
	unit     *systemd.Unit
	purpose  Purpose
	override bool
	b        strings.Builder
}

// bad tells whether an item of systemd-analyze security has a badness.
func (w *writer) bad(item string) bool { return w.unit.Exposure.Badness[item] > 0 }

// typed are the values of a setting as they stand in the unit and its drop-ins.
func (w *writer) typed(key string) []string {
	for _, s := range w.unit.Settings {
		if s.Section == "Service" && s.Name == key {
			return s.Values
		}
	}
	return nil
}

func (w *writer) line(why, key, value string) {
	fmt.Fprintf(&w.b, "# %s\n%s=%s\n", why, key, value)
}

// yes switches a setting on where its item is bad, unless the unit itself says no.
func (w *writer) yes(key, why string) {
	if w.bad(key) && (w.override || len(w.typed(key)) == 0) {
		w.line(why, key, "yes")
	}
}

func (w *writer) write() string {
	fmt.Fprintf(&w.b, "# Restricts %s to what it needs, as a %s. Written by sallyport; the unit itself is untouched.\n[Service]\n", w.unit.Name, w.purpose.Profile)
	w.files()
	w.kernel()
	w.privileges()
	w.network()
	w.calls()
	return w.b.String()
}

func (w *writer) files() {
	f := &w.unit.Filesystem
	if w.bad("ProtectSystem") {
		w.line("The whole hierarchy is read-only, save for StateDirectory= and its like, and ReadWritePaths=.", "ProtectSystem", "strict")
		for _, p := range w.writes() {
			w.line("The unit names this folder of data: remove the line if it only reads there.", "ReadWritePaths", "-"+p)
		}
	}
	if w.bad("ProtectHome") {
		if slices.ContainsFunc(w.folders(), func(p string) bool {
			return strings.HasPrefix(p, "/home") || strings.HasPrefix(p, "/root") || strings.HasPrefix(p, "/run/user")
		}) {
			w.line("The unit names a path below the homes: they can be read, and not written.", "ProtectHome", "read-only")
		} else {
			w.line("The homes of people are hidden.", "ProtectHome", "yes")
		}
	}
	w.yes("PrivateTmp", "A /tmp of its own, so that no other program reads or plants files there.")
	if w.unit.Exposure.Needs.Devices == "" {
		w.yes("PrivateDevices", "Only harmless devices such as /dev/null.")
	} else if w.bad("DeviceAllow") {
		w.line("No devices but those of DeviceAllow=.", "DevicePolicy", "closed")
	}
	w.yes("PrivateMounts", "What it mounts is seen by nobody else.")
	if core := &w.unit.Running.LimitCore; w.unit.Running.LoadsCredentials && (!core.Set || core.Soft != 0) {
		w.line("Its credentials are in its memory, and stay out of core dumps.", "LimitCORE", "0")
	}
	if w.bad("UMask") && len(w.typed("UMask")) == 0 && len(f.RuntimeDirectory) == 0 {
		w.line("Files that it makes are its own.", "UMask", "0077")
	}
}

// folders are the paths that the unit names.
func (w *writer) folders() []string {
	list := slices.Clone(w.typed("WorkingDirectory"))
	for _, c := range w.unit.Exec {
		list = append(list, c.Argv...)
	}
	for _, p := range w.unit.Filesystem.ReadWritePaths {
		list = append(list, p.Name)
	}
	return list
}

// writes are the folders that the service presumably writes, and that are not open to it anyway.
func (w *writer) writes() []string {
	f := &w.unit.Filesystem
	if len(f.StateDirectory)+len(f.ReadWritePaths)+len(f.BindPaths) > 0 {
		return nil
	}
	var list []string
	for _, key := range []string{"WorkingDirectory", "PIDFile"} {
		values := w.typed(key)
		if len(values) == 0 {
			continue
		}
		p := strings.TrimPrefix(values[len(values)-1], "-")
		if key == "PIDFile" {
			p = p[:max(0, strings.LastIndexByte(p, '/'))]
		}
		for _, data := range []string{"/var/", "/srv/", "/run"} {
			if strings.HasPrefix(p, data) && !slices.Contains(list, p) {
				list = append(list, p)
			}
		}
	}
	for _, text := range w.texts() {
		if p := data(text); p != "" && !slices.ContainsFunc(list, func(q string) bool { return p == q || strings.HasPrefix(p, q+"/") }) {
			list = append(list, p)
		}
	}
	return list
}

// texts are the words of commands and the values of variables.
func (w *writer) texts() []string {
	var list []string
	for _, c := range w.unit.Exec {
		list = append(list, c.Argv[1:]...)
	}
	for _, v := range w.unit.Environment {
		list = append(list, v.Value)
	}
	return list
}

// data is the folder below those for data that a text names: /var/lib/app of /var/lib/app/app.db, or of --data=/var/lib/app.
func data(text string) string {
	i := strings.Index(text, "/")
	if i < 0 || i > 0 && text[i-1] != '=' && text[i-1] != ':' {
		return ""
	}
	p := strings.TrimLeft(text[i:], "/") // sqlite:///var/lib/app/app.db
	p = path.Clean("/" + p)
	if path.Ext(p) != "" {
		p = path.Dir(p)
	}
	plain := strings.NewReplacer("%i", "", "%I", "", "%n", "", "%N", "").Replace(p)
	if strings.ContainsAny(plain, "%$*?\"'\\:;,|<>() ") {
		return ""
	}
	for _, folder := range []string{"/var/lib/", "/var/cache/", "/var/log/", "/var/spool/", "/srv/"} {
		if strings.HasPrefix(p, folder) {
			return p
		}
	}
	return ""
}

func (w *writer) kernel() {
	w.yes("ProtectClock", "It does not set the clock.")
	w.yes("ProtectControlGroups", "It does not manage control groups.")
	w.yes("ProtectHostname", "It does not rename the machine.")
	w.yes("ProtectKernelLogs", "It does not read the log of the kernel.")
	w.yes("ProtectKernelModules", "It loads no modules.")
	w.yes("ProtectKernelTunables", "It changes no settings of the kernel.")
	if w.bad("ProtectProc") {
		w.line("It sees no processes of others.", "ProtectProc", "invisible")
	}
	if w.bad("ProcSubset") && w.unit.Exposure.Needs.WritableCode == "" {
		w.line("Nor what else /proc shows.", "ProcSubset", "pid")
	}
	if w.bad("KeyringMode") {
		w.line("Keys of the kernel are its own.", "KeyringMode", "private")
	}
	w.yes("LockPersonality", "It emulates no old systems.")
	if w.unit.Exposure.Needs.WritableCode == "" {
		w.yes("MemoryDenyWriteExecute", "It runs no code that it wrote into memory.")
	}
	w.yes("RestrictRealtime", "It does not take the processor for itself.")
	w.yes("RestrictSUIDSGID", "It makes no set-user-ID programs.")
	if w.bad("RestrictNamespaces_user") && (w.override || len(w.typed("RestrictNamespaces")) == 0) {
		w.line("It makes no containers.", "RestrictNamespaces", "yes")
	}
	if !w.unit.Identity.Root {
		w.yes("RemoveIPC", "No shared memory stays when it stops.")
	}
}
