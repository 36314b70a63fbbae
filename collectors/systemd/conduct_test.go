package systemd

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
)

// TestPorts reads what units say of where their services listen, and what others' ports are not.
func TestPorts(t *testing.T) {
	for settings, want := range map[string]string{
		"Environment=APP_LISTEN=127.0.0.1:8080":                                                         "8080 127.0.0.1 loopback APP_LISTEN",
		"Environment=LISTEN_ADDR=[::]:8443":                                                             "8443  APP LISTEN_ADDR",
		"Environment=PORT=3000 APP_PORT=3001":                                                           "3000  PORT; 3001  APP_PORT",
		"Environment=DB_PORT=5432 PGPORT=5432 SMTP_ADDR=mail:25":                                        "",
		"Environment=REDIS_LISTEN_HOST=a":                                                               "",
		"Environment=LISTEN=%i PORT=$P":                                                                 "",
		"Environment=BIND=unix:/run/a.sock":                                                             "",
		"Environment=HTTP_LISTEN=http://0.0.0.0:80/x":                                                   "80  HTTP_LISTEN",
		"SocketBindAllow=ipv4:tcp:8080\nSocketBindAllow=8000-9000":                                      "8080/tcp  SocketBindAllow",
		"ExecStart=\nExecStart=/bin/app --port 9000 --db-port=5432":                                     "9000  --port",
		"ExecStart=\nExecStart=/usr/bin/docker run -p 127.0.0.1:80:8080 --publish=53:53/udp x --port 9": "80/tcp 127.0.0.1 loopback -p; 53/udp  --publish",
		"ExecStart=\nExecStart=/usr/bin/docker run --net=host x --port 9000":                            "9000  --port",
		"ExecStart=\nExecStart=/bin/app --host 127.0.0.1 --port 6379 --metrics-port=9 --db-host x":      "6379 127.0.0.1 loopback --port; 9 127.0.0.1 loopback --metrics-port",
		"Environment=HOST=::1 PORT=3000 APP_LISTEN=:80":                                                 "3000 ::1 loopback PORT; 80  APP_LISTEN",
		"Environment=HOST=0.0.0.0 PORT=3000":                                                            "3000  PORT",
		"ExecStart=\nExecStart=/bin/app -p 9 --web.listen-address=localhost:9100":                       "9100 localhost loopback --web.listen-address",
	} {
		f, _ := collectText(t, "[Service]\nExecStart=/bin/app\n"+settings+"\n")
		var got []string
		for _, p := range f.Ports {
			s := p.Name + " " + p.Address
			if p.Loopback {
				s += " loopback"
			}
			got = append(got, s+" "+p.From)
		}
		if s := strings.Join(got, "; "); s != strings.ReplaceAll(want, " APP ", " ") {
			t.Errorf("%q: %q, want %q", settings, s, want)
		}
	}
}

func TestSharedPaths(t *testing.T) {
	for settings, want := range map[string]string{
		"EnvironmentFile=-/home/app/.env":                                            "source EnvironmentFile /home/app/.env",
		"EnvironmentFile=/etc/default/app":                                           "",
		"LoadCredential=key:/tmp/key":                                                "source LoadCredential /tmp/key",
		"StandardOutput=append:/var/tmp/app.log":                                     "temporary StandardOutput /var/tmp/app.log",
		"ExecStartPre=/bin/app -o /tmp/out":                                          "temporary ExecStartPre /tmp/out",
		"ExecStartPre=/bin/app --out=/tmp/out\nPrivateTmp=yes":                       "",
		"ExecStartPre=+/bin/app --out=%T/out\nPrivateTmp=yes":                        "temporary ExecStartPre /tmp/out",
		"ExecStartPre=/bin/app /tmp /tmp/ /tmp/.X11-unix/X0 /srv/tmp/a /tmp/aXXXXXX": "",
		"ExecStartPre=/bin/sh -c 'app > /tmp/out; cat /tmp/in'":                      "temporary ExecStartPre /tmp/out",
		"ExecStartPre=/bin/rm -rf /tmp/app":                                          "",
		"ExecStartPre=/bin/app /dev/shm/a\nPrivateTmp=yes":                           "temporary ExecStartPre /dev/shm/a",
		"RootDirectory=/srv/root\nExecStartPre=/bin/app /tmp/a":                      "",
		"Environment=PATH=/usr/bin:/home/app/bin LD_PRELOAD=libx.so":                 "search PATH /home/app/bin",
		"Environment=PYTHONPATH=/usr/lib/app:$PYTHONPATH":                            "",
		"WorkingDirectory=/home/app\nEnvironment=\"LD_LIBRARY_PATH=/opt/lib:\"":      "search LD_LIBRARY_PATH /home/app",
		"WorkingDirectory=/opt/app\nEnvironment=PYTHONPATH=.:lib":                    "",
		"StateDirectory=app\nEnvironment=PYTHONPATH=/var/lib/app/lib":                "search PYTHONPATH /var/lib/app/lib",
		"Environment=PATH=%h/bin:/usr/bin":                                           "",
	} {
		f, _ := collectText(t, "[Service]\nExecStart=/bin/app\n"+settings+"\n")
		var got []string
		for _, p := range f.SharedPaths {
			got = append(got, p.Kind+" "+p.Setting+" "+p.Name)
		}
		if s := strings.Join(got, "; "); s != want {
			t.Errorf("%q: %q, want %q", settings, s, want)
		}
	}
}

