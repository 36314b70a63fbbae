package harden

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"sallyport/collectors/systemd"
)

var (
	network = Purpose{Profile: "network-service", Network: true, Listen: true, Max: 4}
	worker  = Purpose{Profile: "worker", Network: true, Max: 3}
	static  = Purpose{Profile: "static-service", Max: 2}
)

// units are services before any restriction, and what has to be in their drop-ins and must not be.
var units = []struct {
	name, text     string
	purpose        Purpose
	holds, without []string
}{
	{
		"web", "User=web\nExecStart=/bin/true\nStateDirectory=web", network,
		[]string{"RestrictAddressFamilies=AF_UNIX AF_INET AF_INET6\n", "ProtectSystem=strict\n", "CapabilityBoundingSet=\n", "PrivateUsers=yes\n"},
		[]string{"PrivateNetwork", "ReadWritePaths", "IPAddressDeny"},
	},
	{
		"low port", "User=web\nExecStart=/bin/true\nAmbientCapabilities=CAP_NET_BIND_SERVICE", network,
		[]string{"CapabilityBoundingSet=\nCapabilityBoundingSet=CAP_NET_BIND_SERVICE\n"},
		[]string{"PrivateUsers", "@privileged"},
	},
	{
		"data", "User=db\nEnvironment=DATABASE_URL=sqlite:///var/lib/db/main.sqlite CACHE=/var/cache/db SEEN=/etc/db\nExecStart=/bin/true --data=/var/lib/db/wal --log /var/log/db/out.log /var/lib/x.db /usr/share/db \"/srv/a b\"", network,
		[]string{"ReadWritePaths=-/var/cache/db\n", "ReadWritePaths=-/var/lib/db\n", "ReadWritePaths=-/var/log/db\n", "ReadWritePaths=-/var/lib/db/wal\n"},
		[]string{"ReadWritePaths=-/etc", "ReadWritePaths=-/usr", "ReadWritePaths=-/var/lib\n", "ReadWritePaths=-/srv"},
	},
	{
		"root", "ExecStart=/bin/true\nWorkingDirectory=/var/lib/web", network,
		[]string{"CAP_SETUID", "ReadWritePaths=-/var/lib/web\n"},
		[]string{"PrivateUsers", "RemoveIPC"},
	},
	{
		"report", "User=report\nType=oneshot\nExecStart=/bin/true", static,
		[]string{"PrivateNetwork=yes\n", "IPAddressDeny=any\n", "RestrictAddressFamilies=\nRestrictAddressFamilies=AF_UNIX\n"},
		[]string{"SocketBindDeny"},
	},
	{"worker", "User=worker\nExecStart=/bin/true", worker, []string{"SocketBindDeny=any\n"}, []string{"PrivateNetwork"}},
	{"java", "User=java\nExecStart=/usr/bin/java -jar x", network, nil, []string{"MemoryDenyWriteExecute", "ProcSubset"}},
	{"serial", "User=serial\nExecStart=/bin/true\nDeviceAllow=/dev/ttyS0 rw", network, []string{"DevicePolicy=closed\n"}, []string{"PrivateDevices"}},
	{"own filter", "User=web\nExecStart=/bin/true\nSystemCallFilter=~@mount", network, []string{"SystemCallFilter=~@clock"}, []string{"@system-service"}},
	{"says no", "User=web\nExecStart=/bin/true\nPrivateTmp=no", network, nil, []string{"PrivateTmp"}},
	{"home", "User=web\nExecStart=/bin/true --data /home/web", network, []string{"ProtectHome=read-only\n"}, nil},
}

func TestPlan(t *testing.T) {
	for _, c := range units {
		t.Run(c.name, func(t *testing.T) {
			fsys := fstest.MapFS{"a.service": {Data: []byte("[Service]\n" + c.text + "\n")}}
			before, err := systemd.Try(fsys, "a.service", Name, "[Service]\n")
			if err != nil {
				t.Fatal(err)
			}
			d, err := Plan(fsys, "a.service", &before, c.purpose)
			if err != nil {
				t.Fatal(err)
			}
			for _, s := range c.holds {
				if !strings.Contains(d.Text, s) {
					t.Errorf("there is no %q in\n%s", s, d.Text)
				}
			}
			for _, s := range c.without {
				if strings.Contains(d.Text, "\n"+s) {
					t.Errorf("there is %q in\n%s", s, d.Text)
				}
			}
			again, err := Plan(fstest.MapFS{"a.service": fsys["a.service"], "a.service.d/" + Name: {Data: []byte(d.Text)}}, "a.service", &before, c.purpose)
			if err != nil || again.Text != d.Text {
				t.Errorf("a second plan differs: %v", err)
			}
			judge(t, fsys["a.service"].Data, d)
		})
	}
}

