package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"text/template"
	"time"
)

var unitFiles = template.Must(template.New("").Parse(`[Unit]
Description={{.Name}}, owned by {{.Team}}
Documentation=https://example.com/{{.Team}}/{{.Name}}
After=network.target
Wants=network-online.target

[Service]
Type=notify
{{if not .Root}}User={{.Team}}
Group={{.Team}}
{{end}}ExecStartPre=/usr/bin/{{.Name}} --check --config /etc/{{.Name}}.toml
ExecStart=/usr/bin/{{.Name}} serve \
    --config /etc/{{.Name}}.toml \
    --listen 0.0.0.0:{{.Port}}
ExecReload=/bin/kill -HUP $MAINPID
{{range .Vars}}Environment={{.}}
{{end}}StateDirectory={{.Name}}
Restart=on-failure
RestartSec=5s
MemoryMax={{.Memory}}M
LimitNOFILE=65536
# Hardening
NoNewPrivileges=yes
{{if .ReadOnly}}ProtectSystem=strict
ProtectHome=yes
{{else}}ProtectSystem=full
{{end}}PrivateTmp=yes
PrivateDevices=yes
ProtectKernelTunables=yes
ProtectKernelModules=yes
ProtectControlGroups=yes
RestrictAddressFamilies=AF_INET AF_INET6 AF_UNIX
{{if .Cache}}SystemCallFilter=@system-service
SystemCallFilter=~@privileged @resources
SystemCallErrorNumber=EPERM
{{end}}CapabilityBoundingSet=CAP_NET_BIND_SERVICE
UMask=0027

[Install]
WantedBy=multi-user.target
`))

var dropins = template.Must(template.New("").Parse(`[Service]
{{if .Cache}}RestrictNamespaces=yes
RestrictRealtime=yes
LockPersonality=yes
{{end}}ProtectHostname=yes
ProtectClock=yes
Environment=REGION=eu-{{.N}}
MemoryMax=2G
{{if .Root}}SystemCallFilter=~@mount @swap
IPAddressDeny=any
IPAddressAllow=localhost 10.0.0.0/8
{{end}}`))

// thousandUnits compares facts and findings of 1000 units, each with a drop-in and one for all, with what
// systemd-analyze takes to tell their exposure: a process for each unit, as scripts run it (50 are run, and the time is
// multiplied), and one for all of them.
func (b *benchmark) thousandUnits() error {
	program, err := exec.LookPath("systemd-analyze")
	if err != nil {
		fmt.Println("skip  1000 units: no systemd-analyze here")
		return nil
	}
	root := filepath.Join(b.dir, "units")
	names, err := writeUnits(root, 1000)
	if err != nil {
		return err
	}
	peer := []string{program, "security", "--offline=true", "--no-pager", "--root=" + root}
	gate := b.bin("sallyport")
	s, err := b.measure(append(slices.Clone(peer), names...), []string{gate, "facts", "--kind", "systemd", "--root", root},
		[]string{gate, "check", "--only", "systemd", "--root", root, "--now", now, "-o", "sarif=" + filepath.Join(b.dir, "out.sarif")})
	if err != nil {
		return err
	}
	var each sample
	const asked = 50
	for _, name := range names[:asked] {
		one, err := once(append(slices.Clone(peer), name))
		if err != nil {
			return err
		}
		each.cpu += one.cpu * time.Duration(len(names)/asked)
		each.wall += one.wall * time.Duration(len(names)/asked)
	}
	for i, what := range []string{"facts", "check"} {
		b.unitLines("1000 units, "+what, s[i+1], each, "systemd-analyze for each", [2]float64{0.1, 0.1})
		b.unitLines("1000 units, "+what, s[i+1], s[0], "one systemd-analyze for all", [][2]float64{{0.35, 0.25}, {1.15, 1}}[i])
	}
	return nil
}

// unitLines prints what a run took of the time of a peer, on the processors and on the clock.
func (b *benchmark) unitLines(what string, got, peer sample, name string, budgets [2]float64) {
	for i, of := range []struct {
		what      string
		got, peer time.Duration
	}{{"CPU", got.cpu, peer.cpu}, {"wall", got.wall, peer.wall}} {
		r := ratio(of.got, of.peer)
		line(what+": "+of.what+" against "+name, fmt.Sprintf("%.3f (%s, %s)", r, ms(of.got), ms(of.peer)), fmt.Sprintf("%.2f", budgets[i]), r <= budgets[i])
	}
}

// writeUnits writes units into a root, and returns their names.
func writeUnits(root string, n int) ([]string, error) {
	if err := os.RemoveAll(root); err != nil {
		return nil, err
	}
	var names []string
	write := func(file string, t *template.Template, s service) error {
		var b strings.Builder
		if err := t.Execute(&b, s); err != nil {
			return err
		}
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			return err
		}
		return os.WriteFile(file, []byte(b.String()), 0o644)
	}
	for _, s := range services(n) {
		name := s.Name + ".service"
		names = append(names, name)
		if err := write(filepath.Join(root, "usr/lib/systemd/system", name), unitFiles, s); err != nil {
			return nil, err
		}
		if err := write(filepath.Join(root, "etc/systemd/system", name+".d", "20-site.conf"), dropins, s); err != nil {
			return nil, err
		}
	}
	all := filepath.Join(root, "etc/systemd/system/service.d/10-all.conf")
	if err := os.MkdirAll(filepath.Dir(all), 0o755); err != nil {
		return nil, err
	}
	return names, os.WriteFile(all, []byte("[Service]\nSystemCallArchitectures=native\nProtectKernelLogs=yes\n"), 0o644)
}
