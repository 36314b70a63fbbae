package imagepack

import (
	"bytes"
	"compress/zlib"
	"debug/elf"
	"encoding/binary"
	"maps"
	"slices"
)

// Program returns an ELF file with the sections, and nothing that runs. A section named .interp is the
// interpreter's program header, too.
func Program(sections map[string]string) []byte {
	names := append(slices.Sorted(maps.Keys(sections)), ".shstrtab")
	table := []byte{0}
	at := map[string]uint32{}
	for _, name := range names {
		at[name] = uint32(len(table))
		table = append(append(table, name...), 0)
	}
	var body bytes.Buffer
	headers := []elf.Section64{{}}
	var programs []elf.Prog64
	const start = 64 + 56 // the header, and room for one program header
	for _, name := range names {
		data := []byte(sections[name])
		kind := elf.SHT_PROGBITS
		if name == ".shstrtab" {
			data, kind = table, elf.SHT_STRTAB
		}
		offset := start + uint64(body.Len())
		headers = append(headers, elf.Section64{Name: at[name], Type: uint32(kind), Off: offset, Size: uint64(len(data)), Addralign: 1})
		if name == ".interp" {
			programs = append(programs, elf.Prog64{Type: uint32(elf.PT_INTERP), Off: offset, Filesz: uint64(len(data))})
		}
		body.Write(data)
	}
	h := elf.Header64{
		Type: uint16(elf.ET_EXEC), Machine: uint16(elf.EM_X86_64), Version: 1, Ehsize: 64, Phoff: 64, Phentsize: 56,
		Phnum: uint16(len(programs)), Shoff: start + uint64(body.Len()), Shentsize: 64, Shnum: uint16(len(headers)), Shstrndx: uint16(len(headers) - 1),
	}
	copy(h.Ident[:], elf.ELFMAG)
	h.Ident[elf.EI_CLASS], h.Ident[elf.EI_DATA], h.Ident[elf.EI_VERSION] = byte(elf.ELFCLASS64), byte(elf.ELFDATA2LSB), 1
	var out bytes.Buffer
	_ = binary.Write(&out, binary.LittleEndian, h)
	_ = binary.Write(&out, binary.LittleEndian, programs)
	out.Write(make([]byte, start-out.Len()))
	out.Write(body.Bytes())
	_ = binary.Write(&out, binary.LittleEndian, headers)
	return out.Bytes()
}

// Auditable returns a program with a list of crates, as cargo auditable writes it: the JSON, compressed.
func Auditable(list string) []byte {
	var section bytes.Buffer
	w := zlib.NewWriter(&section)
	_, _ = w.Write([]byte(list))
	_ = w.Close()
	return Program(map[string]string{".comment": "rustc version 1.95.0", ".dep-v0": section.String()})
}
