package systemd

import (
	"encoding/json"
	"flag"
	"io/fs"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
)

var (
	generated = flag.Int("units", 100, "how many units to make and to ask systemd-analyze of")
	seed      = flag.Uint64("seed", 252, "the seed of the units")
	keep      = flag.String("keep", "", "a folder that gets the units that differ")
)

// TestAgainstSystemd makes units with drop-ins and compares every badness, the score and the refusals with those
// of the systemd-analyze of this machine.
func TestAgainstSystemd(t *testing.T) {
	program, err := exec.LookPath("systemd-analyze")
	if err != nil {
		t.Skip("there is no systemd-analyze here")
	}
	if out, _ := exec.Command(program, "--version").Output(); !strings.HasPrefix(string(out), "systemd 252 ") {
		t.Skipf("the table is that of systemd 252, and here is %.12s", out)
	}
	const perRoot = 20
	compared, refusals := 0, 0
	for first := 0; first < *generated; first += perRoot {
		root, f := t.TempDir(), newForest()
		var names []string
		for i := first; i < min(first+perRoot, *generated); i++ {
			names = append(names, generator{rand.New(rand.NewPCG(*seed, uint64(i)))}.unit(f, i))
		}
		generator{rand.New(rand.NewPCG(*seed, uint64(1)<<32+uint64(first)))}.shared(f)
		if err := f.write(root); err != nil {
			t.Fatal(err)
		}
		units, errs := loadRoot(t, os.DirFS(root))
		answers := ask(t, program, root, names)
		for i, name := range names {
			u, loaded := units[name]
			var diff string
			ours := loaded && !u.Masked && !u.Partial && (errs[name] == nil || tolerated(errs[name]))
			switch {
			case answers[i].refused == "" && !ours:
				diff = "we refuse it: " + reason(errs[name])
			case answers[i].refused != "" && ours:
				diff = "systemd refuses it: " + answers[i].refused
			case answers[i].refused == "":
				compared++
				diff = cmp.Diff(answers[i].score, score{u.Exposure.Overall, u.Exposure.Level, u.Exposure.Badness})
			default:
				refusals++
			}
			if diff != "" {
				t.Errorf("unit %d, %s: (-systemd +got)\n%s", first+i, name, diff)
				save(t, root, name)
			}
		}
	}
	t.Logf("%d units alike, and %d refused by both", compared, refusals)
}

func reason(err error) string {
	if err == nil {
		return "it is not loaded"
	}
	return err.Error()
}

// save keeps the files of a unit that differs, and those that all units share.
func save(t *testing.T, root, name string) {
	t.Helper()
	if *keep == "" {
		return
	}
	stem, _, _ := strings.Cut(strings.TrimSuffix(name, ".service"), "@")
	err := filepath.WalkDir(root, func(file string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.Contains(file, stem) && !strings.Contains(file, "/service.d/") && !strings.Contains(file, "-.service.d/") {
			return err
		}
		at := filepath.Join(*keep, name, strings.TrimPrefix(file, root))
		if err := os.MkdirAll(filepath.Dir(at), 0o755); err != nil {
			return err
		}
		if target, err := os.Readlink(file); err == nil {
			return os.Symlink(target, at)
		}
		text, err := os.ReadFile(file)
		if err != nil {
			return err
		}
		return os.WriteFile(at, text, 0o644)
	})
	if err != nil {
		t.Log(err)
	}
}

