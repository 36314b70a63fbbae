package image

import (
	"archive/tar"
	"bytes"
	"compress/zlib"
	"debug/elf"
	"encoding/json"
	"io"
	"path"
	"strings"
)

// maxBinary bounds a program that is looked into; it is held in memory for that.
const maxBinary = 64 << 20

// readProgram looks into the program that the container starts, which is a file of a layer that is read again.
func readProgram(r io.Reader, name string) (Binary, int, error) {
	plain, _, err := unpack(r)
	if err != nil {
		return Binary{}, 0, err
	}
	t := tar.NewReader(plain)
	for {
		h, err := t.Next()
		if err == io.EOF {
			return Binary{}, 0, nil // a name that facts cannot hold
		}
		if err != nil {
			return Binary{}, 0, err
		}
		if path.Clean("/" + h.Name)[1:] != name || kindOf(h.Typeflag) != fileEntry {
			continue
		}
		if h.Size > maxBinary {
			return Binary{}, int(h.Size), nil
		}
		data, err := io.ReadAll(io.LimitReader(t, maxBinary))
		if err != nil {
			return Binary{}, 0, err
		}
		return inspectBinary(data), int(h.Size), nil
	}
}

// inspectBinary reads the sections of an ELF file; anything else is not known.
func inspectBinary(data []byte) (b Binary) {
	defer func() {
		if recover() != nil { // debug/elf is not made for hostile files
			b = Binary{}
		}
	}()
	f, err := elf.NewFile(bytes.NewReader(data))
	if err != nil {
		return Binary{}
	}
	b = Binary{Known: true, Static: true, Stripped: true}
	for _, p := range f.Progs {
		if p.Type == elf.PT_INTERP && p.Filesz < maxName {
			b.Static = false
			text, _ := io.ReadAll(io.LimitReader(p.Open(), maxName))
			b.Interpreter = strings.ToValidUTF8(strings.TrimRight(string(text), "\x00"), "�")
		}
	}
	for _, s := range f.Sections {
		switch s.Name {
		case ".symtab":
			b.Stripped = false
		case ".comment":
			text, _ := io.ReadAll(io.LimitReader(s.Open(), 64<<10))
			b.Rust = b.Rust || bytes.Contains(text, []byte("rustc version"))
		case ".dep-v0":
			b.Auditable, b.Section = true, int(s.FileSize)
			b.Crates = crates(s.Open())
		}
	}
	return b
}

// maxCrates bounds the unpacked list of crates.
const maxCrates = 16 << 20

// crates counts the packages that cargo-auditable wrote: JSON, compressed with zlib
// (https://github.com/rust-secure-code/cargo-auditable/blob/master/PARSING.md).
func crates(r io.Reader) int {
	z, err := zlib.NewReader(r)
	if err != nil {
		return 0
	}
	var list struct {
		Packages []struct{} `json:"packages"`
	}
	text, err := io.ReadAll(io.LimitReader(z, maxCrates))
	if err != nil || json.Unmarshal(text, &list) != nil {
		return 0
	}
	return len(list.Packages)
}
