package iptables_test

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"sallyport/internal/firewall"
	"sallyport/internal/firewall/iptables"
	"sallyport/internal/firewall/kerneltest"
	"sallyport/internal/firewall/reach"
	"sallyport/internal/firewall/ufw"
)

// cases is the folder of rulesets with the kernel's answers.
func cases(t *testing.T) string {
	if dir := os.Getenv("SALLYPORT_FIREWALL_CASES"); dir != "" {
		return dir // made up, and answered by the oracle program's -write
	}
	const dir = "../../../../shared/oracles/firewall/cases"
	if _, err := os.Stat(dir); err != nil {
		if os.Getenv("CI") == "true" {
			t.Fatal("the oracles are not there: ", err)
		}
		t.Skip("the oracles are not there: ", err)
	}
	return dir
}

// compare asks about every flow of a case and reports where the kernel says something else. It returns how many answers
// were compared, and how many ports were unknown.
func compare(t *testing.T, name string, set *firewall.Ruleset, c *kerneltest.Case) (verdicts, unknown int) {
	t.Helper()
	m, err := reach.New(set, kerneltest.Local()...)
	if err != nil {
		t.Fatal(name, err)
	}
	for _, q := range c.Questions() {
		a := m.Ask(q.Flow)
		verdicts += kerneltest.Count(q.Asked)
		got, doubt, want := kerneltest.Show(kerneltest.Both(a.Accepted, q.Asked)), kerneltest.Show(kerneltest.Both(a.Unknown, q.Asked)), kerneltest.Show(q.Open)
		if doubt != "" {
			unknown++
		}
		if doubt == "5351" && len(a.Why) == 1 && a.Why[0].Why == "the packet's hop limit" {
			doubt = "" // the kernel was asked with a hop limit of 64
		}
		if got != want && (q.Protocol == "tcp" || q.Protocol == "udp") {
			got = kerneltest.Show(fromOracle(m, q, a))
		}
		if got != want || doubt != "" {
			t.Errorf("%s %s: got %s, unknown %s %v; the kernel says %s", name, q.Name, got, doubt, a.Why, want)
		}
	}
	return verdicts, unknown
}

// fromOracle are the ports that are reached from the one source port that the oracle program uses for each.
func fromOracle(m *reach.Model, q kerneltest.Question, a reach.Answer) firewall.Set {
	var ranges []firewall.Range
	for _, r := range kerneltest.Both(a.Accepted, q.Asked) {
		for n := r.First.Lo; n <= r.Last.Lo; n++ {
			q.Flow.SourcePorts = firewall.Values(32768 + n%28232)
			if m.Ask(q.Flow).Accepted.Has(firewall.Number(n)) {
				ranges = append(ranges, firewall.One(firewall.Number(n)))
			}
		}
	}
	return firewall.NewSet(ranges...)
}

func readCase(t *testing.T, dir string, names map[int]string, ipset string) *firewall.Ruleset {
	t.Helper()
	fsys := os.DirFS(dir)
	var sets *iptables.Sets
	if _, err := os.Stat(filepath.Join(dir, ipset)); err == nil {
		var mistakes any
		sets, mistakes, err = iptables.ReadSets(fsys, ipset)
		if err != nil {
			t.Fatal(err, mistakes)
		}
	}
	var all []*firewall.Ruleset
	for _, family := range []int{4, 6} {
		if _, err := os.Stat(filepath.Join(dir, names[family])); err != nil {
			continue
		}
		set, err := iptables.Read(fsys, names[family], family, sets)
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range set.Mistakes {
			t.Error(e)
		}
		all = append(all, set)
	}
	return firewall.Merge(all...)
}

