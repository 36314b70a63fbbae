package systemd

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"os/exec"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"sallyport/internal/fact"
)

// oddAmounts are values of settings with sizes, spans, numbers and limits.
var (
	oddSizes   = strings.Split("512M|1G|1.5G|1.M|.5G|1G 512M|512M 1G|0|infinity|10%|100%|101%|1.5%|1.555%|5‰|5.55‰|5‱|12B|1KB|1 K|1 K 5|+5|-5|0x10|1e3|99999999999999999999|16E|15E|512m|1k|%|x|1G\t5M", "|")
	oddSpans   = strings.Split("5|5s|5min|1h 30min|1.5h|infinity|0|-1|5 6|1..2|1.|.5|5ss|5s5s|1M|1m|1ms|1us|5 minutes|2weeks|1y|99999999999999999|18446744073709|9223372036854|1d12h|5sec 3|x|5 x|1hr|1.5.5|5μs|5µs", "|")
	oddNumbers = strings.Split("0|5|010|0x10|-1|+5|4294967295|4294967296|x|5 5|1.5|1_0", "|")
	oddLimits  = strings.Split("0|5|infinity|1:2|2:1|infinity:5|5:infinity|1:|:1|1K:1M|64K|1:2:3|x|-1|0x10|18446744073709551615|5s|1min|1h:2h|infinity:infinity", "|")
	oddAmounts = map[string][]string{
		"MemoryMax": oddSizes, "MemoryHigh": oddSizes, "MemorySwapMax": oddSizes, "MemoryLow": oddSizes, "TasksMax": oddSizes, "CPUQuota": oddSizes,
		"WatchdogSec": oddSpans, "RestartSec": oddSpans, "RuntimeMaxSec": oddSpans, "TimeoutStartSec": oddSpans, "TimeoutStopSec": oddSpans,
		"TimeoutSec": oddSpans, "StartLimitInterval": oddSpans, "StartLimitBurst": oddNumbers, "LimitCORE": oddLimits, "LimitAS": oddLimits,
		"LimitNOFILE": oddLimits, "LimitNPROC": oddLimits, "LimitCPU": oddLimits, "LimitRTTIME": oddSpans, "LimitMEMLOCK": oddSizes,
		"PrivateIPC": oddBooleans, "RemainAfterExit": oddBooleans, "SendSIGKILL": oddBooleans, "MemoryAccounting": oddBooleans,
		"Restart": {"no", "always", "foo", "yes", "on-abort"}, "Type": {"simple", "notify", "notfy", "idle"}, "KillMode": {"mixed", "group"},
		"RestrictAddressFamilies": {"AF_INET", "~AF_UNIX af_inet6", "AF_INET,AF_INET6", "none", "AF_UNX AF_UNIX", "\"AF_INET\"", "INET", "~ AF_PACKET"},
		"RestrictNamespaces":      {"yes", "user mnt", "~net", "users", "user,mnt", "~ pid", "time"},
		"SystemCallFilter":        {"@system-service", "@system-services", "~@mount @swap", "~@privileged,@resources", "mounts", "~read:EPERM", "read:EPERM", "~read:EPREM", "~@clock:5", "openat", "vm86"},
		"SystemCallArchitectures": {"native", "x86-64 x86", "x86_64", "amd64"},
		"SystemCallErrorNumber":   {"EPERM", "eperm", "kill", "5", "EPREM", "4096", "-1"},
		"IPAddressAllow":          {"10.0.0.0/8", "localhost any", "all", "::1", "10.0.0.0/33", "1.2.3.4/255.0.0.0", "link-local,any", "host"},
		"SocketBindAllow":         {"any", "tcp:80", "ipv4:udp:1-5", "http", "80", "tcp", "ipv6", "tcp:0", "tcp:9-8", "tcp:ipv4:80"},
		"DeviceAllow":             {"/dev/null rw", "tty rw", "char-rtc r", "/dev/sda x", "block-*", "/dev/../etc rw", "/etc/passwd r"},
		"ReadWritePaths":          {"/var/lib/a", "-/a +/b", "var/lib", "/a/../b", "+-/x", "-+/x", "/a b", "~/x"},
		"BindPaths":               {"/a:/b", "a:/b", "-/a", "/a /b", "/a/../b:/c", "/a::/b", "/a:b", "/a:"},
		"TemporaryFileSystem":     {"/var:ro", "var", "/a/../b", "/x:bad=1"},
		"StateDirectory":          {"a", "a/b c", "/var/lib/a", "../a", "a/../b", "a:b"},
		"UMask":                   {"0022", "77", "999", "rwx", "10000", "-1"}, "RuntimeDirectoryMode": {"0755", "8", "17777", "u=rwx"},
	}
)

