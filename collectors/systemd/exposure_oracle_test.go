package systemd

import (
	"context"
	"encoding/json"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"sallyport/internal/fact/facttest"
)

// loadRoot collects all units of a root by name, with the errors of each.
func loadRoot(t *testing.T, root fs.FS) (map[string]Unit, map[string]error) {
	t.Helper()
	c := New(Options{Root: true})
	units, errs := map[string]Unit{}, map[string]error{}
	err := fs.WalkDir(root, ".", func(file string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !d.Type().IsRegular() && d.Type() != fs.ModeSymlink {
			return err
		}
		docs, err := c.Collect(context.Background(), root, file)
		for _, doc := range docs {
			u := doc.Facts.(Unit)
			if err := facttest.Whole(u); err != nil {
				t.Errorf("%s: %v", file, err)
			}
			units[u.Name], errs[u.Name] = u, err
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return units, errs
}

// TestExposure holds every badness value and every score against those of systemd-analyze 252.
func TestExposure(t *testing.T) {
	dir := facttest.Oracle(t, "systemd")
	for _, set := range []struct {
		root, golden, table string
		units               int
	}{{"root", "real.golden.jsonl", "real.table.tsv", 292}, {"edge-root", "edge.golden.jsonl", "edge.table.tsv", 437}, {"edge-root2", "edge2.golden.jsonl", "", 2}} {
		units, errs := loadRoot(t, os.DirFS(filepath.Join(dir, set.root)))
		scores := goldenScores(t, filepath.Join(dir, set.golden))
		if len(scores) != set.units {
			t.Errorf("%s: %d units, want %d", set.golden, len(scores), set.units)
		}
		for name, want := range scores {
			u, ok := units[name]
			if !ok {
				if !dangling(filepath.Join(dir, set.root, "usr/lib/systemd/system", name)) {
					t.Errorf("%s: not loaded", name)
				}
				continue
			}
			got := score{u.Exposure.Overall, u.Exposure.Level, u.Exposure.Badness}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("%s: (-systemd +got)\n%s", name, diff)
			}
			if err := errs[name]; err != nil && !tolerated(err) {
				t.Errorf("%s: %v, and systemd loads it", name, err)
			}
		}
		for name, why := range refused(t, filepath.Join(dir, set.table)) {
			if u, ok := units[name]; ok && errs[name] == nil && !u.Masked {
				t.Errorf("%s: no error, and systemd says %s", name, why)
			}
		}
	}
}

// dangling tells whether a unit is a link to one that the archive does not hold.
func dangling(file string) bool {
	_, isLink := os.Readlink(file)
	_, err := os.Stat(file)
	return isLink == nil && err != nil
}

type score struct {
	Overall float64
	Level   string
	Badness map[string]int
}

func goldenScores(t *testing.T, file string) map[string]score {
	t.Helper()
	text, err := os.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	defer text.Close()
	all := map[string]score{}
	for lines := json.NewDecoder(text); lines.More(); {
		var row struct {
			Unit      string          `json:"unit"`
			Exposure  float64         `json:"exposure"`
			Predicate string          `json:"predicate"`
			Badness   map[string]*int `json:"badness"`
		}
		if err := lines.Decode(&row); err != nil {
			t.Fatal(err)
		}
		s := score{row.Exposure, row.Predicate, map[string]int{}}
		for field, b := range row.Badness {
			s.Badness[field] = notApplicable
			if b != nil {
				s.Badness[field] = *b
			}
		}
		all[row.Unit] = s
	}
	return all
}

// TestNewest holds the values that versions after 252 take against the items that they decide.
func TestNewest(t *testing.T) {
	for line, item := range map[string]string{
		"PrivateTmp=disconnected": "PrivateTmp", "PrivateUsers=identity": "PrivateUsers", "PrivateUsers=full": "PrivateUsers",
		"ProtectControlGroups=strict": "ProtectControlGroups", "ProtectHostname=private": "ProtectHostname", "ProtectHostname=yes:app": "ProtectHostname",
	} {
		f, _ := collectText(t, "[Service]\nExecStart=/bin/app\n"+line+"\n")
		x := f.Exposure
		if x.Newest >= x.Overall && item != "ProtectHostname" || x.Badness[item] != 1 || x.Excused[item] == "" || len(f.Ignored) > 0 {
			t.Errorf("%s: %v and %v, %s is %d, %q, ignored %v", line, x.Overall, x.Newest, item, x.Badness[item], x.Excused[item], f.Ignored)
		}
	}
	f, _ := collectText(t, "[Service]\nExecStart=/bin/app\nPrivateTmp=disconnect\n")
	if x := f.Exposure; x.Newest != x.Overall || x.Open["PrivateTmp"].Because == "" {
		t.Errorf("%v and %v", x.Newest, x.Overall)
	}
}

// TestInstances has the drop-ins of an instance change the instance alone, with and without a root.
func TestInstances(t *testing.T) {
	files := fstest.MapFS{
		"usr/lib/systemd/system/w@.service":            {Data: []byte("[Service]\nExecStart=/bin/w %i\nUser=w-%i\n")},
		"usr/lib/systemd/system/w@.service.d/all.conf": {Data: []byte("[Service]\nPrivateMounts=yes\n")},
		"usr/lib/systemd/system/w@1.service.d/a.conf":  {Data: []byte("[Service]\nPrivateTmp=yes\n")},
		"usr/lib/systemd/system/w@1.service.d/b.conf":  {Data: []byte("[Service]\nPrivateTmp=yes\n")},
		"etc/systemd/system/w@2.service":               {Data: []byte("/usr/lib/systemd/system/w@.service"), Mode: fs.ModeSymlink},
	}
	want := map[string]int{"w@.service": 1, "w@1.service": 0, "w@2.service": 1}
	units, _ := loadRoot(t, files)
	for name, tmp := range want {
		if x := units[name].Exposure.Badness; x["PrivateTmp"] != tmp || x["PrivateMounts"] != 0 {
			t.Errorf("%s: PrivateTmp is %v, PrivateMounts %v", name, x["PrivateTmp"], x["PrivateMounts"])
		}
	}
	if units["w@2.service"].AliasOf != "w@.service" || units["w@1.service"].AliasOf != "" || len(units) != 3 {
		t.Errorf("%d units", len(units))
	}
	repo, err := fs.Sub(files, "usr/lib/systemd/system")
	if err != nil {
		t.Fatal(err)
	}
	for file, name := range map[string]string{"w@.service": "w@.service", "w@1.service.d/a.conf": "w@1.service", "w@1.service.d/b.conf": "", "w@.service.d/all.conf": ""} {
		docs, err := collect(context.Background(), repo, file)
		if err != nil || len(docs) == 0 && name != "" || len(docs) > 0 && docs[0].Facts.(Unit).Name != name {
			t.Errorf("%s: %d documents, %v", file, len(docs), err)
		}
		if len(docs) > 0 && docs[0].Facts.(Unit).Exposure.Badness["PrivateTmp"] != want[name] {
			t.Errorf("%s: PrivateTmp %v", file, docs[0].Facts.(Unit).Exposure.Badness["PrivateTmp"])
		}
	}
}

// TestMasked tells of a unit that a link switches off, and says nothing else of it.
func TestMasked(t *testing.T) {
	units, errs := loadRoot(t, fstest.MapFS{
		"usr/lib/systemd/system/a.service":          {Data: []byte("[Service]\nExecStart=\nPrivateTmpp=yes\n")},
		"usr/lib/systemd/system/a.service.d/x.conf": {Data: []byte("[Service]\nUser=root\n")},
		"lib/systemd/system/a.service":              {Data: []byte("[Service]\n")},
		"etc/systemd/system/a.service":              {Data: []byte("/dev/null"), Mode: fs.ModeSymlink},
	})
	if u := units["a.service"]; !u.Masked || u.Service || len(u.Unknown)+len(u.DropIns) > 0 || u.Exposure.Overall >= 0 || errs["a.service"] != nil || len(units) != 1 {
		t.Errorf("%v, %v", units, errs)
	}
}

// TestLinked has links bring in units from outside of the load path, each once.
func TestLinked(t *testing.T) {
	link := func(target string) *fstest.MapFile {
		return &fstest.MapFile{Data: []byte(target), Mode: fs.ModeSymlink}
	}
	unit := &fstest.MapFile{Data: []byte("[Service]\nExecStart=/bin/a %i\n")}
	root := fstest.MapFS{
		"opt/app/app.service": unit, "opt/app/other.service": unit, "opt/app/unlinked.service": unit, "a/t@.service": unit, "srv/unit.txt": unit,
		"etc/systemd/system/app.service": link("/opt/app/app.service"), "etc/systemd/system/renamed.service": link("../../../opt/app/other.service"),
		"etc/systemd/system/t@1.service": link("/a/t@.service"), "etc/systemd/system/ali.service": link("app.service"),
		"etc/systemd/system/text.service":         link("/srv/unit.txt"),
		"etc/systemd/system/app.service.d/x.conf": {Data: []byte("[Service]\nPrivateTmp=yes\n")},
	}
	c := New(Options{Root: true})
	got := map[string][]int{}
	for file := range root {
		// What a walk hands over: links by their own names, unless their targets came first.
		if target := root[file]; target.Mode == fs.ModeSymlink && strings.Contains(string(target.Data), "/a/") {
			continue
		}
		if !c.Match(file, root[file].Data) {
			continue
		}
		docs, err := c.Collect(context.Background(), root, file)
		if err != nil {
			t.Error(err)
		}
		for _, doc := range docs {
			u := doc.Facts.(Unit)
			got[u.Name+" "+u.AliasOf] = append(got[u.Name+" "+u.AliasOf], u.Exposure.Badness["PrivateTmp"])
		}
	}
	want := map[string][]int{"app.service ": {0}, "ali.service app.service": {0}, "renamed.service ": {1}, "t@1.service ": {1}, "text.service ": {1}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}
