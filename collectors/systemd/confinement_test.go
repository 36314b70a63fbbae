package systemd

import (
	"context"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"sallyport/internal/fact"
)

func TestConfinement(t *testing.T) {
	f, _ := collectText(t, `[Service]
ExecStart=/bin/app
CapabilityBoundingSet=CAP_CHOWN CAP_KILL
CapabilityBoundingSet=~CAP_KILL
AmbientCapabilities=CAP_NET_BIND_SERVICE
SystemCallFilter=@system-service
SystemCallFilter=~@mount read:EPERM
SystemCallErrorNumber=eperm
RestrictAddressFamilies=AF_UNIX AF_INET
RestrictAddressFamilies=~AF_UNIX
RestrictNamespaces=~user net
SystemCallArchitectures=native
IPAddressDeny=any
IPAddressAllow=localhost 10.0.0.0/8
SocketBindDeny=any
SocketBindAllow=tcp:8000-8080
SocketBindAllow=ipv6:udp:53
SocketBindAllow=tcp:0
`)
	c := f.Confinement
	calls := " " + strings.Join(c.SystemCalls.Calls, " ") + " "
	if c.SystemCalls.Mode != "allow" || !strings.Contains(calls, " openat ") || strings.Contains(calls, " mount ") || strings.Contains(calls, " read ") {
		t.Errorf("%v", c.SystemCalls)
	}
	c.SystemCalls.Calls = []string{}
	want := Confinement{
		Capabilities: []string{"CAP_CHOWN"}, Bounded: true, Ambient: []string{"CAP_NET_BIND_SERVICE"},
		SystemCalls: CallFilter{Mode: "allow", Calls: []string{}, Errors: map[string]string{"read": "EPERM"}, Action: "EPERM"},
		Families:    FamilyFilter{Mode: "allow", Names: []string{"AF_INET"}}, Namespaces: []string{"cgroup", "ipc", "mnt", "pid", "time", "uts"},
		Architectures: []string{"native"},
		AddressAllow:  []Network{{Name: "127.0.0.0/8", Loopback: true}, {Name: "::1/128", Loopback: true}, {Name: "10.0.0.0/8"}},
		AddressDeny:   []Network{{Name: "0.0.0.0/0", Any: true}, {Name: "::/0", Any: true}},
		BindAllow:     []Bind{{Name: "tcp:8000-8080", Protocol: "tcp", From: 8000, To: 8080}, {Name: "ipv6:udp:53", Family: "ipv6", Protocol: "udp", From: 53, To: 53}},
		BindDeny:      []Bind{{Name: "any", From: 1, To: 65535}},
	}
	if diff := cmp.Diff(want, c); diff != "" {
		t.Error(diff)
	}
}

// TestChanges merges drop-ins into units that packages bring.
func TestChanges(t *testing.T) {
	const unit = "[Service]\nExecStart=/bin/app\nUser=app\nNoNewPrivileges=yes\nSystemCallFilter=@system-service\n"
	for dropin, want := range map[string][]Change{
		"NoNewPrivileges=no": {{Name: "NoNewPrivileges", Before: "yes", After: "no", Weaker: []string{"NoNewPrivileges="}, Stronger: []string{}, Weakens: true}},
		"PrivateTmp=yes":     {{Name: "PrivateTmp", After: "yes", Weaker: []string{}, Stronger: []string{"PrivateTmp="}}},
		"User=root":          {{Name: "User", Before: "app", After: "root", Weaker: []string{"User=/DynamicUser="}, Stronger: []string{}, Weakens: true}},
		"User=other":         {{Name: "User", Before: "app", After: "other", Weaker: []string{}, Stronger: []string{}}},
		"Restart=always":     {},
		"NoNewPrivileges=?":  {{Name: "NoNewPrivileges", Before: "yes", After: "?", Weaker: []string{}, Stronger: []string{}}},
		"SystemCallFilter=~chown": {
			{Name: "SystemCallFilter", Before: "@system-service", After: "@system-service ~chown", Weaker: []string{}, Stronger: []string{}},
		},
		"SystemCallFilter=": {{
			Name: "SystemCallFilter", Before: "@system-service", Weaker: []string{
				"SystemCallFilter=~@swap", "SystemCallFilter=~@obsolete", "SystemCallFilter=~@clock", "SystemCallFilter=~@cpu-emulation",
				"SystemCallFilter=~@debug", "SystemCallFilter=~@mount", "SystemCallFilter=~@module", "SystemCallFilter=~@raw-io",
				"SystemCallFilter=~@reboot", "SystemCallFilter=~@privileged", "SystemCallFilter=~@resources",
			}, Stronger: []string{}, Weakens: true,
		}},
	} {
		const file = "usr/lib/systemd/system/app.service"
		tree := fstest.MapFS{file: {Data: []byte(unit)}, "etc/systemd/system/app.service.d/10-own.conf": {Data: []byte("[Service]\n" + dropin + "\n")}}
		docs, err := New(Options{Root: true}).Collect(context.Background(), tree, file)
		if err != nil || len(docs) != 1 {
			t.Fatal(err)
		}
		f := docs[0].Facts.(Unit)
		for i := range want {
			want[i].DropIn = "etc/systemd/system/app.service.d/10-own.conf"
			if at := docs[0].Locate(fact.Path{"changes", i}); at.File != want[i].DropIn || at.Line != 2 {
				t.Errorf("%s: blamed at %v", dropin, at)
			}
		}
		if diff := cmp.Diff(want, f.Changes); diff != "" || !f.Packaged {
			t.Errorf("%s: %s", dropin, diff)
		}
		if weaker := f.Exposure.Overall > f.Exposure.WithoutDropIns; len(want) > 0 && want[0].Weakens != weaker {
			t.Errorf("%s: %v from %v", dropin, f.Exposure.Overall, f.Exposure.WithoutDropIns)
		}
	}
}

