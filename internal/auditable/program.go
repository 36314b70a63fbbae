package auditable

import (
	"bytes"
	"debug/elf"
	"debug/macho"
	"debug/pe"
	"encoding/binary"
	"fmt"
	"io"
	"strings"
)

// A Program is what an executable file says about itself.
type Program struct {
	// Format is "elf", "macho", "pe" or "wasm".
	Format string
	// Machine is the processor, by Go's name for it; "" for others.
	Machine string
	// Static is true without an interpreter; Interpreter is what loads an ELF file.
	Static      bool
	Interpreter string
	// Rust is true where the compiler left its name in the file; Stripped is true without symbols. Both are told of ELF files.
	Rust, Stripped bool
	// Auditable is true where there is a list of crates; Stored is its size in the file.
	Auditable bool
	Stored    int
	// Crates is the list; Problem says why it cannot be read.
	Crates  []Crate
	Problem string
}

// Executable tells by the first bytes of a file whether it is a program or a library that programs load.
func Executable(head []byte) bool { return format(head) != "" }

func format(head []byte) string {
	if len(head) < 20 {
		return ""
	}
	switch binary.BigEndian.Uint32(head) {
	case 0x7f454c46: // \x7fELF, and e_type at 16: ET_EXEC or ET_DYN
		order := binary.ByteOrder(binary.LittleEndian)
		if head[5] == byte(elf.ELFDATA2MSB) {
			order = binary.BigEndian
		}
		if t := elf.Type(order.Uint16(head[16:])); t == elf.ET_EXEC || t == elf.ET_DYN {
			return "elf"
		}
		return ""
	case 0xfeedface, 0xfeedfacf, 0xcefaedfe, 0xcffaedfe: // and the file type at 12
		order := binary.ByteOrder(binary.BigEndian)
		if head[0] != 0xfe {
			order = binary.LittleEndian
		}
		if t := macho.Type(order.Uint32(head[12:])); t == macho.TypeExec || t == macho.TypeDylib {
			return "macho"
		}
		return ""
	}
	if universal(head) {
		return "macho"
	}
	if wasm(head) {
		return "wasm"
	}
	if head[0] == 'M' && head[1] == 'Z' && len(head) >= 64 {
		at := int(binary.LittleEndian.Uint32(head[60:]))
		if at >= 64 && at+4 <= len(head) && string(head[at:at+4]) == "PE\x00\x00" {
			return "pe"
		}
	}
	return ""
}

// maxText of an interpreter, and of the compiler's notes.
const (
	maxInterpreter = 4096
	maxComment     = 64 << 10
)

// Read looks into a program: at its headers, and at the sections that it needs. ok is false for what is no program.
func Read(r io.ReaderAt, size int64) (p Program, ok bool) {
	defer func() {
		if recover() != nil { // the readers of the standard library are not made for hostile files
			p, ok = Program{}, false
		}
	}()
	head := make([]byte, 4096)
	n, _ := r.ReadAt(head[:min(int64(len(head)), size)], 0)
	section := io.NewSectionReader(r, 0, size)
	switch format(head[:n]) {
	case "elf":
		return readELF(section)
	case "macho":
		if universal(head) {
			return readUniversal(section)
		}
		return readMachO(section)
	case "wasm":
		return readWasm(section, size)
	case "pe":
		return readPE(section)
	}
	return Program{}, false
}

func readELF(r io.ReaderAt) (Program, bool) {
	f, err := elf.NewFile(r)
	if err != nil {
		return Program{}, false
	}
	p := Program{Format: "elf", Static: true, Stripped: true, Machine: machine(f.Machine.String())}
	for _, h := range f.Progs {
		if h.Type == elf.PT_INTERP && h.Filesz < maxInterpreter {
			p.Static = false
			text, _ := io.ReadAll(io.LimitReader(h.Open(), maxInterpreter))
			p.Interpreter = strings.ToValidUTF8(strings.TrimRight(string(text), "\x00"), "�")
		}
	}
	for _, s := range f.Sections {
		switch s.Name {
		case ".symtab":
			p.Stripped = false
		case ".comment":
			text, _ := io.ReadAll(io.LimitReader(s.Open(), maxComment))
			p.Rust = p.Rust || bytes.Contains(text, []byte("rustc version"))
		case Section:
			if s.Type != elf.SHT_NOBITS { // in debug information that was split off
				p.list(s.Open(), s.FileSize)
			}
		}
	}
	return p, true
}

func readMachO(r io.ReaderAt) (Program, bool) {
	f, err := macho.NewFile(r)
	if err != nil {
		return Program{}, false
	}
	p := Program{}
	p.apple(f)
	return p, true
}

func (p *Program) apple(f *macho.File) {
	p.Format, p.Machine = "macho", machine(f.Cpu.String())
	if s := f.Section(Section); s != nil {
		p.list(s.Open(), s.Size)
	}
}

func readPE(r io.ReaderAt) (Program, bool) {
	f, err := pe.NewFile(r)
	if err != nil {
		return Program{}, false
	}
	p := Program{Format: "pe", Machine: map[uint16]string{
		pe.IMAGE_FILE_MACHINE_AMD64: "amd64", pe.IMAGE_FILE_MACHINE_ARM64: "arm64", pe.IMAGE_FILE_MACHINE_I386: "386",
	}[f.Machine]}
	if s := f.Section(Section); s != nil {
		p.list(s.Open(), uint64(s.Size))
	}
	return p, true
}

func (p *Program) list(r io.Reader, size uint64) {
	p.Auditable, p.Crates = true, nil
	if size > MaxSection {
		p.Problem = fmt.Sprintf("the list of crates has %d bytes, more than %d", size, MaxSection)
		return
	}
	p.Stored = int(size)
	crates, err := Decode(r)
	if err != nil {
		p.Problem = err.Error()
		return
	}
	p.Crates = crates
}

func machine(name string) string {
	return map[string]string{
		"EM_X86_64": "amd64", "EM_AARCH64": "arm64", "EM_386": "386", "EM_ARM": "arm", "EM_RISCV": "riscv64", "EM_S390": "s390x",
		"EM_PPC64": "ppc64", "CpuAmd64": "amd64", "CpuArm64": "arm64",
	}[name]
}
