package auditable

import (
	"bytes"
	"compress/zlib"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"sallyport/internal/imagepack"
)

func packed(text string) []byte {
	var b bytes.Buffer
	w := zlib.NewWriter(&b)
	w.Write([]byte(text))
	w.Close()
	return b.Bytes()
}

const list1 = `{"packages":[
	{"name":"hyper","version":"0.14.9","source":"crates.io","dependencies":[2]},
	{"name":"ledger","version":"1.4.2","source":"local","root":true,"dependencies":[0,1]},
	{"name":"cc","version":"1.0.0","source":"git","kind":"build"}],"later":true}`

func TestDecode(t *testing.T) {
	got, err := Decode(bytes.NewReader(packed(list1)))
	if err != nil {
		t.Fatal(err)
	}
	want := []Crate{
		{"hyper", "0.14.9", "crates.io", "runtime", false, []int{2}},
		{"ledger", "1.4.2", "local", "runtime", true, []int{0, 1}},
		{"cc", "1.0.0", "git", "build", false, []int{}},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([][]string{{"ledger", "hyper"}, {"ledger"}, {"ledger", "hyper", "cc"}}, Paths(got)); diff != "" {
		t.Error(diff)
	}
	for name, c := range map[string]struct{ text, want string }{
		"not json":   {"no", "not as cargo-auditable writes it"},
		"no list":    {"{}", "has no packages"},
		"no version": {`{"packages":[{"name":"a"}]}`, "crate 1 of the list has no name or no version"},
		"kind":       {`{"packages":[{"name":"a","version":"1","kind":"dev"}]}`, `of the kind "dev"`},
		"edge":       {`{"packages":[{"name":"a","version":"1","dependencies":[1]}]}`, "depends on crate 2 of 1"},
		"below":      {`{"packages":[{"name":"a","version":"1","dependencies":[-1]}]}`, "depends on crate 0 of 1"},
		"latin":      {"{\"packages\":[{\"name\":\"\xff\"}]}", "not UTF-8"},
		"bomb":       {strings.Repeat(" ", maxText+2), "more than 32 MiB"},
	} {
		if _, err := Decode(bytes.NewReader(packed(c.text))); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v, want %q", name, err, c.want)
		}
	}
	whole := packed(list1)
	for n := range whole {
		if _, err := Decode(bytes.NewReader(whole[:n])); err == nil {
			t.Errorf("the first %d bytes are a list", n)
		}
	}
}

// TestLongWay holds that a way of any length is shown in bounds, and that a circle ends.
func TestLongWay(t *testing.T) {
	crates := make([]Crate, 1000)
	for i := range crates {
		crates[i] = Crate{Name: fmt.Sprint("c", i), Root: i == 0, Dependencies: []int{(i + 1) % 1000}}
	}
	if way := Paths(crates)[999]; len(way) != 12 || way[0] != "c0" || way[1] != "..." || way[11] != "c999" {
		t.Error(way)
	}
}

// windowsProgram is a program of Windows with one section.
func windowsProgram(section []byte) []byte {
	b := make([]byte, 0x100)
	copy(b, "MZ")
	b[0x3c] = 0x40
	copy(b[0x40:], "PE\x00\x00")
	binary.LittleEndian.PutUint16(b[0x44:], 0x8664)
	binary.LittleEndian.PutUint16(b[0x46:], 1) // sections
	s := b[0x58:]
	copy(s, Section)
	binary.LittleEndian.PutUint32(s[8:], uint32(len(section)))
	binary.LittleEndian.PutUint32(s[16:], uint32(len(section)))
	binary.LittleEndian.PutUint32(s[20:], uint32(len(b)))
	return append(b, section...)
}

// appleProgram is a 64-bit program of macOS with one section.
func appleProgram(section []byte) []byte {
	var b bytes.Buffer
	u32 := func(v ...uint32) { binary.Write(&b, binary.LittleEndian, v) }
	name := func(s string) { b.Write(append([]byte(s), make([]byte, 16-len(s))...)) }
	u32(0xfeedfacf, 0x01000007, 3, 2, 1, 72+80, 0, 0)
	u32(0x19, 72+80)
	name("__DATA")
	binary.Write(&b, binary.LittleEndian, []uint64{0, 0, 0, uint64(len(section))})
	u32(3, 3, 1, 0)
	name(Section)
	name("__DATA")
	binary.Write(&b, binary.LittleEndian, []uint64{0, uint64(len(section))})
	u32(32+72+80, 0, 0, 0, 0, 0, 0, 0)
	b.Write(section)
	return b.Bytes()
}

// universalProgram is a file of macOS with programs for several processors.
func universalProgram(programs ...[]byte) []byte {
	b := binary.BigEndian.AppendUint32([]byte{0xca, 0xfe, 0xba, 0xbe}, uint32(len(programs)))
	for i, p := range programs {
		for _, v := range []uint32{0x01000007, uint32(3 + i), uint32(4096 * (i + 1)), uint32(len(p)), 12} {
			b = binary.BigEndian.AppendUint32(b, v)
		}
	}
	for i, p := range programs {
		b = append(append(b, make([]byte, 4096*(i+1)-len(b))...), p...)
	}
	return b
}

// webProgram is a module of WebAssembly with one section that has a name, and webComponent holds modules.
func webProgram(section []byte) []byte {
	custom := append([]byte("\x07"+Section), section...)
	b := append(bytes.Clone(wasmModule), 0, 3, 1, 'x', 0)
	return append(binary.AppendUvarint(append(b, customSection), uint64(len(custom))), custom...)
}