// asScript makes a script of commands out of save files; "" where a set would have to be known.
func asScript(t *testing.T, dir string, names map[int]string) string {
	t.Helper()
	var b strings.Builder
	for family, program := range map[int]string{4: "iptables", 6: "ip6tables"} {
		data, err := os.ReadFile(filepath.Join(dir, names[family]))
		if err != nil {
			continue
		}
		table := ""
		for line := range strings.Lines(string(data)) {
			line = strings.TrimSpace(line)
			f := strings.Fields(line)
			if len(f) > 0 && strings.HasPrefix(line, "[") {
				_, line, _ = strings.Cut(line, "] ")
			}
			switch {
			case strings.Contains(line, "match-set"):
				return ""
			case len(f) == 0 || strings.HasPrefix(line, "#") || line == "COMMIT":
			case strings.HasPrefix(line, "*"):
				table = line[1:]
			case strings.HasPrefix(line, ":") && f[1] == "-":
				fmt.Fprintf(&b, "%s -t %s -N %s\n", program, table, f[0][1:])
			case strings.HasPrefix(line, ":"):
				fmt.Fprintf(&b, "%s -t %s -P %s %s\n", program, table, f[0][1:], f[1])
			default:
				fmt.Fprintf(&b, "%s -w -t %s %s\n", program, table, strings.ReplaceAll(line, " ! ", " \\! "))
			}
		}
	}
	return b.String()
}

// TestKernelUFW compares ufw's folders, and what its status says, with what the kernel let through.
func TestKernelUFW(t *testing.T) {
	dir := cases(t)
	fsys := os.DirFS(dir)
	folders, _ := filepath.Glob(filepath.Join(dir, "*.ufw"))
	for _, folder := range folders {
		name := strings.TrimSuffix(filepath.Base(folder), ".ufw")
		e := kerneltest.Load(t, filepath.Join(dir, name+".expect.json"))
		set, err := ufw.Read(fsys, name+".ufw")
		if err != nil {
			t.Fatal(err)
		}
		compare(t, name+".ufw", set, e)
		if strings.HasPrefix(name, "u13") || strings.HasPrefix(name, "u18") || strings.HasPrefix(name, "u19") {
			continue // edited by hand: ufw knows nothing of it
		}
		for form, read := range map[string]func(fs.FS, string) (*firewall.Ruleset, error){name + ".status.txt": ufw.ReadStatus, name + ".ufw": ufw.Believed} {
			set, err := read(fsys, form)
			if err != nil {
				t.Fatal(err)
			}
			compare(t, form, set, e)
		}
	}
}

// TestKernel compares with what the kernel let through, for rulesets as written and as saved.
func TestKernel(t *testing.T) {
	dir := cases(t)
	files, _ := filepath.Glob(filepath.Join(dir, "*.expect.json"))
	verdicts, unknown, rulesets := 0, 0, 0
	for _, file := range files {
		name := strings.TrimSuffix(filepath.Base(file), ".expect.json")
		if strings.HasPrefix(name, "n75") {
			continue // its save file is not the whole ruleset
		}
		for _, form := range []map[int]string{
			{4: name + ".iptables", 6: name + ".ip6tables"},
			{4: name + ".saved.iptables.txt", 6: name + ".saved.ip6tables.txt"},
		} {
			if _, err := os.Stat(filepath.Join(dir, form[4])); err != nil {
				if _, err := os.Stat(filepath.Join(dir, form[6])); err != nil {
					continue
				}
			}
			if text := asScript(t, dir, form); text != "" {
				set, err := iptables.ReadScript(fstest.MapFS{"fw.sh": {Data: []byte(text)}}, "fw.sh")
				if err != nil {
					t.Fatal(err)
				}
				for _, m := range set.Mistakes {
					t.Error(name, m)
				}
				compare(t, form[4]+" as a script", set, kerneltest.Load(t, file))
			}
			v, u := compare(t, form[4], readCase(t, dir, form, name+".ipset"), kerneltest.Load(t, file))
			verdicts, unknown, rulesets = verdicts+v, unknown+u, rulesets+1
		}
	}
	t.Logf("%d rulesets, %d answers, %d of them in doubt", rulesets, verdicts, unknown)
}