// TestDifferences holds what the generated units have taught: each was read differently once.
func TestDifferences(t *testing.T) {
	for _, c := range []struct {
		lines, item string
		badness     int
	}{
		{"SystemCallArchitectures=loongarch64", "SystemCallArchitectures", 10},
		{"IPEgressFilterPath=rel", "IPAddressDeny", 10},
		{"IPEgressFilterPath=/a/../b", "IPAddressDeny", 10},
		{"IPAddressDeny=any\nIPAddressAllow=127.0.0.1/0", "IPAddressDeny", 5},
		{"IPAddressDeny=any\nIPAddressAllow=10.0.0.0/010", "IPAddressDeny", 5},
		{"IPAddressDeny=any\nIPAddressAllow=10.0.0.0/08", "IPAddressDeny", 0},
		{"IPAddressDeny=10.0.0.0/0 fe80::/0", "IPAddressDeny", 0},
		{"Delegate=no \\ ", "Delegate", 0},
		{"Delegate=cpu foo", "Delegate", 1},
		{"DevicePolicy=strict\nDeviceAllow=/dev", "DeviceAllow", 5},
		{"PrivateDevices=yes\nLoadCredentialEncrypted=\\ ", "DeviceAllow", 0},
		{"PrivateDevices=yes\nSetCredentialEncrypted=a: A!", "DeviceAllow", 0},
		{"PrivateDevices=yes\nLoadCredentialEncrypted=a\\n", "DeviceAllow", 5},
		{"PrivateDevices=yes\nLoadCredentialEncrypted=a:rel/x", "DeviceAllow", 0},
		{"PrivateDevices=yes\nLoadCredentialEncrypted=a:/b/../c", "DeviceAllow", 0},
		{"PrivateDevices=yes\nLoadCredentialEncrypted=ü", "DeviceAllow", 0},
		{"PrivateDevices=yes\nLoadCredentialEncrypted=a:/b\nLoadCredential=a:/b", "DeviceAllow", 0},
		{"PrivateDevices=yes\nLoadCredential=a:/b\nLoadCredentialEncrypted=a:/b", "DeviceAllow", 5},
		{"PrivateDevices=yes\nSetCredentialEncrypted=a:AAAA\nSetCredential=a:\\q", "DeviceAllow", 5},
		{"PrivateDevices=yes\nSetCredentialEncrypted=a:AAAA\nSetCredential=a:\\x00", "DeviceAllow", 0},
		{"RootDirectory=/%i", "RootDirectoryOrRootImage", 1},
		{"RootImage=/srv/a.raw\nRootImage=%i", "RootDirectoryOrRootImage", 1},
		{"RootDirectory=%i", "RootDirectoryOrRootImage", 1},
		{"RootVerity=%I", "RootDirectoryOrRootImage", 1},
		{"PrivateDevices=yes\nMountImages=/%zz:/mnt", "DeviceAllow", 0},
		{"PrivateDevices=yes\nMountImages=/a.raw", "DeviceAllow", 0},
		{"CapabilityBoundingSet=0x5", "CapabilityBoundingSet_CAP_KILL", 1},
		{"CapabilityBoundingSet=~CAP_KILL\nCapabilityBoundingSet=~63", "CapabilityBoundingSet_CAP_KILL", 0},
		{"CapabilityBoundingSet=~CAP_KILL\nCapabilityBoundingSet=~64", "CapabilityBoundingSet_CAP_KILL", 1},
		{"SystemCallFilter=~@obsolete:eperm", "SystemCallFilter_obsolete", 0},
		{"User=%u", "UserOrDynamicUser", 10},
		{"User=-x", "UserOrDynamicUser", 0},
		{"ExecStart=-./rel", "UserOrDynamicUser", 10},
		{"ExecStart=;", "UserOrDynamicUser", 10},
		{"PrivateMounts=yes\nPrivateMounts=", "PrivateMounts", 0},
		{"Delegate=\"cpu", "Delegate", 0},
		{"CapabilityBoundingSet=CAP\"_SYS_PTRACE", "CapabilityBoundingSet_CAP_SYS_PTRACE", 0},
		{"CapabilityBoundingSet=CAP_KILL \"CAP_SYS_PTRACE", "CapabilityBoundingSet_CAP_KILL", 1},
		{"SystemCallFilter=\"@swap\"", "SystemCallFilter_swap", 0},
		{"SystemCallFilter=~\\@swap", "SystemCallFilter_swap", 0},
		{"User=app\nSupplementaryGroups=adm disk\"", "SupplementaryGroups", 1},
		{"ExecStartPre=/bin/a'b", "UserOrDynamicUser", 10},
		{"ExecStartPre=- /bin/a", "UserOrDynamicUser", 10},
		{"ExecStartPre=--/bin/a", "UserOrDynamicUser", 10},
		{"ExecStartPre=-/bin/a\\\\", "UserOrDynamicUser", 10},
		{"Type=oneshot\nRestart=always\nRestart=foo\nType=simple", "UserOrDynamicUser", 10},
		{"PIDFile=%zz", "UserOrDynamicUser", 10},
		{"SELinuxContext=-%zz", "UserOrDynamicUser", 10},
	} {
		files := fstest.MapFS{"etc/systemd/system/a.service": {Data: []byte("[Service]\nExecStart=/bin/true\n" + c.lines + "\n")}}
		units, errs := loadRoot(t, files)
		if err := errs["a.service"]; err != nil || units["a.service"].Exposure.Badness[c.item] != c.badness {
			t.Errorf("%q: %s is %d, want %d (%v)", c.lines, c.item, units["a.service"].Exposure.Badness[c.item], c.badness, err)
		}
	}
	for _, line := range []string{
		"User=65535", "User=00", "User=-5", "SupplementaryGroups=a:b", "SupplementaryGroups=a \\ ", "RootDirectory=/srv/..", "WorkingDirectory=rel",
		"ExecStartPre=/bin/x %zz", "ExecStartPre=/bin/x %0", "ExecStartPre=/bin/x\\\\", "ExecStartPre=/bin/'x'\\\"", "ExecStartPre=++/bin/x",
		"ExecStartPre=@/bin/sh", "ExecStartPre=/bin/..", "PIDFile=/srv/../x", "SELinuxContext=%zz", "AppArmorProfile=%zz", "RootVerity=rel", "WorkingDirectory=%i", "RootDirectory=%ü", "ExecStartPre=..", "Type=dbus\nBusName=bad name",
	} {
		unit := "[Service]\nExecStart=/bin/true\n"
		_, errs := loadRoot(t, fstest.MapFS{"etc/systemd/system/a.service": {Data: []byte(unit + line + "\n")}})
		if err := errs["a.service"]; err == nil || tolerated(err) {
			t.Errorf("%q: %v, and systemd refuses it", line, err)
		}
		units, errs := loadRoot(t, fstest.MapFS{
			"etc/systemd/system/a.service":            {Data: []byte(unit)},
			"etc/systemd/system/a.service.d/bad.conf": {Data: []byte("[Service]\nPrivateTmp=yes\n" + line + "\nPrivateMounts=yes\n")},
		})
		if x := units["a.service"].Exposure.Badness; line[:4] != "Type" && (!tolerated(errs["a.service"]) || x["PrivateTmp"] != 0 || x["PrivateMounts"] != 1) {
			t.Errorf("%q in a drop-in: %v, want the rest of it left out: %v", line, errs["a.service"], x)
		}
	}
}