func webComponent(modules ...[]byte) []byte {
	b := bytes.Clone(wasmComponent)
	for _, m := range modules {
		b = append(binary.AppendUvarint(append(b, moduleSection), uint64(len(m))), m...)
	}
	return b
}

// TestSeveral holds that the lists of one file are put together.
func TestSeveral(t *testing.T) {
	const list2 = `{"packages":[
		{"name":"ledger","version":"1.4.2","source":"local","root":true,"dependencies":[1,2]},
		{"name":"hyper","version":"0.14.9","source":"crates.io"},{"name":"objc","version":"0.2.7","source":"crates.io","dependencies":[1]}]}`
	for name, data := range map[string][]byte{
		"macho": universalProgram(appleProgram(packed(list1)), appleProgram(packed(list2))),
		"wasm":  webComponent(webProgram(nil)[:8], webProgram(packed(list1)), webComponent(), webComponent(webProgram(packed(list2)))),
	} {
		p, ok := Read(bytes.NewReader(data), int64(len(data)))
		want := []Crate{
			{"hyper", "0.14.9", "crates.io", "runtime", false, []int{2}},
			{"ledger", "1.4.2", "local", "runtime", true, []int{0, 1, 3}},
			{"cc", "1.0.0", "git", "build", false, []int{}},
			{"objc", "0.2.7", "crates.io", "runtime", false, []int{0}},
		}
		if diff := cmp.Diff(want, p.Crates); !ok || p.Format != name || !Executable(data[:64]) || diff != "" {
			t.Errorf("%s: %v %s\n%s", name, ok, p.Format, diff)
		}
	}
	many := webComponent(slices.Repeat([][]byte{webProgram(packed(list1))}, maxLists+1)...)
	if p, ok := Read(bytes.NewReader(many), int64(len(many))); !ok || !strings.Contains(p.Problem, "more than 64 lists") {
		t.Errorf("%v %+v", ok, p)
	}
	broken := universalProgram(appleProgram(packed(list1)), appleProgram([]byte("x")))
	if p, ok := Read(bytes.NewReader(broken), int64(len(broken))); !ok || !p.Auditable || !strings.Contains(p.Problem, "zlib") {
		t.Errorf("%v %+v", ok, p)
	}
	if class := append([]byte("\xca\xfe\xba\xbe\x00\x00\x00\x41"), make([]byte, 64)...); Executable(class) {
		t.Error("a class of Java is a program")
	}
}

func TestRead(t *testing.T) {
	section := packed(list1)
	for format, data := range map[string][]byte{
		"elf": imagepack.Auditable(list1), "pe": windowsProgram(section), "macho": appleProgram(section), "wasm": webProgram(section),
	} {
		if !Executable(data[:min(len(data), 4096)]) {
			t.Errorf("%s is no program", format)
		}
		p, ok := Read(bytes.NewReader(data), int64(len(data)))
		if !ok || p.Format != format || p.Machine != "amd64" && format != "wasm" || !p.Auditable || len(p.Crates) != 3 || p.Problem != "" {
			t.Errorf("%s: %v %+v", format, ok, p)
		}
		for n := range len(data) {
			Read(bytes.NewReader(data[:n]), int64(n)) // a part of it is nothing to stumble over
		}
	}
	for _, text := range []string{"", "#!/bin/sh\nexit 0\n# and some more\n", "MZ", "\x7fELF"} {
		if Executable([]byte(text)) {
			t.Errorf("%q is a program", text)
		}
	}
}

// TestObjcopy reads a section that objcopy put into a program of a compiler, where both are installed.
func TestObjcopy(t *testing.T) {
	dir := t.TempDir()
	file := func(name, text string) string {
		full := filepath.Join(dir, name)
		if err := os.WriteFile(full, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
		return full
	}
	program := filepath.Join(dir, "app")
	for _, c := range [][]string{
		{"gcc", "-o", program, file("a.c", "int main(void) { return 0; }")},
		{"objcopy", "--add-section", Section + "=" + file("list", string(packed(list1))), program},
	} {
		if out, err := exec.Command(c[0], c[1:]...).CombinedOutput(); err != nil {
			t.Skipf("%s: %v %s", c[0], err, out)
		}
	}
	data, err := os.ReadFile(program)
	if err != nil {
		t.Fatal(err)
	}
	p, ok := Read(bytes.NewReader(data), int64(len(data)))
	if !ok || len(p.Crates) != 3 || p.Static || p.Interpreter == "" || p.Stripped || p.Rust {
		t.Errorf("%v %+v", ok, p)
	}
}

func FuzzRead(f *testing.F) {
	f.Add(imagepack.Auditable(list1))
	f.Add(windowsProgram(packed(list1)))
	f.Add(appleProgram(packed(list1)))
	f.Add(universalProgram(appleProgram(packed(list1)), appleProgram(nil)))
	f.Add(webComponent(webProgram(packed(list1)), webProgram(nil)))
	f.Add(imagepack.Program(map[string]string{Section: "x"}))
	f.Fuzz(func(t *testing.T, data []byte) {
		p, ok := Read(bytes.NewReader(data), int64(len(data)))
		if ok && p.Auditable && p.Problem == "" && p.Crates == nil {
			t.Error("neither crates nor a problem")
		}
		if _, err := json.Marshal(p); err != nil {
			t.Error(err)
		}
		Paths(p.Crates)
	})
}
