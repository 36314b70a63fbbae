package compose

import (
	"context"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"sallyport/internal/fact"
)

// service is the one service of a file that says no more of it than text does.
func service(t *testing.T, text string, more ...string) Service {
	t.Helper()
	f, _ := one(t, files(append(more, "app/compose.yaml", text)...), "app/compose.yaml")
	return f.Services[0]
}

func TestHostMounts(t *testing.T) {
	for text, want := range map[string]hostMount{
		".:/src":                           {Name: "/src", Path: "app", Known: true},
		"../x/:/x/":                        {Name: "/x", Path: "x", Known: true},
		"../../x:/x":                       {Name: "/x", Path: "../../x", Known: true},
		"/run/docker.sock:/s":              {Name: "/s", Path: "/run/docker.sock", Known: true, Holds: "engine"},
		"/var/run:/var/run:ro":             {Name: "/var/run", Path: "/var/run", Known: true, ReadOnly: true, Holds: "engine"},
		"/run/user/1000/:/x":               {Name: "/x", Path: "/run/user/1000", Known: true, Holds: "engine"},
		"$SOCK:/var/run/docker.sock":       {Name: "/var/run/docker.sock", Path: "$SOCK"},
		"${SOCK:-/var/run/docker.sock}:/s": {Name: "/s", Path: "/var/run/docker.sock", Known: true, Holds: "engine"},
		"/var/snap/lxd/unix.socket:/l":     {Name: "/l", Path: "/var/snap/lxd/unix.socket", Known: true, Holds: "engine"},
		"/var/lib/x/unix.socket:/l":        {Name: "/l", Path: "/var/lib/x/unix.socket", Known: true},
		"/:/host":                          {Name: "/host", Path: "/", Known: true, Holds: "root"},
		"/etc/../:/host":                   {Name: "/host", Path: "/", Known: true, Holds: "root"},
		"/etc/passwd:/p:ro":                {Name: "/p", Path: "/etc/passwd", Known: true, ReadOnly: true},
		"/etc/passwd:/p":                   {Name: "/p", Path: "/etc/passwd", Known: true, Holds: "system"},
		"/etc/localtime:/etc/localtime":    {Name: "/etc/localtime", Path: "/etc/localtime", Known: true},
		"/etc/:/e:z,rslave":                {Name: "/e", Path: "/etc", Known: true, Holds: "system", Propagation: "rslave"},
		"/home/jo:/h":                      {Name: "/h", Path: "/home/jo", Known: true, Holds: "credentials"},
		"/home/jo/src:/h":                  {Name: "/h", Path: "/home/jo/src", Known: true},
		"/Users/jo/.kube/config:/k":        {Name: "/k", Path: "/Users/jo/.kube/config", Known: true, Holds: "credentials"},
		"~/.aws:/root/.aws":                {Name: "/root/.aws", Path: "~/.aws", Known: true, Holds: "credentials"},
		"~/src:/src":                       {Name: "/src", Path: "~/src", Known: true},
		"$HOME:/h":                         {Name: "/h", Path: "~", Known: true, Holds: "credentials"},
		"$HOMES/x:/h":                      {Name: "/h", Path: "$HOMES/x"},
		"C:\\Users:/u":                     {Name: "/u", Path: "C:/Users", Known: true},
		"//./pipe/docker_engine://./pipe/docker_engine": {Name: "//./pipe/docker_engine", Path: "/pipe/docker_engine", Known: true, Holds: "engine"},
	} {
		s := service(t, "services: {a: {image: b, volumes: ['"+text+"']}}")
		if want.Name == "//./pipe/docker_engine" {
			want.Name = "/pipe/docker_engine"
		}
		if diff := cmp.Diff([]hostMount{want}, s.HostMounts); diff != "" {
			t.Errorf("%s: %s", text, diff)
		}
	}
	for _, text := range []string{"data:/data", "/anonymous", "{type: volume, source: data, target: /x}", "{type: tmpfs, target: /x}"} {
		if s := service(t, "services: {a: {image: b, volumes: ["+text+"]}}\nvolumes: {data: {driver_opts: {type: nfs, o: addr=x, device: ':/etc'}}}"); len(s.HostMounts) > 0 {
			t.Errorf("%s: %+v", text, s.HostMounts)
		}
	}
}

