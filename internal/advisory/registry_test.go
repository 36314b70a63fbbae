package advisory

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"
)

func TestYanked(t *testing.T) {
	const (
		first  = `{"name":"serde","vers":"1.0.0","deps":[],"cksum":"00","features":{},"yanked":false}`
		second = `{"name":"serde","vers":"1.0.1+a","deps":[],"cksum":"00","features":{},"yanked":true}`
	)
	checkout, cache := t.TempDir(), t.TempDir()
	for file, text := range map[string]string{
		filepath.Join(checkout, "config.json"):          `{"dl": "https://static.crates.io/crates"}`,
		filepath.Join(checkout, "se", "rd", "serde"):    first + "\n" + second + "\n",
		filepath.Join(checkout, "3", "l", "log"):        `{"name":"log","vers":"0.4.0","yanked":true}`,
		filepath.Join(cache, ".cache", "se/rd/serde"):   "\x03\x02\x00\x00\x00etag: x\x001.0.0\x00" + first + "\x001.0.1+a\x00" + second + "\x00",
		filepath.Join(cache, ".cache", "3", "l", "log"): "\x03\x02\x00\x00\x00etag: x\x000.4.0\x00" + `{"name":"log","vers":"0.4.0","yanked":true}` + "\x00",
	} {
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	for name, dir := range map[string]string{"checkout": checkout, "cache": cache} {
		r, err := OpenRegistry(dir)
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range []struct {
			name, version string
			yanked, known bool
		}{
			{"serde", "1.0.0", false, true},
			{"Serde", "1.0.1+a", true, true},
			{"serde", "1.0.1", true, true},
			{"serde", "1.0", false, false},
			{"serde", "2.0.0", false, false},
			{"log", "0.4.0", true, true},
			{"nothing", "1.0.0", false, false},
			{"../../../etc/passwd", "1", false, false},
			{"", "1", false, false},
		} {
			if yanked, known, err := r.Yanked(c.name, c.version); yanked != c.yanked || known != c.known || err != nil {
				t.Errorf("%s: %s %s: %v %v %v", name, c.name, c.version, yanked, known, err)
			}
		}
	}
	var lines string
	for version, yanked := range map[string]bool{"1.0.0": true, "1.0.1-rc.1": false, "1.0.1": true, "1.1.0": false, "1.2.0": false, "2.0.0-rc.1": true, "2.0.0-rc.2": false, "odd": false} {
		lines += fmt.Sprintf(`{"name":"rand","vers":%q,"yanked":%v}`+"\n", version, yanked)
	}
	r, err := ReadRegistry(fstest.MapFS{"config.json": {}, "ra/nd/rand": {Data: []byte(lines)}})
	if err != nil {
		t.Fatal(err)
	}
	for version, want := range map[string]string{
		"1.0.0": "1.1.0 1.2.0", "1.0.1-beta": "1.0.1-rc.1 1.1.0 1.2.0", "1.2.0": "", "2.0.0-rc.1": "2.0.0-rc.2", "none": "",
	} {
		if got, err := r.Above("rand", version); strings.Join(got, " ") != want || err != nil {
			t.Errorf("above %s come %q, want %q: %v", version, got, want, err)
		}
	}
	if _, err := OpenRegistry(t.TempDir()); err == nil {
		t.Error("an empty folder is an index")
	}
}
