package host

import (
	"fmt"
	"testing"
	"testing/fstest"
)

func TestFind(t *testing.T) {
	rules := &fstest.MapFile{Data: []byte("*filter\nCOMMIT\n")}
	conf := &fstest.MapFile{Data: []byte("ENABLED=yes\n")}
	fsys := fstest.MapFS{
		"h/etc/ufw/ufw.conf": conf, "h/etc/ufw/user.rules": rules, "h/etc/default/ufw": conf,
		"copied/ufw.conf": conf, "copied/user.rules": rules,
		"w/etc/firewalld/zones/public.xml": conf, "named/zones/example.org": conf,
		"v/iptables/rules.v4": rules, "v/iptables/rules.v6": rules,
	}
	for name, want := range map[string]string{
		"h": "[{h/etc/ufw ufw}]", "h/etc": "[{h/etc/ufw ufw}]", "h/etc/ufw": "[{h/etc/ufw ufw}]", "h/etc/ufw/user.rules": "[{h/etc/ufw ufw}]",
		"copied": "[{copied ufw}]", "w/etc/firewalld": "[{w/etc/firewalld firewalld}]", "named": "[]",
		"v/iptables": "[{v/iptables/rules.v4 iptables} {v/iptables/rules.v6 ip6tables}]",
	} {
		found, err := Find(fsys, name)
		if got := fmt.Sprint(found); got != want {
			t.Errorf("%s: got %s (%v), want %s", name, got, err, want)
		}
	}
}
