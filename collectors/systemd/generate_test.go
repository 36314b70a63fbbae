package systemd

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
)

// A generator makes units with drop-ins, one setting out of three odd or wrong, always the same for a seed.
type generator struct{ *rand.Rand }

func (g generator) one(list ...string) string { return list[g.IntN(len(list))] }

// chance is true in one of n cases.
func (g generator) chance(n int) bool { return g.IntN(n) == 0 }

// some is up to n of a list, with blanks between them.
func (g generator) some(n int, list []string) string {
	var words []string
	for range 1 + g.IntN(n) {
		w := g.one(list...)
		if g.chance(12) {
			w = `"` + w + `"`
		}
		words = append(words, w)
	}
	return strings.Join(words, g.one(" ", " ", " ", "  ", "\t"))
}

var (
	oddBooleans = strings.Split("yes|yes|yes|yes|no|no|true|false|1|0|on|off|YES|No|tRuE|y|n|t|f|maybe|yes # why|2||yes;|'yes'|\"no\"", "|")
	oddCaps     = strings.Fields("CAP_SYS_ADMIN CAP_NET_ADMIN CAP_NET_BIND_SERVICE CAP_CHOWN CAP_SETUID CAP_KILL cap_mknod CAP_BPF CAP_PERFMON CAP_FOO 12 40 63 99 NET_ADMIN CAP_SYS_TIME,CAP_SYSLOG CAP_SYS_MODULE CAP_WAKE_ALARM CAP_AUDIT_WRITE CAP_DAC_OVERRIDE CAP_SYS_PTRACE Cap_Lease -1 0x5")
	oddFamilies = strings.Fields("AF_UNIX AF_INET AF_INET6 AF_NETLINK AF_PACKET AF_LOCAL AF_FILE AF_ROUTE AF_BLUETOOTH AF_VSOCK AF_ALG af_inet INET AF_FOO AF_MCTP 2 AF_UNSPEC AF_CAN AF_KEY")
	oddSpaces   = strings.Fields("user mnt ipc pid cgroup net uts time user mnt foo")
	oddArches   = strings.Fields("native x86-64 x86 x32 arm64 foo riscv64 loongarch64")
	oddCalls    = strings.Fields(`@system-service @privileged @resources @mount @swap @clock @debug @module @raw-io @reboot @obsolete @cpu-emulation @default @basic-io
		@known @file-system @network-io @setuid @keyring @chown @ipc read mount umount umount2 swapon reboot nice ptrace iopl vm86 kexec_load setpriority clock_settime bpf foo
		@foo 165 delete_module quotactl process_vm_readv adjtimex uselib chown chown32 io_uring_setup @sandbox @aio @signal @timer @sync @pkey @memlock @process @io-event`)
	oddAddresses = strings.Fields(`any localhost link-local multicast 0.0.0.0/0 ::/0 127.0.0.0/8 127.0.0.1 ::1 ::1/128 10.0.0.0/8 10.1.2.3 192.168.0.0/33 foo fe80::1%eth0
		0.0.0.0/1 128.0.0.0/1 ::ffff:127.0.0.1 127.0.0.1/0 1.2.3 fd00::/8 LOCALHOST Localhost localhost.localdomain foo.localhost 010.0.0.1 10.0.0.0/08 0.0.0.0 :: ::1/0 127.9.9.9/32`)
	oddDevices = strings.Split("/dev/null rw|/dev/null|char-rtc r|block-loop rwm|char-* rw|/dev/sda x|/tmp/x rw|/dev/../etc rw||sda r|/dev/ttyS0 rw m|/dev//null r|\"/dev/null\" rw|block- r|/dev|/dev/ r", "|")
	oddMasks   = strings.Fields("0077 077 77 0022 022 0 0000 0027 8 07777 7777 17777 0o77 u=rwx +077 0007 0033 0177 -1 00000077")
	oddUsers   = strings.Fields("root 0 app nobody 1000 65534 app nobody 00 dynamic 4294967295 65535 a.b 0x0 app_1 daemon")
	oddPaths   = strings.Split("/|/srv/app|/srv//app/|/srv/../|//||/%n|/var/lib/%i|/a b", "|")
)