// TestIgnoredAgainstSystemd compares the values that we say systemd ignores with those of which it says so.
func TestIgnoredAgainstSystemd(t *testing.T) {
	program, err := exec.LookPath("systemd-analyze")
	if err != nil {
		t.Skip("there is no systemd-analyze here")
	}
	if out, _ := exec.Command(program, "--version").Output(); !strings.HasPrefix(string(out), "systemd 252 ") {
		t.Skipf("the values are those of systemd 252, and here is %.12s", out)
	}
	g := generator{rand.New(rand.NewPCG(*seed, 0))}
	lines := []string{"[Service]", "ExecStart=/bin/true"}
	keys := slices.Sorted(maps.Keys(oddAmounts))
	for range 400 {
		key := g.one(keys...)
		value := g.one(oddAmounts[key]...)
		if i := g.IntN(len(value) + 1); g.chance(4) && value != "" {
			value = strings.ToValidUTF8(value[:i], "") + g.one(" ", ".", ":", "%", "5", "K", "M", "s", "-", "+", "x", "0") + strings.ToValidUTF8(value[i:], "")
		}
		lines = append(lines, key+"="+value)
	}
	f := newForest()
	text := strings.Join(lines, "\n") + "\n"
	f.files["etc/systemd/system/a.service"] = text
	root := t.TempDir()
	if err := f.write(root); err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(program, "security", "--offline=true", "--root="+root, "--no-pager", "a.service")
	cmd.Dir = t.TempDir()
	out, _ := cmd.CombinedOutput()
	theirs := map[int]string{}
	for _, m := range regexp.MustCompile(`a\.service:(\d+): (.*)`).FindAllStringSubmatch(string(out), -1) {
		line, _ := strconv.Atoi(m[1])
		theirs[line] = m[2]
	}
	docs, _ := New(Options{}).Collect(t.Context(), fstest.MapFS{"a.service": {Data: []byte(text)}}, "a.service")
	ours := map[int]string{}
	for i, ignored := range docs[0].Facts.(Unit).Ignored {
		ours[docs[0].Locate(fact.Path{"ignored", i}).Line] = fmt.Sprint(ignored)
	}
	if len(theirs) < 50 {
		t.Fatalf("systemd-analyze: %s", out)
	}
	for i, line := range lines {
		if _, value, _ := strings.Cut(line, "="); strings.TrimSpace(value) == "" {
			continue
		}
		if (ours[i+1] == "") != (theirs[i+1] == "") {
			t.Errorf("%q: systemd says %q, and we %q", line, theirs[i+1], ours[i+1])
		}
	}
	t.Logf("%d values, %d of them ignored", len(lines), len(ours))
}

// TestWrongWords locates the wrong words of lists, also where systemd says nothing in the log.
func TestWrongWords(t *testing.T) {
	const text = `[Service]
ExecStart=/bin/app
CapabilityBoundingSet=~CAP_SYS_ADMIN SYS_TIME 12 0x5
RestrictAddressFamilies=AF_INET "AF_UNX" AF_A,AF_B
SystemCallFilter=~@privilegd fchmodat2 mounts
ReadWritePaths=%h/a %t
`
	docs, _ := New(Options{}).Collect(t.Context(), fstest.MapFS{"a.service": {Data: []byte(text)}}, "a.service")
	var got []string
	for i, wrong := range docs[0].Facts.(Unit).Ignored {
		at := docs[0].Locate(fact.Path{"ignored", i})
		got = append(got, fmt.Sprintf("%d:%d-%d %s=%s: %s", at.Line, at.Column, at.EndColumn, wrong.Name, wrong.Value, wrong.Expected))
	}
	want := []string{
		"3:38-46 CapabilityBoundingSet=SYS_TIME: CAP_SYS_TIME",
		"4:33-41 RestrictAddressFamilies=AF_UNX: AF_UNIX",
		"4:42-51 RestrictAddressFamilies=AF_A,AF_B: address families such as AF_INET, with blanks between",
		"5:19-29 SystemCallFilter=@privilegd: @privileged",
		"5:40-46 SystemCallFilter=mounts: mount",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}