func TestPorts(t *testing.T) {
	for text, want := range map[string]Port{
		"80":                   {Known: true, AllInterfaces: true, Target: "80", TargetFirst: 80, TargetLast: 80, Protocol: "tcp"},
		"8080:80/udp":          {Known: true, AllInterfaces: true, Published: "8080", First: 8080, Last: 8080, Target: "80", TargetFirst: 80, TargetLast: 80, Protocol: "udp"},
		"127.0.0.1::80":        {Known: true, HostIP: "127.0.0.1", Target: "80", TargetFirst: 80, TargetLast: 80, Protocol: "tcp"},
		"[::]:1-2:3-4":         {Known: true, HostIP: "::", AllInterfaces: true, Published: "1-2", First: 1, Last: 2, Target: "3-4", TargetFirst: 3, TargetLast: 4, Protocol: "tcp"},
		"::1:8080:80":          {Known: true, HostIP: "::1", Published: "8080", First: 8080, Last: 8080, Target: "80", TargetFirst: 80, TargetLast: 80, Protocol: "tcp"},
		"[::ffff:0.0.0.0]:9:9": {Known: true, HostIP: "::ffff:0.0.0.0", AllInterfaces: true, Published: "9", First: 9, Last: 9, Target: "9", TargetFirst: 9, TargetLast: 9, Protocol: "tcp"},
		"${IP}:9:9":            {HostIP: "${IP}", Published: "9", First: 9, Last: 9, Target: "9", TargetFirst: 9, TargetLast: 9, Protocol: "tcp"},
		"${IP:?set/it}:9:9":    {HostIP: "${IP:?set/it}", Published: "9", First: 9, Last: 9, Target: "9", TargetFirst: 9, TargetLast: 9, Protocol: "tcp"},
		"${PORT}:9":            {AllInterfaces: true, Published: "${PORT}", Target: "9", TargetFirst: 9, TargetLast: 9, Protocol: "tcp"},
		"99999:x":              {AllInterfaces: true, Published: "99999", Target: "x", Protocol: "tcp"},
	} {
		want.Name = text
		s := service(t, "services: {a: {image: b, ports: ['"+text+"']}}")
		if diff := cmp.Diff([]Port{want}, s.Ports); diff != "" {
			t.Errorf("%s: %s", text, diff)
		}
	}
}

func TestSecurityOpt(t *testing.T) {
	for text, want := range map[string]func(*security){
		"no-new-privileges": func(s *security) {
			s.NoNewPrivileges = Switch{Set: true, On: true, Known: true, Value: "no-new-privileges"}
		},
		"'no-new-privileges:true'": func(s *security) {
			s.NoNewPrivileges = Switch{Set: true, On: true, Known: true, Value: "no-new-privileges:true"}
		},
		"no-new-privileges=0":                  func(s *security) { s.NoNewPrivileges = Switch{Set: true, Known: true, Value: "no-new-privileges=0"} },
		"'no-new-privileges:${X}'":             func(s *security) { s.NoNewPrivileges = Switch{Set: true, Value: "no-new-privileges:${X}"} },
		"'seccomp:unconfined', seccomp=p":      func(s *security) { s.Seccomp = profile{Value: "p", Known: true} },
		"'seccomp:${X}'":                       func(s *security) { s.Seccomp = profile{Value: "${X}"} },
		"'apparmor=unconfined'":                func(s *security) { s.AppArmor = profile{Value: "unconfined", Known: true, Unconfined: true} },
		"'label:disable'":                      func(s *security) { s.Label.Disabled = true },
		"'label=type:spc_t'":                   func(s *security) { s.Label = label{Type: "spc_t", Disabled: true} },
		"'label=type:svirt_t', 'label:user:u'": func(s *security) { s.Label.Type = "svirt_t" },
		"disable":                              func(s *security) { s.Label.Disabled = true },
		"'systempaths=unconfined'":             func(s *security) { s.SystemPaths = true },
		"'credentialspec=file://x'":            func(s *security) { s.Other = []setting{{Name: "credentialspec=file://x", Known: true}} },
	} {
		expected := security{NoNewPrivileges: Switch{Known: true}, Seccomp: profile{Known: true}, AppArmor: profile{Known: true}, Other: []setting{}}
		want(&expected)
		s := service(t, "services: {a: {image: b, security_opt: ["+text+"]}}")
		if diff := cmp.Diff(expected, s.Security); diff != "" {
			t.Errorf("%s: %s", text, diff)
		}
	}
}

func TestDeviceClass(t *testing.T) {
	for name, want := range map[string]string{
		"/dev/sda": "disk", "/dev/sdb2": "disk", "/dev/nvme0n1": "disk", "/dev/mapper/vg-root": "disk", "/dev/dm-0": "disk", "/dev/disk/by-id/x": "disk",
		"/dev/mem": "memory", "/dev": "all", "/dev/": "all", "/dev/null": "harmless", "/dev/ttyUSB0": "", "/dev/snd": "", "/dev/sgx_enclave": "",
		"/dev/sdx-card": "", "/dev/kvm": "", "nvidia.com/gpu=all": "", "/dev/vfio/vfio": "memory", "/dev/loop0": "disk", "/dev/loop-control": "",
	} {
		if got := deviceClass(name); got != want {
			t.Errorf("%s: got %q, want %q", name, got, want)
		}
	}
}

