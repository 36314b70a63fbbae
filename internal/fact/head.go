package fact

import (
	"bytes"
	"encoding/binary"
	"io"
	"io/fs"
	"unicode/utf16"
)

// Head returns the start of a file of any size, up to HeadSize bytes of it, as the readers of text see it: UTF-16 as UTF-8, and
// a "\n" for each of YAML's other line breaks. So what is written in an unusual way is recognised, and read or refused,
// and not passed over.
func Head(fsys fs.FS, path string) ([]byte, error) {
	f, err := fsys.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	head := make([]byte, HeadSize)
	n, err := io.ReadFull(f, head)
	if err == io.EOF || err == io.ErrUnexpectedEOF {
		err = nil
	}
	return Breaks(fromUTF16(head[:n])), err
}

// Breaks returns a text with "\n" for each lone carriage return, next line, line separator and paragraph separator
// (https://yaml.org/spec/1.1/#id871136). It returns the text itself where it has none.
func Breaks(text []byte) []byte {
	if bytes.Count(text, []byte("\r")) != bytes.Count(text, []byte("\r\n")) {
		text = bytes.ReplaceAll(bytes.ReplaceAll(text, []byte("\r\n"), []byte("\n")), []byte("\r"), []byte("\n"))
	}
	for _, other := range []string{"\u0085", "\u2028", "\u2029"} {
		if bytes.Contains(text, []byte(other)) {
			text = bytes.ReplaceAll(text, []byte(other), []byte("\n"))
		}
	}
	return text
}

// fromUTF16 decodes text that has the byte order mark of UTF-16, or none and begins with two letters of it.
func fromUTF16(head []byte) []byte {
	var order binary.ByteOrder
	switch {
	case len(head) < 4:
		return head
	case head[0] == 0xff && head[1] == 0xfe, letter(head[0]) && head[1] == 0 && letter(head[2]) && head[3] == 0:
		order = binary.LittleEndian
	case head[0] == 0xfe && head[1] == 0xff, head[0] == 0 && letter(head[1]) && head[2] == 0 && letter(head[3]):
		order = binary.BigEndian
	default:
		return head
	}
	units := make([]uint16, len(head)/2)
	for i := range units {
		units[i] = order.Uint16(head[2*i:])
	}
	return []byte(string(utf16.Decode(units)))
}

func letter(b byte) bool { return b >= ' ' && b <= '~' || b == '\n' || b == '\r' || b == '\t' }