// TestCut holds how much of a drop-in counts that systemd gives up on.
func TestCut(t *testing.T) {
	for text, want := range map[string]int{
		"SupplementaryGroups=4 \\ ":       1,
		"SupplementaryGroups=4 a:b":       1,
		"SupplementaryGroups=a:b 4":       0,
		"X=\xff\nSupplementaryGroups=4":   0,
		"# \xff\nSupplementaryGroups=4":   1,
		"[Service\nSupplementaryGroups=4": 0,
		"SupplementaryGroups=4\n[Service": 1,
	} {
		units, _ := loadRoot(t, fstest.MapFS{
			"etc/systemd/system/a.service":          {Data: []byte("[Service]\nExecStart=/bin/true\nUser=app\n")},
			"etc/systemd/system/a.service.d/a.conf": {Data: []byte("[Service]\n" + text + "\n")},
		})
		if got := units["a.service"].Exposure.Badness["SupplementaryGroups"]; got != want {
			t.Errorf("%q: %d, want %d", text, got, want)
		}
	}
}

// An answer is what systemd-analyze says of a unit, or why it refuses it.
type answer struct {
	score
	refused string
}

func ask(t *testing.T, program, root string, names []string) []answer {
	t.Helper()
	answers := make([]answer, len(names))
	empty := t.TempDir()
	var wait sync.WaitGroup
	slots := make(chan struct{}, 2)
	for i, name := range names {
		wait.Add(1)
		slots <- struct{}{}
		go func() {
			defer wait.Done()
			defer func() { <-slots }()
			asked := strings.Replace(name, "@.", "@i.", 1)
			cmd := exec.Command(program, "security", "--offline=true", "--root="+root, "--json=short", "--no-pager", asked)
			cmd.Env, cmd.Dir = append(os.Environ(), "SYSTEMD_ANALYZE_DEBUG=1"), empty
			var stderr strings.Builder
			cmd.Stderr = &stderr
			out, _ := cmd.Output()
			if len(out) == 0 {
				answers[i].refused = "refused: " + strings.ReplaceAll(strings.TrimSpace(stderr.String()), root, "")
				return
			}
			answers[i].score = total(t, out)
		}()
	}
	wait.Wait()
	return answers
}

// total sums the rows of a table as systemd-analyze does.
func total(t *testing.T, table []byte) score {
	var rows []struct {
		Field   string  `json:"json_field"`
		Weight  float64 `json:"weight"`
		Badness float64 `json:"badness"`
		Range   float64 `json:"range"`
	}
	if err := json.Unmarshal(table, &rows); err != nil {
		t.Error(err)
		return score{}
	}
	s, sum, weights := score{Badness: map[string]int{}}, 0, 0
	for _, r := range rows {
		if r.Badness > 1000 {
			s.Badness[r.Field] = notApplicable
			continue
		}
		s.Badness[r.Field] = int(r.Badness)
		sum += ceil(int(r.Badness)*int(r.Weight), int(r.Range))
		weights += int(r.Weight)
	}
	overall := ceil(sum*100, weights)
	s.Overall, s.Level = tenths(overall), level(overall)
	return s
}