func TestLimits(t *testing.T) {
	for text, want := range map[string]limits{
		"mem_limit: 1g, cpus: 0.5, pids_limit: 10":                               {Memory: limit{true, "1g", true}, CPU: limit{true, "0.5", true}, PIDs: limit{true, "10", true}},
		"mem_limit: 0, cpu_quota: -1, pids_limit: -1":                            {Memory: limit{false, "0", true}, CPU: limit{false, "-1", true}, PIDs: limit{false, "-1", true}},
		"deploy: {resources: {limits: {memory: 1M, cpus: '1', pids: 1}}}":        {Memory: limit{true, "1M", true}, CPU: limit{true, "1", true}, PIDs: limit{true, "1", true}},
		"deploy: {resources: {reservations: {memory: 1M}}}, mem_limit: '${X}'":   {Memory: limit{false, "${X}", false}, CPU: limit{Known: true}, PIDs: limit{Known: true}},
		"deploy: {resources: {limits: {memory: 1M}}}, mem_limit: 0, cpuset: 0-3": {Memory: limit{true, "1M", true}, CPU: limit{true, "0-3", true}, PIDs: limit{Known: true}},
	} {
		if diff := cmp.Diff(want, service(t, "services: {a: {image: b, "+text+"}}").Limits); diff != "" {
			t.Errorf("%s: %s", text, diff)
		}
	}
}

func TestRestart(t *testing.T) {
	for text, want := range map[string]restart{
		"init: true":                                  {Known: true, Condition: "no"},
		"restart: no":                                 {Set: true, Known: true, Condition: "no"},
		"restart: 'on-failure:3'":                     {Set: true, Known: true, Condition: "on-failure", Attempts: 3},
		"restart: '${R:-always}'":                     {Set: true, Known: true, Condition: "always"},
		"restart: '${R}'":                             {Set: true, Condition: "${R}"},
		"deploy: {restart_policy: {}}":                {Set: true, Known: true, Condition: "always"},
		"deploy: {restart_policy: {condition: none}}": {Set: true, Known: true, Condition: "no"},
		"deploy: {restart_policy: {condition: on-failure, max_attempts: 9}}": {Set: true, Known: true, Condition: "on-failure", Attempts: 9},
	} {
		if diff := cmp.Diff(want, service(t, "services: {a: {image: b, "+text+"}}").Restart); diff != "" {
			t.Errorf("%s: %s", text, diff)
		}
	}
}

// A file that compose does not take by itself says nothing about what its services lack.
func TestOverlay(t *testing.T) {
	for name, want := range map[string]string{"compose.yaml": "", "compose.prod.yaml": "a", "docker-compose-dev.yml": "a"} {
		f, _ := one(t, files(name, "services: {a: {restart: always}, b: {image: c}}"), name)
		var got []string
		for _, s := range f.Services {
			if s.Partial {
				got = append(got, s.Name)
			}
		}
		if strings.Join(got, " ") != want {
			t.Errorf("%s: got %v, want %q", name, got, want)
		}
	}
}

// Lists are appended and reset, mounts and ports replaced, through extends and the override file.
func TestSurfaceMerge(t *testing.T) {
	fsys := files("compose.yaml", `services:
  a:
    extends: base
    security_opt: ["seccomp:p.json"]
    ports: ["8080:80"]
    volumes: ["./y:/x:ro"]
  base:
    image: b
    cap_add: [SYS_ADMIN]
    cap_drop: [ALL]
    security_opt: [no-new-privileges]
    ports: ["8080:80", "9:9"]
    volumes: ["/etc:/x"]
    pid: host
`, "compose.override.yaml", "services: {a: {cap_add: !reset [], pid: !reset null, volumes: !override ['/proc:/p']}}")
	f, _ := one(t, fsys, "compose.yaml")
	s := f.Services[0]
	if len(s.CapAdd) != 0 || !s.DropsAll || !s.Security.NoNewPrivileges.On || s.Security.Seccomp.Value != "p.json" || len(s.Ports) != 2 || s.PID.Host {
		t.Errorf("got %+v", s)
	}
	if len(s.HostMounts) != 1 || s.HostMounts[0].Path != "/proc" {
		t.Errorf("got %+v", s.HostMounts)
	}
}

func TestSecretFile(t *testing.T) {
	s := "services: {a: {image: b}}\nsecrets: {x: {file: ../x}}"
	for text, want := range map[string]bool{"Tr0ub4dor-3x": true, "-----BEGIN CERTIFICATE-----\nMII\n-----END CERTIFICATE-----": false, "changeme": false} {
		f, _ := one(t, files("app/compose.yaml", s, "x", text), "app/compose.yaml")
		if got := f.Secrets[0]; got.Value != "x" || !got.Found || got.Plain != want {
			t.Errorf("%s: got %+v", text, got)
		}
	}
	// What git keeps out of the repository is on this machine alone.
	ctx := fact.WithIgnored(context.Background(), func(name string) bool { return name == "x" })
	docs, err := collect(ctx, files("app/compose.yaml", s, "x", "Tr0ub4dor-3x"), "app/compose.yaml")
	if err != nil || docs[0].Facts.(Facts).Secrets[0].Plain {
		t.Errorf("got %+v, %v", docs, err)
	}
}