func TestListen(t *testing.T) {
	for value, want := range map[string]Listen{
		"ListenStream=80":                      {Protocol: "tcp", Port: 80, Everywhere: true},
		"ListenDatagram=[fe80::1%eth0]:53":     {Protocol: "udp", Address: "fe80::1", Port: 53, Interface: "eth0"},
		"ListenStream=0.0.0.0:80":              {Protocol: "tcp", Address: "0.0.0.0", Port: 80, Everywhere: true},
		"ListenStream=127.0.0.1:80":            {Protocol: "tcp", Address: "127.0.0.1", Port: 80, Loopback: true},
		"ListenStream=@app":                    {Protocol: "unix", Address: "@app", Abstract: true},
		"ListenStream=%t/app.sock":             {Protocol: "unix", Path: "/run/app.sock"},
		"ListenStream=vsock:2:1234":            {Protocol: "vsock", Address: "2", Port: 1234},
		"ListenFIFO=/run/x":                    {Protocol: "fifo", Path: "/run/x"},
		"SocketProtocol=sctp\nListenStream=80": {Protocol: "sctp", Port: 80, Everywhere: true},
	} {
		tree := fstest.MapFS{"app.socket": {Data: []byte("[Socket]\n" + value + "\n")}, "app.service": {Data: []byte("[Service]\nExecStart=/bin/app\n")}}
		docs, err := collect(context.Background(), tree, "app.socket")
		if err != nil {
			t.Fatal(err)
		}
		f := docs[0].Facts.(Unit)
		setting := value[strings.LastIndex(value, "\n")+1:]
		want.Setting, want.Name, _ = strings.Cut(setting, "=")
		if diff := cmp.Diff([]Listen{want}, f.Listen); diff != "" {
			t.Errorf("%s: %s", value, diff)
		}
		if f.Starts != (Started{Name: "app.service", Found: true, File: "app.service"}) || !f.Socket.WorldWritable {
			t.Errorf("%s: %v %v", value, f.Starts, f.Socket)
		}
	}
}

func TestWritable(t *testing.T) {
	for settings, want := range map[string]string{
		"ExecStart=/usr/bin/app":                               " ",
		"ExecStart=/tmp/app":                                   "/tmp ",
		"ExecStart=/usr/bin/python3 -u /home/app/x.py":         " /home",
		"ExecStart=/bin/sh -c /tmp/x":                          " ",
		"ExecStart=%S/app/bin/app\nStateDirectory=app":         "/var/lib/app ",
		"ExecStart=/srv/app/bin/app\nReadWritePaths=-/srv/app": "/srv/app ",
		"ExecStart=/usr/bin/app /tmp/x":                        " ",
		"ExecStart=/tmpfs/app\nReadWritePaths=/":               " ",
	} {
		f, _ := collectText(t, "[Service]\n"+settings+"\n")
		if got := f.Exec[0].Writable + " " + f.Exec[0].ScriptWritable; got != want {
			t.Errorf("%s: %q, want %q", settings, got, want)
		}
	}
}