// judge asks systemd for the score of the unit with the drop-in, and whether it accepts both.
func judge(t *testing.T, unit []byte, d *DropIn) {
	t.Helper()
	program, err := exec.LookPath("systemd-analyze")
	if err != nil {
		t.Skip("there is no systemd-analyze here")
	}
	root := t.TempDir()
	file := filepath.Join(root, "etc/systemd/system/a.service")
	if err := errors.Join(os.MkdirAll(file+".d", 0o755), os.WriteFile(file, unit, 0o644), os.WriteFile(filepath.Join(file+".d", Name), []byte(d.Text), 0o644)); err != nil {
		t.Fatal(err)
	}
	out, err := exec.Command(program, "security", "--offline=true", "--root="+root, "--no-pager", "a.service").CombinedOutput()
	if want := fmt.Sprintf("for a.service: %.1f ", d.After.Exposure.Overall); err != nil || !strings.Contains(string(out), want) {
		t.Errorf("systemd-analyze: %v, want %q in\n%s", err, want, out[max(0, len(out)-200):])
	}
	verify := exec.Command(program, "verify", "--man=no", file)
	verify.Env = append(os.Environ(), "SYSTEMD_UNIT_PATH="+filepath.Dir(file)+":/usr/lib/systemd/system:/lib/systemd/system")
	said, _ := verify.CombinedOutput()
	for line := range strings.Lines(string(said)) {
		if strings.Contains(line, Name) || strings.Contains(line, "a.service") && !strings.Contains(line, "is not executable") {
			t.Errorf("systemd-analyze verify: %s", line)
		}
	}
}

// TestKept overrides a set of capabilities, and adds none to it.
func TestKept(t *testing.T) {
	fsys := fstest.MapFS{"a.service": {Data: []byte("[Service]\nExecStart=/bin/true\nCapabilityBoundingSet=CAP_SYS_ADMIN CAP_CHOWN\n")}}
	u, _ := systemd.Try(fsys, "a.service", Name, "")
	w := &writer{unit: &u, purpose: network, override: true}
	if text := w.write(); !strings.Contains(text, "CapabilityBoundingSet=\nCapabilityBoundingSet=CAP_CHOWN\n") {
		t.Errorf("not CAP_CHOWN alone:\n%s", text)
	}
}

// TestHanded restricts a service that gets its socket, and loads a credential.
func TestHanded(t *testing.T) {
	fsys := fstest.MapFS{
		"a.service": {Data: []byte("[Service]\nUser=a\nExecStart=/bin/true\nLoadCredential=key:/etc/key\n")},
		"a.socket":  {Data: []byte("[Socket]\nListenStream=8080\n")},
	}
	u, err := systemd.Try(fsys, "a.service", Name, "")
	if err != nil {
		t.Fatal(err)
	}
	d, err := Plan(fsys, "a.service", &u, network)
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range []string{"SocketBindDeny=any\n", "LimitCORE=0\n"} {
		if !strings.Contains(d.Text, s) {
			t.Errorf("there is no %q in\n%s", s, d.Text)
		}
	}
}

func TestRefused(t *testing.T) {
	for name, text := range map[string]string{"a.timer": "[Timer]\nOnCalendar=daily\n", "systemd/user/a.service": "[Service]\nExecStart=/bin/true\n"} {
		fsys := fstest.MapFS{name: {Data: []byte(text)}}
		u, err := systemd.Try(fsys, name, Name, "")
		if err != nil {
			t.Fatal(err)
		}
		if _, err := Plan(fsys, name, &u, network); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
	fsys := fstest.MapFS{"a.service": {Data: []byte("[Service]\nExecStart=/bin/true\nDelegate=yes\nSupplementaryGroups=adm\n")}}
	u, _ := systemd.Try(fsys, "a.service", Name, "")
	if _, err := Plan(fsys, "a.service", &u, Purpose{Network: true, Max: 0.1}); err == nil || !strings.Contains(err.Error(), "above the budget of 0.1") {
		t.Errorf("got %v, want the budget", err)
	}
	if _, err := json.Marshal(u); err != nil {
		t.Error(err)
	}
}
