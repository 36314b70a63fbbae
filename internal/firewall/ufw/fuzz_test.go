package ufw

import (
	"testing"
	"testing/fstest"
)

// FuzzRead: an error or a ruleset, whatever the files are.
func FuzzRead(f *testing.F) {
	for _, s := range []string{
		"", "ENABLED=yes\nIPV6=no\n", "Status: active\n", "Status: active\nDefault: deny (incoming), allow (outgoing), deny (routed)\n\nTo                         Action      From\n--                         ------      ----\n80,443/tcp (Shop Front (v6)) ALLOW IN    Anywhere (v6)\n",
		"Status: active\r\nDefault: deny (incoming), allow (outgoing), disabled (routed)\r\nAnywhere on eth0           ALLOW FWD   203.0.113.0/24/esp on eth1 (log) # x\r\n",
		"*filter\n### tuple ### route:allow_log tcp 22,80 any any 0.0.0.0/0 A%20B - in_eth0!out_eth1 comment=7566\nCOMMIT\n", "ENABLED=\"yes\nDEFAULT_INPUT_POLICY=$X\n", "\x00", "\xef\xbb\xbfStatus: active",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		fsys := fstest.MapFS{
			"etc/ufw/ufw.conf": {Data: []byte("ENABLED=yes\n" + text)}, "etc/default/ufw": {Data: []byte(text)}, "etc/ufw/user.rules": {Data: []byte(text)},
			"etc/ufw/before6.rules": {Data: []byte(text)}, "status": {Data: []byte(text)},
		}
		for _, read := range []func() error{
			func() error { _, err := Read(fsys, "."); return err }, func() error { _, err := Believed(fsys, "etc/ufw"); return err },
			func() error { _, err := ReadStatus(fsys, "status"); return err },
		} {
			if err := read(); err != nil && err.Error() == "" {
				t.Fatal("an error that says nothing")
			}
		}
	})
}
