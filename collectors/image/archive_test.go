package image

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
	"github.com/klauspost/compress/zstd"

	"sallyport/internal/auditable"
	"sallyport/internal/fact"
	"sallyport/internal/fact/facttest"
	"sallyport/internal/imagepack"
)

const privateKey = `-----BEGIN OPENSSH PRIVATE KEY-----
b3BlbnNzaC1rZXktdjEAAAAABG5vbmUAAAAEbm9uZQAAAAAAAAABAAAAMwAAAAtz
-----END OPENSSH PRIVATE KEY-----
`

// pack makes an archive of docker save from names with contents, in pairs.
func pack(t testing.TB, pairs ...string) []byte {
	t.Helper()
	var files []imagepack.File
	for i := 0; i < len(pairs); i += 2 {
		files = append(files, imagepack.File{Name: pairs[i], Data: []byte(pairs[i+1])})
	}
	data, err := imagepack.Archive("ledger:1.4.2", files)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func collect(t testing.TB, files map[string][]byte, path string) ([]fact.Document, error) {
	t.Helper()
	fsys := fstest.MapFS{}
	for name, data := range files {
		fsys[name] = &fstest.MapFile{Data: data}
	}
	docs, err := New(Options{Size: 1 << 30}).Collect(t.Context(), fsys, path)
	for _, d := range docs {
		if err := facttest.Whole(d.Facts); err != nil {
			t.Error(err)
		}
	}
	return docs, err
}

// one is the only image of an archive.
func one(t testing.TB, data []byte) Image {
	t.Helper()
	docs, err := collect(t, map[string][]byte{"a.tar": data}, "a.tar")
	if err != nil || len(docs) != 1 {
		t.Fatalf("%d documents, %v", len(docs), err)
	}
	return docs[0].Facts.(Image)
}

func names(files []File) string {
	var all []string
	for _, f := range files {
		all = append(all, fmt.Sprintf("%s %s", f.Name, f.Mode))
	}
	return strings.Join(all, ", ")
}

func TestLayers(t *testing.T) {
	im := one(t, pack(t,
		"config.json", `{"config": {"User": "app"}}`,
		"1/bin", "", "1/usr/bin/su 4755", "x", "1/usr/bin/gone 4755", "x", "1/usr/bin/tame 4755", "x", "1/opt/a/b 6755", "x", "1/opt/c/d 2755", "x",
		"1/usr/bin/note 4644", "x", "1/srv/ 2777", "", "1/tmp/ 1777", "", "1/dev/null 0666", "", "1/usr/bin/sh -> busybox", "", "1/usr/bin/busybox 0755", "x",
		"1/usr/bin/ping 0755 capability=13", "x", "1/usr/bin/apt 0755", "x", "1/usr/bin/pip 0644", "not to be run",
		"1/etc/os-release -> ../usr/lib/os-release", "", "1/usr/lib/os-release", "ID=debian\nVERSION_ID=\"12\"\nPRETTY_NAME=\"Debian\"\n",
		"1/etc/passwd", "root:x:0:0::/root:/bin/sh\napp:x:10001:10002::/:/bin/false\n", "1/root/key", privateKey,
		"2/usr/bin/.wh.gone", "", "2/usr/bin/tame 0755", "x", "2/opt/a/.wh..wh..opq", "", "2/opt/a/new 4755", "x", "2/opt/.wh.c", "", "2/root/.wh..wh.plnk", "",
		"2/app/.git/", "", "2/app/.git/HEAD", "x", "2/var/lib/apt/lists/lock", "", "2/var/lib/apt/lists/a_InRelease", "xy", "2/etc/shadow", "root:*:1\nfoo::1\n",
		"3/var/lib/apt/.wh.lists", "", "3/root/.wh.key", "", "3/usr/bin/doas 4755", "x",
	))
	f := im.Files
	for _, c := range []struct{ what, got, want string }{
		{"setuid", names(f.Setuid), "/opt/a/new 4755, /usr/bin/doas 4755, /usr/bin/su 4755"},
		{"writable", names(f.Writable), "/srv 2777"},
		{"shells", names(f.Shells), "/usr/bin/busybox 0755, /usr/bin/sh 0777"},
		{"managers", names(f.Managers), "/usr/bin/apt 0755"},
		{"escalators", names(f.Escalators), "/usr/bin/doas 4755"},
		{"capable", fmt.Sprint(f.Capable[0].Capabilities), "[cap_net_raw]"},
		{"repositories", names(f.Repositories), "/app/.git 0755"},
		{"secrets", fmt.Sprint(f.Secrets), "[{/root/key private-key it holds a private key 0 true false}]"},
		{"caches", fmt.Sprint(f.Caches), "[{/var/lib/apt/lists apt 1 2 1 true}]"},
		{"release", fmt.Sprint(f.Release), "{debian 12 Debian}"},
		{"passwordless", fmt.Sprint(f.Accounts.Passwordless), "[foo]"},
		{"user", fmt.Sprint(im.User), "{app app  false 10001 10002 false true }"},
		{"distroless", fmt.Sprint(f.Distroless, f.Known, f.Count), "false true 33"},
	} {
		if c.got != c.want {
			t.Errorf("%s: got %s, want %s", c.what, c.got, c.want)
		}
	}
}

// TestHardLinks deletes the first names of files that have a second one.
func TestHardLinks(t *testing.T) {
	im := one(t, pack(t,
		"config.json", `{"config": {"User": "10001", "Entrypoint": ["/app/run"]}}`,
		"1/build/app 0755", "x", "1/app/run 0755 = build/app", "", "1/build/key.pem", privateKey, "1/srv/key.pem = build/key.pem", "",
		"1/usr/bin/a 4755", "x", "1/opt/a 4755 = usr/bin/a", "",
		"1/x = gone", "",
		"2/.wh.build", "", "2/usr/bin/.wh.a", "",
	))
	for _, c := range []struct{ what, got, want string }{
		{"program", fmt.Sprint(im.Program.Found, im.Program.Executable, im.Program.File), "true true/build/app"},
		{"secrets", fmt.Sprint(im.Files.Secrets), "[{/build/key.pem private-key it holds a private key 0 true false} {/srv/key.pem private-key it holds a private key 0 false false}]"},
		{"setuid", names(im.Files.Setuid), "/opt/a 4755"},
	} {
		if c.got != c.want {
			t.Errorf("%s: got %s, want %s", c.what, c.got, c.want)
		}
	}
}

// TestImpliedRepository looks at .git without an entry of its own, in two layers.
func TestImpliedRepository(t *testing.T) {
	im := one(t, pack(t, "1/app/.git/HEAD", "x", "1/gone/.git/HEAD", "x", "2/app/.git/HEAD", "y", "2/gone/.wh..git", "", "2/note/HEAD", "y"))
	if got := names(im.Files.Repositories); got != "/app/.git 0755" {
		t.Errorf("got %s", got)
	}
}

func TestResolvedUser(t *testing.T) {
	const passwd = "root:x:0:0::/root:/bin/sh\ntoor:x:0:0::/:/bin/sh\napp:x:10001:10002::/:/bin/false\n"
	for value, want := range map[string]string{
		"app": "10001 10002 false true", "toor": "0 0 true true", "0": "0 0 true true", "": "0 0 true true", "5:7": "5 7 false true",
		"10001": "10001 10002 false true", "app:staff": "10001 50 false true", "gone": "-1 -1 false false", "app:gone": "10001 -1 false false",
		"77": "77 0 false true", "root": "0 0 true true", "-3": "-1 -1 false false",
	} {
		config, _ := json.Marshal(map[string]any{"config": map[string]any{"User": value}})
		u := one(t, pack(t, "config.json", string(config), "1/etc/passwd", passwd, "1/etc/group", "root:x:0:\nstaff:x:50:\n")).User
		if got := fmt.Sprint(u.UID, u.GID, u.Root, u.Known); got != want {
			t.Errorf("%q: got %s, want %s (%s)", value, got, want, u.Reason)
		}
	}
	// Without accounts a name cannot be looked up, and without files it is taken at its word.
	if u := one(t, pack(t, "config.json", `{"config": {"User": "app"}}`, "1/a", "")).User; u.Known {
		t.Error("a name is known without accounts")
	}
}

func TestProgram(t *testing.T) {
	config := func(entrypoint string) string {
		return `{"config": {"User": "10001", "WorkingDir": "/srv", "Env": ["PATH=/opt/bin:/bin"], "Entrypoint": ` + entrypoint + `}}`
	}
	for name, c := range map[string]struct {
		entrypoint string
		files      []string
		want       string // known, found, executable, writable, file
	}{
		"absolute":        {`["/app"]`, []string{"1/app 0755", "x"}, "true true true  /app"},
		"in PATH":         {`["app"]`, []string{"1/bin/app 0644", "x", "1/opt/bin/app 0755", "x"}, "true true true  /opt/bin/app"},
		"relative":        {`["./app"]`, []string{"1/srv/app 0755", "x"}, "true true true  /srv/app"},
		"missing":         {`["/app"]`, []string{"1/ap 0755", "x"}, "true false false  "},
		"deleted":         {`["/app"]`, []string{"1/app 0755", "x", "2/.wh.app", ""}, "true false false  "},
		"not executable":  {`["/app"]`, []string{"1/app 0640", "x"}, "true true false  /app"},
		"group":           {`["/app"]`, []string{"1/app 0710 0:10002", "x", "1/etc/passwd", "a:x:10001:10002::/:/\n"}, "true true true  /app"},
		"further group":   {`["/app"]`, []string{"1/app 0770 0:7", "x", "1/etc/passwd", "a:x:10001:10002::/:/\n", "1/etc/group", "g:x:7:b,a\n"}, "true true true mode /app"},
		"owner":           {`["/app"]`, []string{"1/app 0555 10001:0", "x"}, "true true true owner /app"},
		"folder":          {`["/a/app"]`, []string{"1/a/ 0777", "", "1/a/app 0755", "x"}, "true true true folder /a/app"},
		"sticky folder":   {`["/a/app"]`, []string{"1/a/ 1777", "", "1/a/app 0755", "x"}, "true true true  /a/app"},
		"links":           {`["/l"]`, []string{"1/l -> a/../b/m", "", "1/b -> /c", "", "1/c/m -> ../../d", "", "1/d 0755", "x"}, "true true true  /d"},
		"circle":          {`["/l"]`, []string{"1/l -> m", "", "1/m -> l", ""}, "true false false  "},
		"link to itself":  {`["/l/x"]`, []string{"1/l -> l", ""}, "true false false  "},
		"out of the root": {`["/l"]`, []string{"1/l -> ../../../etc/x", "", "1/etc/x 0755", "x"}, "true true true  /etc/x"},
		"a folder":        {`["/l"]`, []string{"1/l/", ""}, "true true false  /l"},
		"init":            {`["/bin/tini", "-g", "--", "app"]`, []string{"1/bin/tini 0755", "x", "1/bin/app 0755", "x"}, "true true true  /bin/app"},
		"none":            {`[]`, []string{"1/a", ""}, "false false false  "},
		"variable":        {`["$APP"]`, []string{"1/a", ""}, "false false false  "},
		"link is replaced": {
			`["/bin/app"]`,
			[]string{"1/bin -> usr/bin", "", "1/usr/bin/app 0755", "x", "2/bin/", "", "2/bin/app 0755 10001:0", "x"},
			"true true true owner /bin/app",
		},
	} {
		p := one(t, pack(t, append([]string{"config.json", config(c.entrypoint)}, c.files...)...)).Program
		if got := fmt.Sprint(p.Known, p.Found, p.Executable) + " " + p.Writable + " " + p.File; got != c.want {
			t.Errorf("%s: got %s, want %s (%s)", name, got, c.want, p.Reason)
		}
	}
}

func TestBinary(t *testing.T) {
	compressed := zlibbed(`{"packages":[{"name":"a","version":"1.0.0","source":"local","root":true,"dependencies":[1]},{"name":"b","version":"2.0.0","source":"crates.io","kind":"build"}]}`)
	data := imagepack.Program(map[string]string{".comment": "GCC\x00rustc version 1.95.0", ".dep-v0": string(compressed), ".interp": "/lib/ld.so\x00"})
	want := Binary{
		Known: true, Rust: true, Stripped: true, Auditable: true, Section: len(compressed), Interpreter: "/lib/ld.so", Crate: "a", Version: "1.0.0",
		Crates: []auditable.Crate{
			{Name: "a", Version: "1.0.0", Source: "local", Kind: "runtime", Root: true, Dependencies: []int{1}},
			{Name: "b", Version: "2.0.0", Source: "crates.io", Kind: "build", Dependencies: []int{}},
		},
	}
	if diff := cmp.Diff(want, inspectBinary(data)); diff != "" {
		t.Error(diff)
	}
	for n := range len(data) {
		inspectBinary(data[:n]) // a part of it is nothing to stumble over
	}
	if b := inspectBinary([]byte("#!/bin/sh\n")); b.Known {
		t.Error("a script is a binary")
	}
}

func TestCompressedArchives(t *testing.T) {
	plain := pack(t, "config.json", `{"config": {"User": "10001", "Entrypoint": ["/a"]}}`, "1/a 0755", "x", "2/b 4755", "x")
	want := one(t, plain)
	var gz, zs bytes.Buffer
	w := gzip.NewWriter(&gz)
	w.Write(plain)
	w.Close()
	z, _ := zstd.NewWriter(&zs)
	z.Write(plain)
	z.Close()
	for name, data := range map[string][]byte{"a.tar.gz": gz.Bytes(), "a.tgz": gz.Bytes(), "a.tar.zst": zs.Bytes()} {
		if !match(name, data[:min(len(data), fact.HeadSize)]) {
			t.Errorf("%s is not recognised", name)
		}
		docs, err := collect(t, map[string][]byte{name: data}, name)
		if err != nil || len(docs) != 1 {
			t.Errorf("%s: %d documents, %v", name, len(docs), err)
			continue
		}
		got := docs[0].Facts.(Image)
		got.Path = want.Path
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
}

// A link in the archive stands for the layer that it leads to, as docker save writes layers that come twice.
func TestLinkedLayer(t *testing.T) {
	layer, _ := imagepack.Layer([]imagepack.File{{Name: "a 4755", Data: []byte("x")}})
	id := imagepack.Digest(layer)
	config := fmt.Sprintf(`{"os":"linux","config":{},"rootfs":{"type":"layers","diff_ids":[%q,%q]}}`, id, id)
	data := archiveOf(t, map[string]string{
		"1/layer.tar": string(layer), "2/layer.tar": "-> ../1/layer.tar", "c.json": config,
		"manifest.json": `[{"Config":"c.json","RepoTags":null,"Layers":["1/layer.tar","2/layer.tar"]}]`,
	})
	if im := one(t, data); len(im.Layers) != 2 || !im.Layers[1].Read || im.Name != "linux/" {
		t.Errorf("%+v", im.Layers)
	}
}

// archiveOf writes members in the order of their names; "-> x" is a link.
func archiveOf(t testing.TB, files map[string]string) []byte {
	t.Helper()
	var out bytes.Buffer
	w := tar.NewWriter(&out)
	for _, name := range sortedKeys(files) {
		h := &tar.Header{Name: name, Mode: 0o644, Size: int64(len(files[name])), Typeflag: tar.TypeReg}
		target, link := strings.CutPrefix(files[name], "-> ")
		if link {
			h.Typeflag, h.Linkname, h.Size = tar.TypeSymlink, target, 0
		}
		if err := w.WriteHeader(h); err != nil {
			t.Fatal(err)
		}
		if !link {
			io.WriteString(w, files[name])
		}
	}
	w.Close()
	return out.Bytes()
}
