package advisory

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"os"
	"path/filepath"
)

// indexFormat changes with the shape of the lines.
const indexFormat = "sallyport advisories 2"

// header is the first line of an index.
type header struct {
	Format string `json:"format"`
	// Stamp is of the files that the index was made from, and Sum is the digest of the lines.
	Stamp  string `json:"stamp"`
	Sum    string `json:"sum"`
	Source Source `json:"source"`
}

func indexFile(cache, location string) string {
	if cache == "" {
		return ""
	}
	sum := sha256.Sum256([]byte(location))
	return filepath.Join(cache, hex.EncodeToString(sum[:8])+".index")
}

// readIndex reads an index. One that is damaged, or of other files, does not count.
func readIndex(file, stamp string) (*Database, bool) {
	if file == "" {
		return nil, false
	}
	data, err := os.ReadFile(file)
	if err != nil {
		return nil, false
	}
	first, lines, _ := bytes.Cut(data, []byte("\n"))
	var h header
	if json.Unmarshal(first, &h) != nil || h.Format != indexFormat || h.Stamp != stamp || h.Sum != digest(lines) {
		return nil, false
	}
	return &Database{Source: h.Source, lines: lines}, true
}

// writeIndex replaces the index at once, since another process may read it.
func (d *Database) writeIndex(file, stamp string) error {
	if file == "" {
		return nil
	}
	first, err := json.Marshal(header{Format: indexFormat, Stamp: stamp, Sum: digest(d.lines), Source: d.Source})
	if err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Dir(file), 0o700); err != nil {
		return err
	}
	tmp, err := os.CreateTemp(filepath.Dir(file), "index-*")
	if err != nil {
		return err
	}
	defer os.Remove(tmp.Name())
	_, err = tmp.Write(append(append(first, '\n'), d.lines...))
	if closed := tmp.Close(); err == nil {
		err = closed
	}
	if err != nil {
		return err
	}
	return os.Rename(tmp.Name(), file)
}

func digest(data []byte) string {
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:])
}
