package systemd

import (
	"maps"
	"math/rand/v2"
	"slices"
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
		return g.one("adm", "adm disk", "", `"adm"`, "root", "4", `"adm disk"`, "%i", "adm a:b", "%p x", "adm %zz")
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
	if list, ok := oddValues[key]; ok {
		return g.one(list...)
	}
	return g.one(oddBooleans...)
}

// mutate changes a place of a value.
func (g generator) mutate(value string) string {
	i := g.IntN(len(value) + 1)
	insert := g.one(`\`, `\`, `"`, `'`, "%", "~", " ", "\t", ",", ";", ":", "#", "=", `\x41`, `\s`, `\n`, `\"`, "%n", "%i", "%%", "%p", "ü", "0", "a", "/", `\\`, `\ `)
	switch j := min(len(value), i+1+g.IntN(3)); g.IntN(4) {
	case 0:
		return strings.ToValidUTF8(value[:i]+value[j:], "")
	case 1:
		return strings.ToValidUTF8(value[:i]+value[i:j]+value[i:], "")
	}
	return strings.ToValidUTF8(value[:i], "") + insert + strings.ToValidUTF8(value[i:], "")
}

// oddValues are those of settings that no item is about: they decide whether a unit is refused, imply others, or do nothing.
var oddValues = map[string][]string{
	"WorkingDirectory":          {"/", "~", "-/srv", "rel", "", "/srv/../x", "-rel", "%h", "!~"},
	"Group":                     {"app", "0", "", "bad group", "%i", "a:b", "-1"},
	"ExecStartPre":              {"/bin/true", "-/bin/false", "", "rel/x", `/bin/a "b`, "/bin/x ; /bin/y", "/bin/x \\; y", "@/bin/x", "+/bin/x", "/bin/%n", "/bin/x %zz"},
	"ExecStop":                  {"/bin/true", "", "-rel/x", "/bin/kill $MAINPID"},
	"ExecReload":                {"/bin/true", "", "kill -HUP $MAINPID"},
	"Environment":               {"A=b", `A="b c" D=e`, `A=b\x41`, `A=\q`, "", "A", `"A=b`, "A=%n", "A=%zz"},
	"EnvironmentFile":           {"/etc/x", "-/etc/x", "rel", "", "/etc/*"},
	"PassEnvironment":           {"A B", "", "1A"},
	"MemoryMax":                 {"1G", "infinity", "", "0", "10%", "x"},
	"LimitCORE":                 {"0", "infinity", "1:2", "2:1", "x", ""},
	"TimeoutStopSec":            {"5", "5min", "0", "infinity", "x", ""},
	"StandardInput":             {"null", "socket", "tty", "data", "file:/x", "fd:x", "foo", ""},
	"StandardOutput":            {"journal", "null", "file:/x", "append:rel", "foo", "socket"},
	"ExitType":                  {"main", "cgroup", "foo"},
	"SuccessAction":             {"none", "reboot", "foo", ""},
	"FailureAction":             {"none", "reboot"},
	"ReadWritePaths":            {"/srv", "-/srv", "+/srv", "rel", "", "/a /b", `"/a b"`, "/srv/../x"},
	"TemporaryFileSystem":       {"/srv", "/srv:ro", "rel", "", "/srv:bad=x,,"},
	"BindPaths":                 {"/a", "/a:/b", "/a:/b:rbind", "-/a:/b", "rel:/b", "", "/a:rel"},
	"StateDirectory":            {"app", "a b", "/abs", "", "a:b", "../x", "%i"},
	"RuntimeDirectory":          {"app", "", "."},
	"LoadCredential":            {"a:/b", "a", "", "a:rel/x", ":b"},
	"SetCredential":             {"a:b", "a", "", "a:", "a:%zz", `a:\x00`},
	"RootHash":                  {"aa", "", "/x", "zz"},
	"RootImageOptions":          {"ro", "root:ro", ""},
	"ExtensionImages":           {"/a.raw", "", "rel", "/a.raw:x"},
	"ExtensionDirectories":      {"/a", "", "rel"},
	"NetworkNamespacePath":      {"/run/netns/a", "", "rel"},
	"IPCNamespacePath":          {"/x", ""},
	"JoinsNamespaceOf":          {"other.service", ""},
	"Slice":                     {"app.slice", "system.slice", "bad", "", "app.service", "%p.slice"},
	"Sockets":                   {"x.socket", "", "bad"},
	"PIDFile":                   {"/run/x.pid", "x.pid", "", "/srv/../x"},
	"OOMScoreAdjust":            {"-500", "5000", "x", ""},
	"CPUQuota":                  {"50%", "x", ""},
	"IOWeight":                  {"100", "0", ""},
	"SocketBindDeny":            {"any", "tcp:80", "", "foo"},
	"RestrictFileSystems":       {"ext4", "~ext4", "", "@basic-api"},
	"RestrictNetworkInterfaces": {"eth0", "~eth0", "", "*"},
	"SystemCallErrorNumber":     {"EPERM", "kill", "", "5000", "foo"},
	"SystemCallLog":             {"@swap", "~@swap", ""},
	"SecureBits":                {"keep-caps", "noroot foo", "", "noroot-locked"},
	"PrivateIPC":                {"yes", "no", "", "x"},
	"ProtectClock":              {"yes", "no", "1", "x"},
	"AppArmorProfile":           {"x", "-x", ""},
	"SELinuxContext":            {"x", "-x", "", "%zz"},
	"Personality":               {"x86", "x86-64", "foo", ""},
	"TTYPath":                   {"/dev/tty1", "rel", ""},
	"CPUAffinity":               {"0 1", "x", "", "numa"},
	"BPFProgram":                {"ingress:/x", "", "foo"},
	"LogNamespace":              {"a", "", "%i", "a/b"},
	"OnFailure":                 {"x.service", "", "bad", "x@%n.service"},
	"UMask":                     {"0077", "077", "0022", "7", ""},
	"DevicePolicy":              {"closed", "auto", "strict", "foo"},
	"ExecSearchPath":            {"/a:/b", "", "rel"},
	"TimeoutSec":                {"5", "x"},
	"WatchdogSec":               {"5", "x", ""},
	"RestartSec":                {"5", "x", ""},
	"RestartForceExitStatus":    {"1 SIGHUP", "x", ""},
	"USBFunctionStrings":        {"/x", ""},
	"GuessMainPID":              {"yes", "no", ""},
	"PermissionsStartOnly":      {"yes", "no"},
	"MountFlags":                {"shared", "slave", "private", "", "foo"},
	"MountAPIVFS":               {"yes", "no", "", "foo"},
	"ReadWriteDirectories":      {"/srv", ""},
	"Nice":                      {"5", "100", ""},
}

var oddSettings = slices.Sorted(maps.Keys(oddValues))

var wordSettings = strings.Fields(`CapabilityBoundingSet AmbientCapabilities RestrictAddressFamilies RestrictNamespaces SystemCallArchitectures SystemCallFilter IPAddressDeny
	IPAddressAllow DeviceAllow UMask User SupplementaryGroups Delegate RootDirectory RootImage ProtectHome ProtectSystem KeyringMode ProtectProc ProcSubset NotifyAccess
	DevicePolicy CapabilityBoundingSet SystemCallFilter SystemCallFilter RestrictAddressFamilies RestrictNamespaces DeviceAllow IPAddressDeny IPAddressAllow`)

var rareSettings = strings.Fields("Type Restart RemainAfterExit KillMode PAMName BusName MountImages LoadCredentialEncrypted SetCredentialEncrypted IPIngressFilterPath IPEgressFilterPath ExecStart DynamicUser")

func (g generator) setting() string {
	switch g.IntN(20) {
	case 0:
		return g.one(rareSettings...)
	case 9, 10:
		return g.one(oddSettings...)
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
	if g.chance(12) {
		value = g.mutate(value)
	}
	return g.one("", "", "", "", " ", "\t") + key + g.one("=", "=", "=", " = ", "= ", " =") + value + g.one("", "", "", "", " ", "\t", " \\ ", "\\")
}

func (g generator) body(b *strings.Builder, n int) {
	for range n {
		switch g.IntN(40) {
		case 0:
			b.WriteString(g.one("# a comment", "; another", "#\\", "[Unit]\nDefaultDependencies="+g.one("no", "no", "yes", "foo", "")+"\n[Service]", "# caf\xe9", "\xff=1", "[Unit]\nSuccessAction="+g.one("reboot", "none", "foo")+"\n[Service]",
				"[X-Ours]\nPrivateTmp=yes\n[Service]", "[service]\nPrivateTmp=yes\n[Service]", "privatetmp=yes", "X-Foo=bar", "no assignment", "=value", "[Unknown]\n[Service]", "[Service]", " [Service]", "[Service] "))
		default:
			b.WriteString(g.line(g.setting()))
		}
		b.WriteString(g.one("\n", "\n", "\n", "\n", "\n", "\n", "\n", "\r\n", "\n\n"))
	}
}
