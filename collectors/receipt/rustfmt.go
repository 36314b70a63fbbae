package receipt

import (
	"io/fs"
	"slices"
	"strings"

	"sallyport/internal/syntax"
)

// formats are where rustfmt finds its configuration (https://rust-lang.github.io/rustfmt/): in the folder of a file or above it. Folders deeper
// than those of crates are not looked into.
var formats = strings.Fields("rustfmt.toml .rustfmt.toml */rustfmt.toml */.rustfmt.toml */*/rustfmt.toml */*/.rustfmt.toml")

// maxFormats bounds the files that are read, and maxValues the values in one.
const (
	maxFormats = 100
	maxValues  = 10_000
)

// unformatted says what the configuration of rustfmt leaves out. The receipt does not show it, and the tree does.
func unformatted(fsys fs.FS, c *Command) {
	if !slices.Contains(c.Does, "fmt") {
		return
	}
	seen := 0
	for _, pattern := range formats {
		files, err := fs.Glob(fsys, pattern)
		if err != nil {
			continue
		}
		for _, file := range files {
			if seen++; seen > maxFormats {
				return
			}
			text, err := syntax.Read(fsys, file)
			if err != nil {
				continue
			}
			var raw struct {
				Off    bool     `toml:"disable_all_formatting"`
				Ignore []string `toml:"ignore"`
			}
			if _, err := syntax.ReadTOML(file, text, maxValues, &raw); err != nil {
				continue // rustfmt refuses it, too
			}
			if raw.Off {
				c.Masked = append(c.Masked, file+" has disable_all_formatting")
			}
			if len(raw.Ignore) > 0 {
				c.Narrowed = append(c.Narrowed, Narrowing{file + " ignore = " + strings.Join(raw.Ignore, ", "), "leaves something out"})
			}
		}
	}
}
