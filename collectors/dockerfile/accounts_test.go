package dockerfile

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestAccounts(t *testing.T) {
	for _, tt := range []struct{ run, want string }{
		{"useradd -r -u 10001 -g app -d /srv -s /sbin/nologin app", "user app 10001 group app home /srv shell /sbin/nologin system"},
		{"useradd --system --uid=7 --gid 8 --no-create-home app", "user app 7 group 8 system"},
		{"useradd -lmu 5 -G wheel,docker app", "user app 5 sparse"},
		{"useradd app", "user app -1"},
		{"useradd -D -s /bin/bash", ""},
		{"/usr/sbin/useradd -u ${NO} app", "user app -1"},
		{"adduser -D -H -u 1000 -G app -g 'the app' -s /bin/sh -h /srv app", "user app 1000 group app home /srv shell /bin/sh"},
		{"adduser -SD app", "user app -1 system"},
		{"adduser app docker", ""},
		{"adduser --system --group --uid 9 --home /srv app", "user app 9 home /srv system"},
		{"adduser --disabled-password --gecos '' --ingroup staff app", "user app -1 group staff"},
		{"adduser -r -u 3 -g app -m app", "user app 3 group app system"},
		{"groupadd -r -g 10001 app", "group app 10001 system"},
		{"addgroup -S app", "group app -1 system"},
		{"addgroup -g 5 app && addgroup user app", "group app 5"},
		{"addgroup --gid 6 app", "group app 6"},
		{"echo 'app:x:65532:65533:app:/home/app:/sbin/nologin' >> /etc/passwd", "user app 65532 group 65533 home /home/app shell /sbin/nologin"},
		{`printf 'a:x:1:1::/:\nb:x:2:2::/:\n' > /out/etc/passwd`, "user a 1 group 1 home /; user b 2 group 2 home /"},
		{"echo 'app:x:7:' | tee -a /etc/group", "group app 7"},
		{"cat > /etc/passwd <<EOF\nroot:x:0:0:r:/root:/bin/sh\nEOF", "user root 0 group 0 home /root shell /bin/sh"},
		{"echo app:x:1 > notes", ""},
		{"if ! id app; then sudo useradd -u 4 app; fi", "user app 4"},
	} {
		text := "FROM debian\nRUN " + tt.run + "\n"
		if strings.Contains(tt.run, "\n") {
			text = "FROM debian\nRUN <<OUTER\n" + tt.run + "\nOUTER\n"
		}
		f, _, err := collect(text, nil)
		if err != nil {
			t.Fatal(err)
		}
		var all []string
		for _, a := range f.Stages[0].Accounts {
			line := fmt.Sprintf("%s %s %d", a.Kind, a.Name, a.ID)
			for _, p := range [][2]string{{"group", a.Group}, {"home", a.Home}, {"shell", a.Shell}} {
				if p[1] != "" {
					line += " " + p[0] + " " + p[1]
				}
			}
			if a.System {
				line += " system"
			}
			if a.NoLogInit {
				line += " sparse"
			}
			all = append(all, line)
		}
		if diff := cmp.Diff(tt.want, strings.Join(all, "; ")); diff != "" {
			t.Errorf("%s: %s", tt.run, diff)
		}
	}
}

func TestUserID(t *testing.T) {
	for _, tt := range []struct {
		text string
		want int
		root bool
	}{
		{"FROM debian", 0, true},
		{"FROM debian\nUSER 10001", 10001, false},
		{"FROM debian\nUSER app", -1, false},
		{"FROM debian\nRUN useradd -u 7 app\nUSER app", 7, false},
		{"FROM debian\nUSER app\nUSER root\nRUN useradd -u 7 app\nUSER app:app", 7, false},
		{"FROM debian AS a\nRUN adduser -D -u 7 app\nFROM a\nUSER app", 7, false},
		{"FROM debian AS a\nRUN adduser -D -u 7 app\nFROM debian\nUSER app", -1, false},
		{"FROM debian\nRUN useradd -u 7 app && usermod -u 8 app\nUSER app", 8, false},
		{"FROM debian\nRUN useradd -o -u 0 toor\nUSER toor", 0, true},
		{"FROM debian\nRUN useradd -u 7 app && usermod -o -u 0 app\nUSER app", 0, true},
		{"FROM debian\nARG ID=9\nRUN useradd -u $ID app\nUSER app", 9, false},
		{"FROM debian AS a\nONBUILD RUN useradd -u 7 app\nFROM a\nUSER app", 7, false},
		{"FROM debian AS a\nRUN echo 'app:x:5:5::/:' > /etc/passwd\nFROM scratch\nCOPY --from=a /etc/passwd /etc/passwd\nUSER app", 5, false},
		{"FROM debian AS a\nRUN useradd -u 5 app\nFROM scratch\nCOPY --from=a /etc/passwd /etc/group /etc/\nUSER app", 5, false},
	} {
		f, _, err := collect(tt.text, nil)
		if err != nil {
			t.Fatal(err)
		}
		if u := f.Stages[f.Final].User; u.ID != tt.want || u.Root != tt.root {
			t.Errorf("%q: %d, %v, want %d, %v", tt.text, u.ID, u.Root, tt.want, tt.root)
		}
	}
}

