package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// A wall is a sequence of ufw's commands. The real ufw runs them, in namespaces of its own and over copies of its
// folders, and writes the files of the case.
type wall struct{ *maker }

// In a private mount namespace, ufw runs over copies of its configuration; what it left is copied to the case.
const runUFW = `set -e
mount --make-rprivate /
d=$(mktemp -d); mount -t tmpfs none $d
cp -a /etc/ufw $d/ufw; cp -a /etc/default $d/default; cp -a /usr/share/ufw/iptables/. $d/ufw/ 2>/dev/null || true
mount --bind $d/ufw /etc/ufw; mount --bind $d/default /etc/default
sh '%[1]s/commands.sh' >/dev/null 2>&1 || true
sed -i 's/^ENABLED=.*/ENABLED=%[2]s/' /etc/ufw/ufw.conf
mkdir -p '%[1]s/etc/ufw' '%[1]s/etc/default'
cp /etc/ufw/ufw.conf /etc/ufw/user.rules /etc/ufw/user6.rules '%[1]s/etc/ufw/'
%[3]s
cp /etc/default/ufw '%[1]s/etc/default/ufw'
umount /etc/ufw /etc/default $d; rmdir $d`

func (m *maker) ufw() (string, error) {
	w := wall{m}
	var t text
	for _, d := range []string{"incoming", "outgoing", "routed"} {
		if w.chance(50) {
			t.line("ufw default %s %s", pick(m, "deny", "deny", "allow", "reject"), d)
		}
	}
	for range 2 + w.IntN(6) {
		t.line("%s", w.command())
	}
	if strings.Contains(t.String(), "ufw limit") { // the kernel forgets between flows who came how often
		t.line("# oracle: isolate")
	}
	if w.chance(15) {
		t.line("sed -i 's/^IPV6=.*/IPV6=no/' /etc/default/ufw")
	}
	folder := filepath.Join(m.dir, m.name+".ufw")
	if err := m.write(m.name+".ufw/commands.sh", t.String()); err != nil {
		return "", err
	}
	absolute, err := filepath.Abs(folder)
	if err != nil {
		return "", err
	}
	enabled, more := "yes", ""
	if w.chance(5) {
		enabled = "no"
	}
	if w.chance(25) {
		more = fmt.Sprintf("cp /etc/ufw/before.rules '%s/etc/ufw/'", absolute)
	}
	script := fmt.Sprintf(runUFW, absolute, enabled, more)
	if out, err := exec.Command("unshare", "-m", "-n", "bash", "-c", script).CombinedOutput(); err != nil {
		return "", fmt.Errorf("ufw: %s%w", out, err)
	}
	if more != "" {
		err = w.before(filepath.Join(folder, "etc/ufw/before.rules"))
	}
	return folder, err
}

// before adds to before.rules what administrators add there.
func (w wall) before(name string) error {
	data, err := os.ReadFile(name)
	if err != nil {
		return err
	}
	own := pick(w.maker,
		fmt.Sprintf("-A ufw-before-input -p tcp --dport %d -j ACCEPT\n", w.port()),
		fmt.Sprintf("-A ufw-before-input -s %s -j DROP\n", w.network(4)),
		fmt.Sprintf("-A ufw-before-forward -s 10.77.0.0/24 -p tcp --dport %d -j ACCEPT\n", w.port()),
		fmt.Sprintf("-A ufw-before-output -p udp --dport %d -j REJECT\n", w.port()))
	text := strings.Replace(string(data), "\nCOMMIT", "\n"+own+"COMMIT", 1)
	if w.chance(40) {
		text = fmt.Sprintf("*nat\n:PREROUTING ACCEPT [0:0]\n-A PREROUTING -i eth0 -p tcp --dport %d -j REDIRECT --to-ports %d\nCOMMIT\n", w.port(), w.port()) + text
	}
	return os.WriteFile(name, []byte(text), 0o644)
}

func (w wall) command() string {
	verb := pick(w.maker, "allow", "allow", "allow", "deny", "reject")
	if w.chance(8) {
		return fmt.Sprintf("ufw limit %d/tcp", w.port())
	}
	switch w.IntN(10) {
	case 0:
		return fmt.Sprintf("ufw %s %s", verb, pick(w.maker, "ssh", "http", "https", "53", "OpenSSH", "smtp"))
	case 1, 2:
		return fmt.Sprintf("ufw %s%s %s/%s", pick(w.maker, "", "", "insert 1 "), verb, w.ports(":"), pick(w.maker, "tcp", "udp"))
	case 3:
		return fmt.Sprintf("ufw %s %s on %s", verb, pick(w.maker, "in", "out"), pick(w.maker, devices...))
	case 4:
		return fmt.Sprintf("ufw %s out %d/%s", verb, w.port(), pick(w.maker, "tcp", "udp"))
	case 5:
		from, to := w.network(4), "10.78.0.0/24"
		if w.chance(30) {
			from, to = w.network(6), "fd78::/64"
		}
		return fmt.Sprintf("ufw route %s from %s to %s %s", verb, from, to, pick(w.maker, "", "port 443 proto tcp", "port 53"))
	case 6:
		return fmt.Sprintf("ufw route %s in on eth0 out on eth1", verb)
	case 7:
		return fmt.Sprintf("ufw %s proto %s from %s", verb, pick(w.maker, "esp", "ah", "udp"), w.network(4))
	}
	from, to := w.network(4), pick(w.maker, "any", "any", "10.77.0.1", "10.78.0.1")
	if w.chance(30) {
		from, to = w.network(6), pick(w.maker, "any", "fd77::1")
	}
	where := pick(w.maker, "", "", " in on eth0", " in on eth1")
	port := ""
	if w.chance(75) {
		port = fmt.Sprintf(" port %s proto %s", w.ports(":"), pick(w.maker, "tcp", "udp"))
	}
	return fmt.Sprintf("ufw %s%s from %s to %s%s", verb, where, from, to, port)
}
