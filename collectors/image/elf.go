package image

import (
	"archive/tar"
	"bytes"
	"io"
	"path"

	"sallyport/internal/audit"
	"sallyport/internal/auditable"
)

// maxBinary bounds a program that is looked into; it is held in memory for that.
const maxBinary = 64 << 20

// readProgram looks into the program that the container starts, which is a file of a layer that is read again.
func readProgram(r io.Reader, name string) (Binary, int, error) {
	plain, _, err := unpack(r)
	if err != nil {
		return noBinary(), 0, err
	}
	t := tar.NewReader(plain)
	for {
		h, err := t.Next()
		if err == io.EOF {
			return noBinary(), 0, nil // a name that facts cannot hold
		}
		if err != nil {
			return noBinary(), 0, err
		}
		if path.Clean("/" + h.Name)[1:] != name || kindOf(h.Typeflag) != fileEntry {
			continue
		}
		if h.Size > maxBinary {
			return noBinary(), int(h.Size), nil
		}
		data, err := io.ReadAll(io.LimitReader(t, maxBinary))
		if err != nil {
			return noBinary(), 0, err
		}
		return inspectBinary(data), int(h.Size), nil
	}
}

// inspectBinary reads the sections of an ELF file; anything else is not known.
func inspectBinary(data []byte) Binary {
	p, ok := auditable.Read(bytes.NewReader(data), int64(len(data)))
	if !ok || p.Format != "elf" {
		return noBinary()
	}
	b := Binary{
		Known: true, Static: p.Static, Interpreter: p.Interpreter, Rust: p.Rust, Stripped: p.Stripped,
		Auditable: p.Auditable, Section: p.Stored, Crates: append([]auditable.Crate{}, p.Crates...), Problem: p.Problem,
	}
	if i := auditable.Root(p.Crates); i >= 0 {
		b.Crate, b.Version = p.Crates[i].Name, p.Crates[i].Version
	}
	return b
}

func noBinary() Binary { return Binary{Crates: []auditable.Crate{}} }

func noAudit() auditable.Audit {
	return auditable.Audit{Hits: []audit.Hit{}, Forks: []audit.Hit{}}
}