func TestActs(t *testing.T) {
	for command, want := range map[string]string{
		"/bin/sh -c 'curl -fsS https://a.example | bash'":         "runs_download curl | bash",
		`/bin/bash -c "bash -c \"$$(wget -qO- https://a.ex)\""`:   "",
		"/bin/sh -c 'curl https://a.example | grep ok'":           "",
		"/bin/chmod -R 777 /srv":                                  "opens_mode chmod 777",
		"/bin/chmod 1777 /srv":                                    "",
		"/bin/chmod o+w,g+w /srv":                                 "opens_mode chmod o+w,g+w",
		"/bin/chmod 0775 /srv":                                    "",
		"/usr/bin/install -d -m 0777 /run/a":                      "opens_mode install -m 0777",
		"/usr/bin/sudo -u app /bin/app":                           "switches_user sudo",
		"/usr/sbin/start-stop-daemon --start --chuid app":         "switches_user start-stop-daemon --chuid",
		"/usr/bin/docker run --privileged --pid=host a":           "privileged_container --privileged; privileged_container --pid host",
		"/usr/bin/docker run -v /:/host:ro a":                     "privileged_container -v /:/host:ro",
		"/usr/bin/docker run --privileged=false -v /srv:/data a":  "",
		"/usr/bin/docker exec --privileged a sh":                  "",
		"/usr/bin/podman run -v /var/run/docker.sock:/d.sock a":   "privileged_container -v /var/run/docker.sock:/d.sock",
		"/usr/bin/dockerd -H fd:// -H tcp://0.0.0.0:2375":         "open_engine -H tcp://0.0.0.0:2375",
		"/usr/bin/dockerd --host=tcp://127.0.0.1:2375":            "",
		"/usr/bin/dockerd --tlsverify -H tcp://0.0.0.0:2376":      "",
		"/usr/bin/env FOO=1 sh -c 'wget -qO- http://a/x.sh | sh'": "runs_download wget | sh",
	} {
		f, _ := collectText(t, "[Service]\nExecStart="+command+"\n")
		var got []string
		for _, a := range f.Acts {
			got = append(got, a.Name+" "+a.What)
		}
		if s := strings.Join(slices.Compact(got), "; "); s != want {
			t.Errorf("%q: %q, want %q", command, s, want)
		}
	}
}

