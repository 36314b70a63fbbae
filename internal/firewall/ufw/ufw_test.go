package ufw

import (
	"net/netip"
	"strings"
	"testing"
	"testing/fstest"

	"sallyport/internal/firewall"
	"sallyport/internal/firewall/reach"
)

const enabled = "ENABLED=yes\n"

func accepted(t *testing.T, set *firewall.Ruleset, six bool, ports string) bool {
	t.Helper()
	m, err := reach.New(set)
	if err != nil {
		t.Fatal(err)
	}
	f := reach.Flow{Hook: firewall.Input, In: "eth0", From: netip.MustParseAddr("203.0.113.77"), To: netip.MustParseAddr("10.77.0.1"), Protocol: 6}
	if six {
		f.From, f.To = netip.MustParseAddr("2001:db8::7"), netip.MustParseAddr("fd77::1")
	}
	a := m.Ask(f)
	if ports == "some" {
		return len(a.Accepted) > 0
	}
	return a.Accepted.Has(firewall.Number(map[string]int{"22": 22, "80": 80, "2222": 2222}[ports]))
}

func user(rules string) string {
	return "*filter\n:ufw-user-input - [0:0]\n:ufw-user-output - [0:0]\n:ufw-user-forward - [0:0]\n### RULES ###\n" + rules + "COMMIT\n"
}

// TestRead: what decides is what ufw-init loads.
func TestRead(t *testing.T) {
	const ssh = "\n### tuple ### allow tcp 22 0.0.0.0/0 any 0.0.0.0/0 in\n-A ufw-user-input -p tcp --dport 22 -j ACCEPT\n"
	for name, c := range map[string]struct {
		files      map[string]string
		port       string
		four, six  bool
		mistakes   int
		incomplete bool
	}{
		"off":                     {map[string]string{"etc/ufw/ufw.conf": "ENABLED=no\n", "etc/ufw/user.rules": user(ssh)}, "80", true, true, 0, false},
		"off as a shell reads it": {map[string]string{"etc/ufw/ufw.conf": "ENABLED=Yes\n", "etc/ufw/user.rules": user(ssh)}, "80", true, true, 0, false},
		"on":                      {map[string]string{"etc/ufw/ufw.conf": enabled, "etc/ufw/user.rules": user(ssh)}, "22", true, false, 0, false},
		"on, another port":        {map[string]string{"etc/ufw/ufw.conf": enabled, "etc/ufw/user.rules": user(ssh)}, "80", false, false, 0, false},
		"a default of accept":     {map[string]string{"etc/ufw/ufw.conf": enabled, "etc/default/ufw": "DEFAULT_INPUT_POLICY=\"ACCEPT\"\nIPV6=no\n"}, "80", true, false, 0, false},
		"ufw.conf comes last":     {map[string]string{"etc/ufw/ufw.conf": enabled + "DEFAULT_INPUT_POLICY=ACCEPT\n", "etc/default/ufw": "DEFAULT_INPUT_POLICY=\"DROP\"\n"}, "80", true, true, 0, false},
		"a policy with a mistake": {map[string]string{"etc/ufw/ufw.conf": enabled, "etc/default/ufw": "DEFAULT_INPUT_POLICY=\"deny\"\n"}, "80", true, true, 6, false},
		"a policy of unknown":     {map[string]string{"etc/ufw/ufw.conf": enabled, "etc/default/ufw": "DEFAULT_FORWARD_POLICY=\"$X\"\n"}, "80", false, false, 0, true},
		"user.rules refused":      {map[string]string{"etc/ufw/ufw.conf": enabled, "etc/ufw/user.rules": user("-A ufw-user-input -p tcp --dport nosuch -j ACCEPT\n" + ssh)}, "22", false, false, 1, false},
		"before.rules opens":      {map[string]string{"etc/ufw/ufw.conf": enabled, "etc/ufw/before.rules": "*filter\n:ufw-before-input - [0:0]\n-A ufw-before-input -p tcp --dport 80 -j ACCEPT\nCOMMIT\n"}, "80", true, false, 0, false},
		"an empty before.rules":   {map[string]string{"etc/ufw/ufw.conf": enabled, "etc/ufw/before.rules": "", "etc/ufw/user.rules": user(ssh)}, "22", true, false, 1, false},
		"beside each other":       {map[string]string{"ufw.conf": enabled, "user.rules": user(ssh), "default/ufw": "DEFAULT_INPUT_POLICY=DROP\n"}, "22", true, false, 0, false},
	} {
		fsys := fstest.MapFS{}
		for file, text := range c.files {
			fsys[file] = &fstest.MapFile{Data: []byte(text)}
		}
		set, err := Read(fsys, ".")
		if err != nil {
			t.Error(name, err)
			continue
		}
		if four, six := accepted(t, set, false, c.port), accepted(t, set, true, c.port); four != c.four || six != c.six {
			t.Errorf("%s: IPv4 %v, want %v; IPv6 %v, want %v", name, four, c.four, six, c.six)
		}
		if len(set.Mistakes) != c.mistakes || len(set.Partial) > 0 != c.incomplete {
			t.Errorf("%s: %d mistakes, want %d: %v; %v", name, len(set.Mistakes), c.mistakes, set.Mistakes, set.Partial)
		}
		for _, m := range set.Mistakes {
			if m.File == "" || m.Line < 1 || strings.Contains(m.File, "/lib/") {
				t.Errorf("%s: a mistake without a place: %+v", name, m)
			}
		}
	}
}

