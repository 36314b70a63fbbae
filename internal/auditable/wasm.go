package auditable

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"io"
)

// The parts of WebAssembly's binary format (https://webassembly.github.io/spec/core/binary/modules.html) and of the component
// model's, in which modules and components lie as sections.
const (
	customSection    = 0
	moduleSection    = 1
	componentSection = 4
	maxSections      = 100_000
	maxModules       = 8 // within one another
)

var (
	wasmModule    = []byte("\x00asm\x01\x00\x00\x00")
	wasmComponent = []byte("\x00asm\x0d\x00\x01\x00")
)

func wasm(head []byte) bool {
	return bytes.HasPrefix(head, wasmModule) || bytes.HasPrefix(head, wasmComponent)
}

func readWasm(r io.ReaderAt, size int64) (Program, bool) {
	p := Program{Format: "wasm"}
	w := wasmReader{p: &p, left: maxSections}
	w.sections(io.NewSectionReader(r, 0, size), 0)
	return p, true
}

type wasmReader struct {
	p           *Program
	left, lists int
}

// sections looks at the sections of a module or component, as far as they are whole.
func (w *wasmReader) sections(r *io.SectionReader, depth int) {
	head := make([]byte, len(wasmModule))
	if n, _ := r.ReadAt(head, 0); n < len(head) || !wasm(head) || depth > maxModules {
		return
	}
	component := bytes.Equal(head, wasmComponent)
	for at := int64(len(head)); at < r.Size() && w.left > 0; w.left-- {
		buf := make([]byte, 1+binary.MaxVarintLen32)
		n, _ := r.ReadAt(buf, at)
		if n < 2 {
			return
		}
		size, k := binary.Uvarint(buf[1:n])
		at += 1 + int64(k)
		if k <= 0 || size > uint64(r.Size()-at) {
			return
		}
		body := io.NewSectionReader(r, at, int64(size))
		at += int64(size)
		switch id := buf[0]; {
		case id == customSection:
			w.custom(body)
		case component && (id == moduleSection || id == componentSection):
			w.sections(body, depth+1)
		}
	}
}

// custom reads a section that has a name.
func (w *wasmReader) custom(r *io.SectionReader) {
	buf := make([]byte, 1+len(Section))
	if n, _ := r.ReadAt(buf, 0); n < len(buf) || int(buf[0]) != len(Section) || string(buf[1:]) != Section {
		return
	}
	found := Program{Format: w.p.Format}
	found.list(io.NewSectionReader(r, int64(len(buf)), r.Size()-int64(len(buf))), uint64(r.Size()-int64(len(buf))))
	if w.lists++; w.lists > maxLists {
		found.Problem = fmt.Sprintf("more than %d lists of crates", maxLists)
		w.left = 0
	}
	if w.p.Auditable {
		w.p.join(&found)
		return
	}
	*w.p = found
}