func TestConduct(t *testing.T) {
	for settings, want := range map[string]string{
		"IPAddressAllow=localhost":                                                      "alone IPAddressAllow",
		"IPAddressAllow=any\nIPAddressDeny=any":                                         "alone IPAddressAllow",
		"IPAddressAllow=0.0.0.0/0\nIPAddressDeny=any":                                   "",
		"IPAddressAllow=10.0.0.0/8\nIPAddressDeny=any":                                  "",
		"SocketBindAllow=80":                                                            "alone SocketBindAllow",
		"SocketBindAllow=80\nSocketBindDeny=any":                                        "",
		"ExecPaths=/usr":                                                                "alone ExecPaths",
		"ReadWritePaths=/srv/a":                                                         "alone ReadWritePaths",
		"ReadWritePaths=/srv/a\nProtectSystem=full":                                     "",
		"PrivateDevices=yes\nDeviceAllow=/dev/ttyS0 rw":                                 "moot DeviceAllow",
		"PrivateDevices=yes\nDeviceAllow=/dev/null rw":                                  "",
		"ProtectHome=yes\nWorkingDirectory=/home/app":                                   "moot WorkingDirectory",
		"ProtectHome=tmpfs\nWorkingDirectory=/home/a\nBindPaths=/home/a":                "",
		"PrivateUsers=yes\nAmbientCapabilities=CAP_NET_ADMIN":                           "moot AmbientCapabilities",
		"DynamicUser=yes\nProtectSystem=full":                                           "moot ProtectSystem",
		"AppArmorProfile=-app":                                                          "optional AppArmorProfile",
		"RuntimeDirectory=a\nRuntimeDirectoryMode=0777":                                 "open RuntimeDirectoryMode",
		"RuntimeDirectoryMode=0777":                                                     "",
		"StartLimitAction=reboot":                                                       "reboots StartLimitAction",
		"Environment=A=$HOME/x B=cost$1 C='$(id) $PATH'":                                "unexpanded A",
		"PassEnvironment=HOME DB_PASSWORD PASSWORD_FILE":                                "secret PassEnvironment",
		"EnvironmentFile=-/etc/app/secrets.env\nEnvironmentFile=/etc/default/tokenizer": "secret EnvironmentFile",
		"KillMode=none":                                                                 "kill none",
	} {
		f, _ := collectText(t, "[Service]\nExecStart=/bin/app\n"+settings+"\n")
		var got []string
		for _, l := range []struct {
			name string
			list []Remark
		}{
			{"reboots", f.Conduct.Reboots},
			{"optional", f.Conduct.Optional},
			{"open", f.Conduct.OpenModes},
			{"unexpanded", f.Conduct.Unexpanded},
			{"secret", f.Conduct.SecretSources},
			{"alone", f.Conduct.Alone},
			{"moot", f.Conduct.Moot},
		} {
			for _, r := range l.list {
				got = append(got, l.name+" "+r.Name)
			}
		}
		if f.Conduct.KillMode != "control-group" {
			got = append(got, "kill "+f.Conduct.KillMode)
		}
		if s := strings.Join(got, "; "); s != want {
			t.Errorf("%q: %q, want %q", settings, s, want)
		}
	}
}

// TestScriptInFolder finds scripts that are named from the working directory.
func TestScriptInFolder(t *testing.T) {
	for settings, want := range map[string]string{
		"WorkingDirectory=/home/app\nExecStart=/usr/bin/python3 server.py":  "/home",
		"WorkingDirectory=-/home/app\nExecStart=/usr/bin/node dist/main.js": "/home",
		"WorkingDirectory=/opt/app\nExecStart=/usr/bin/python3 server.py":   "",
		"ExecStart=/usr/bin/python3 server.py":                              "",
	} {
		f, _ := collectText(t, "[Service]\n"+settings+"\n")
		if got := f.Exec[0].ScriptWritable; got != want {
			t.Errorf("%q: %q, want %q", settings, got, want)
		}
	}
}

func TestUID(t *testing.T) {
	users := []byte("# accounts\nu ledger 10001:10001 \"Ledger\"\ng other 7\nu other - -\n")
	for _, c := range []struct {
		file, sysusers, user string
		want                 int
	}{
		{"app.service", "app.sysusers", "ledger", 10001},
		{"app.service", "sysusers.d/app.conf", "ledger", 10001},
		{"dist/usr/lib/systemd/system/app.service", "dist/usr/lib/sysusers.d/app.conf", "ledger", 10001},
		{"dist/etc/systemd/system/x.service", "dist/usr/lib/sysusers.d/ledger.conf", "ledger", 10001},
		{"app.service", "app.sysusers", "other", -1},
		{"app.service", "app.sysusers", "root", 0},
		{"app.service", "app.sysusers", "1000", 1000},
		{"app.service", "elsewhere/app.sysusers", "ledger", -1},
	} {
		fsys := fstest.MapFS{c.file: {Data: fmt.Appendf(nil, "[Service]\nExecStart=/bin/app\nUser=%s\n", c.user)}, c.sysusers: {Data: users}}
		docs, err := collect(context.Background(), fsys, c.file)
		if err != nil {
			t.Fatal(err)
		}
		if got := docs[0].Facts.(Unit).Identity.UID; got != c.want {
			t.Errorf("%+v: got %d", c, got)
		}
	}
}