// TestBelieved: a rule that was edited is not what ufw shows.
func TestBelieved(t *testing.T) {
	fsys := fstest.MapFS{
		"etc/ufw/ufw.conf":   {Data: []byte(enabled)},
		"etc/ufw/user.rules": {Data: []byte(user("\n### tuple ### allow tcp 22 0.0.0.0/0 any 0.0.0.0/0 in comment=7368\n-A ufw-user-input -p tcp --dport 2222 -j ACCEPT\n"))},
	}
	for name, read := range map[string]func() (*firewall.Ruleset, error){
		"22":   func() (*firewall.Ruleset, error) { return Believed(fsys, "etc/ufw") },
		"2222": func() (*firewall.Ruleset, error) { return Read(fsys, "etc/ufw") },
	} {
		set, err := read()
		if err != nil {
			t.Fatal(err)
		}
		for _, port := range []string{"22", "2222"} {
			if got := accepted(t, set, false, port); got != (port == name) {
				t.Errorf("port %s is open: %v, where %s should be", port, got, name)
			}
		}
	}
}

// TestStatus: forms of the status, and what is no status.
func TestStatus(t *testing.T) {
	const head = "Status: active\nLogging: on (low)\nDefault: deny (incoming), allow (outgoing), disabled (routed)\nNew profiles: skip\n\nTo                         Action      From\n--                         ------      ----\n"
	for text, want := range map[string]string{
		head + "22/tcp                     ALLOW IN    Anywhere\n":                                                       "22 4",
		head + "22/tcp                     ALLOW IN    Anywhere\n22/tcp (v6)                ALLOW IN    Anywhere (v6)\n": "22 46",
		head + "OpenSSH                    ALLOW IN    203.0.113.0/24             (log) # 80/tcp ALLOW IN Anywhere\n":    "",
		head + "22/tcp (OpenSSH)           LIMIT IN    203.0.113.0/24             (log-all) # 80/tcp\n":                  "22 4",
		head + "22,80,8000:8100,9000:9100/tcp ALLOW IN    Anywhere on eth0\n":                                            "",
		head + "22,80,8000:8100,9000:9100/tcp on eth0 ALLOW IN    Anywhere\n":                                            "22 4",
		head + "10.77.0.1 22/tcp on eth0   ALLOW IN    203.0.113.77 1024:65535/tcp\n":                                    "22 4",
		head + "[ 1] 22/tcp                     ALLOW IN    Anywhere\n":                                                  "22 4",
		head + "Anywhere                   ALLOW OUT   Anywhere\n":                                                       "",
		"Status: inactive\n":  "22 46",
		"Status: active\n":    "error",
		"nothing of the kind": "error",
		head + "garbage\n":    "error",
	} {
		set, err := ReadStatus(fstest.MapFS{"s": {Data: []byte(text)}}, "s")
		if err != nil {
			if want != "error" {
				t.Errorf("%q: %v", text, err)
			}
			continue
		}
		got := ""
		if accepted(t, set, false, "22") {
			got = "22 4"
		}
		if accepted(t, set, true, "22") {
			got += "6"
		}
		if got != want {
			t.Errorf("%q: %s, want %s %v", text, got, want, set.Mistakes)
		}
	}
}