// value is a value of a setting.
func (g generator) value(key string) string {
	tilde := func(s string) string { return g.one("", "", "~", "~", "~ ") + s }
	switch key {
	case "CapabilityBoundingSet", "AmbientCapabilities":
		return g.one(tilde(g.some(4, oddCaps)), tilde(g.some(4, oddCaps)), tilde(g.some(3, oddCaps)), "", "~", `""`, "~CAP_SYS_ADMIN ~CAP_KILL")
	case "RestrictAddressFamilies":
		return g.one(tilde(g.some(4, oddFamilies)), tilde(g.some(3, oddFamilies)), "", "none", "~", "~none")
	case "RestrictNamespaces":
		return g.one(tilde(g.some(4, oddSpaces)), tilde(g.some(3, oddSpaces)), "", "yes", "no", "~", "~yes", "1", "maybe")
	case "SystemCallArchitectures":
		return g.one(g.some(2, oddArches), "native", "native", "", "native native", "~native")
	case "SystemCallFilter":
		list := g.some(5, oddCalls)
		if g.chance(5) {
			list += ":" + g.one("EPERM", "kill", "1", "EFOO", "4096", "", "0", "255", "eperm")
		}
		return g.one(tilde(list), tilde(list), tilde(list), tilde(list), "", "~", "@system-service", "~@a ~@swap")
	case "IPAddressDeny", "IPAddressAllow":
		return g.one(g.some(3, oddAddresses), g.some(2, oddAddresses), "any", "any", "")
	case "DeviceAllow":
		return g.one(oddDevices...)
	case "UMask":
		return g.one(append(oddMasks, "")...)
	case "User":
		return g.one(append(oddUsers, "", "bad user", "%i", "%n", "a:b", "-x", "1a", "a/b", "%zz", "ünï")...)
	case "SupplementaryGroups":
		return g.one("adm", "adm disk", "", `"adm"`, "root", "4")
	case "Delegate":
		return g.one("yes", "no", "", "cpu memory", "maybe", "cpu foo", "io", "1")
	case "RootDirectory", "RootImage":
		return g.one(append(oddPaths, "relative", "-/srv/x", "%zz", "/ok")...)
	case "ProtectHome":
		return g.one("yes", "no", "read-only", "tmpfs", "true", "READ-ONLY", "", "0", "on", "maybe")
	case "ProtectSystem":
		return g.one("yes", "no", "full", "strict", "strict", "true", "", "Strict", "0", "strict # x")
	case "KeyringMode":
		return g.one("private", "shared", "inherit", "", "no", "Private")
	case "ProtectProc":
		return g.one("default", "noaccess", "invisible", "ptraceable", "", "yes", "Invisible")
	case "ProcSubset":
		return g.one("all", "pid", "", "PID", "no")
	case "NotifyAccess":
		return g.one("none", "main", "exec", "all", "", "All", "no")
	case "DevicePolicy":
		return g.one("auto", "closed", "strict", "", "Closed", "yes")
	case "Type":
		return g.one("simple", "exec", "oneshot", "forking", "notify", "idle", "foo", "", "dbus")
	case "Restart":
		return g.one("no", "always", "on-failure", "on-success", "", "foo", "always")
	case "RemainAfterExit":
		return g.one("yes", "no")
	case "KillMode":
		return g.one("process", "mixed", "none", "control-group", "foo")
	case "PAMName":
		return g.one("login", "")
	case "BusName":
		return g.one("org.example.App", "", "bad name")
	case "MountImages", "LoadCredentialEncrypted", "SetCredentialEncrypted", "IPIngressFilterPath", "IPEgressFilterPath":
		return map[string]string{
			"MountImages": g.one("/a.raw:/mnt", ""), "LoadCredentialEncrypted": g.one("a:/b", "a", ""), "SetCredentialEncrypted": "a: AAAA",
			"IPIngressFilterPath": g.one("/sys/fs/bpf/x", ""), "IPEgressFilterPath": g.one("/sys/fs/bpf/x", "", "rel"),
		}[key]
	case "ExecStart":
		return g.one("/bin/true", "-/bin/false", "true", "@/bin/sh sh", `/bin/echo "a b"`, "+/bin/true", "!!/bin/x", ":/bin/true $X", "/bin/a ; /bin/b", "./rel", `/bin/echo "a`, "/bin/x/", "", "-./rel", "/bin/echo \\x20", "/bin/true %n %h", "a/b", "/bin/echo 'x", "-", ";", `"/bin/true" x`, "/bin/%p")
	}
	return g.one(oddBooleans...)
}

var wordSettings = strings.Fields(`CapabilityBoundingSet AmbientCapabilities RestrictAddressFamilies RestrictNamespaces SystemCallArchitectures SystemCallFilter IPAddressDeny
	IPAddressAllow DeviceAllow UMask User SupplementaryGroups Delegate RootDirectory RootImage ProtectHome ProtectSystem KeyringMode ProtectProc ProcSubset NotifyAccess
	DevicePolicy CapabilityBoundingSet SystemCallFilter SystemCallFilter RestrictAddressFamilies RestrictNamespaces DeviceAllow IPAddressDeny IPAddressAllow`)