// TestReaches looks at which changes of modes the final image may have.
func TestReaches(t *testing.T) {
	const final = "\nFROM debian:12\n"
	for text, want := range map[string]bool{
		"RUN chmod u+s /usr/bin/a" + final + "COPY --from=b /src/out /out":                   false,
		"RUN chmod u+s /src/out/a" + final + "COPY --from=b /src/out /out":                   true,
		"RUN chmod u+s /src/a" + final + "COPY --from=b /src/a /out":                         true,
		"RUN chmod u+s /src" + final + "COPY --from=b /src/a /out":                           true,
		"RUN chmod u+s /a" + final + "COPY --from=b / /":                                     true,
		"RUN chmod u+s /a && mv /a /out/b" + final + "COPY --from=b /out/b /":                true,
		"RUN chmod u+s $X" + final + "COPY --from=b /b /":                                    true,
		"RUN chmod u+s /a" + final + "RUN --mount=from=b,source=/a,target=/x cp -p /x /y":    true,
		"RUN chmod u+s /a" + final + "RUN true":                                              false,
		"RUN chmod u+s /a\nFROM b AS c\nRUN true" + final + "COPY --from=c /a /a":            true,
		"RUN chmod u+s /a\nFROM debian:12 AS c\nCOPY --from=b /a /a" + final + "ADD a.txt /": false,
		"RUN chmod u+s /a\nFROM b":                                                           true,
	} {
		f, _, err := collect("FROM debian:12 AS b\nWORKDIR /\n"+text+"\n", nil)
		if err != nil {
			t.Fatal(err)
		}
		if got := f.Stages[0].Modes[0].Reaches; got != want {
			t.Errorf("%s: %t", text, got)
		}
	}
}

func TestModes(t *testing.T) {
	for _, tt := range []struct{ run, want string }{
		{"chmod 4755 /a", "/a 4755 setid"},
		{"chmod -R 777 /a /b", "/a /b 777 writable recursive"},
		{"chmod 1777 /tmp", "/tmp 1777"},
		{"chmod u+s,g+s /a", "/a u+s,g+s setid"},
		{"chmod a+rwxt /tmp", "/tmp a+rwxt"},
		{"chmod o=rw /a", "/a o=rw writable"},
		{"chmod a+rw,o-w /a", "/a a+rw,o-w"},
		{"chmod +w /a", "/a +w"},
		{"chmod -s /a", "/a -s clears"},
		{"chmod o+s /a", "/a o+s"},
		{"chmod -v --recursive ug-s /usr", "/usr ug-s clears recursive"},
		{"chmod --reference=/a /b", ""},
		{`find / -xdev -perm /6000 -type f -exec chmod a-s {} \; || true`, "/ a-s clears recursive"},
		{"find /usr -perm +6000 | xargs chmod 0755", "/usr 0755 clears recursive"},
		{"install -m 4755 a /usr/bin/a", "/usr/bin/a 4755 setid"},
		{"install -d -m0777 /a /b", "/a /b 0777 writable"},
		{"install -d -m 3777 /a", "/a 3777"},
		{"install -Dm755 -t /usr/bin a b", "/usr/bin 755"},
		{"install a b", ""},
		{"mkdir -p -m 777 /a", "/a 777 writable"},
		{"setcap cap_net_bind_service=+ep /usr/bin/a", "/usr/bin/a cap_net_bind_service=+ep capabilities"},
		{"setcap -r /a", "/a -r clears"},
		{"chmod $MODE /a", "/a $MODE"},
	} {
		f, _, err := collect("FROM debian\nRUN "+tt.run+"\n", nil)
		if err != nil {
			t.Fatal(err)
		}
		var all []string
		for _, m := range f.Stages[0].Modes {
			line := strings.Join(m.Paths, " ") + " " + m.Mode
			for _, p := range []struct {
				on   bool
				name string
			}{{m.SetID, "setid"}, {m.Clears, "clears"}, {m.WorldWritable, "writable"}, {m.Capabilities, "capabilities"}, {m.Recursive, "recursive"}} {
				if p.on {
					line += " " + p.name
				}
			}
			all = append(all, line)
		}
		if diff := cmp.Diff(tt.want, strings.Join(all, "; ")); diff != "" {
			t.Errorf("%s: %s", tt.run, diff)
		}
	}
}