var rareSettings = strings.Fields("Type Restart RemainAfterExit KillMode PAMName BusName MountImages LoadCredentialEncrypted SetCredentialEncrypted IPIngressFilterPath IPEgressFilterPath ExecStart DynamicUser")

func (g generator) setting() string {
	switch g.IntN(20) {
	case 0:
		return g.one(rareSettings...)
	case 1, 2, 3, 4, 5, 6, 7, 8:
		return g.one(booleans...)
	}
	return g.one(wordSettings...)
}

// line is an assignment, sometimes over several lines.
func (g generator) line(key string) string {
	value := g.value(key)
	if strings.Contains(value, " ") && g.chance(8) {
		value = strings.Replace(value, " ", g.one(" \\\n", " \\\n\t", " \\\n# a comment\n", "\\\n; another \\\n", "\\\n\n", " \\ \n", "\\\\\n", "\\\n[Unit]\n"), 1)
	}
	return g.one("", "", "", "", " ", "\t") + key + g.one("=", "=", "=", " = ", "= ", " =") + value + g.one("", "", "", "", " ", "\t", " \\ ", "\\")
}

func (g generator) body(b *strings.Builder, n int) {
	for range n {
		switch g.IntN(40) {
		case 0:
			b.WriteString(g.one("# a comment", "; another", "#\\", "[Unit]\nDefaultDependencies="+g.one("no", "no", "yes", "foo", "")+"\n[Service]",
				"[X-Ours]\nPrivateTmp=yes\n[Service]", "[service]\nPrivateTmp=yes\n[Service]", "privatetmp=yes", "X-Foo=bar", "no assignment", "=value", "[Unknown]\n[Service]", "[Service]", " [Service]", "[Service] "))
		default:
			b.WriteString(g.line(g.setting()))
		}
		b.WriteString(g.one("\n", "\n", "\n", "\n", "\n", "\n", "\n", "\r\n", "\n\n"))
	}
}

// unit writes a unit with its drop-ins, and returns its name.
func (g generator) unit(root string, i int) (string, error) {
	stem := fmt.Sprintf("%s%03d", g.one("a-b-c", "a-b", "app", "x"), i)
	if g.chance(12) {
		stem += "@"
	}
	name := stem + ".service"
	var b strings.Builder
	if g.chance(15) {
		b.WriteString("\ufeff")
	}
	if g.chance(2) {
		b.WriteString("[Unit]\nDescription=x\n")
	}
	b.WriteString("[Service]\n")
	if !g.chance(30) {
		b.WriteString("ExecStart=/bin/true\n")
	}
	g.body(&b, g.IntN(14))
	if g.chance(60) {
		b.Reset()
	}
	lookup := []string{"etc/systemd/system", "run/systemd/system", "usr/lib/systemd/system", "usr/local/lib/systemd/system"}
	files := map[string]string{filepath.Join(g.one(lookup...), name): b.String()}
	kind := strings.TrimSuffix(name, ".service")
	folders := []string{name + ".d", name + ".d", name + ".d"}
	if strings.HasPrefix(kind, "a-b") {
		folders = append(folders, "a-.service.d")
	}
	if strings.HasSuffix(kind, "@") {
		folders = append(folders, kind+"i.service.d")
	}
	for range g.IntN(4) {
		var d strings.Builder
		if !g.chance(15) {
			d.WriteString("[Service]\n")
		}
		g.body(&d, 1+g.IntN(5))
		folder, file := g.one(folders...), g.one("10-a.conf", "20-b.conf", "30-c.conf", "5.conf", "zz.conf", ".hidden.conf", "x.txt")
		if folder == "a-.service.d" && strings.Contains(d.String(), "User") {
			continue // would refuse the units of the whole root
		}
		if g.chance(20) {
			d.Reset()
		}
		files[filepath.Join(g.one(lookup...), folder, file)] = d.String()
	}
	for file, text := range files {
		full := filepath.Join(root, file)
		if err := os.MkdirAll(filepath.Dir(full), 0o755); err != nil {
			return "", err
		}
		if err := os.WriteFile(full, []byte(text), 0o644); err != nil {
			return "", err
		}
	}
	if g.chance(15) {
		alias := filepath.Join(root, "etc/systemd/system", "alias"+name)
		for file := range files {
			if filepath.Base(file) == name {
				if err := os.MkdirAll(filepath.Dir(alias), 0o755); err != nil {
					return "", err
				}
				return name, os.Symlink("/"+file, alias)
			}
		}
	}
	return name, nil
}
