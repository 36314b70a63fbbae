package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/anchore/syft/syft/format/cyclonedxjson"
	"github.com/anchore/syft/syft/format/cyclonedxxml"
	"github.com/anchore/syft/syft/format/spdxjson"
	"github.com/anchore/syft/syft/format/spdxtagvalue"
	"github.com/anchore/syft/syft/format/syftjson"
	"github.com/anchore/syft/syft/sbom"
)

const defaultFormat = "cyclonedx-json"

// encoders are the formats that are written.
var encoders = map[string]func() (sbom.FormatEncoder, error){
	defaultFormat: func() (sbom.FormatEncoder, error) {
		c := cyclonedxjson.DefaultEncoderConfig()
		c.Pretty = true
		return cyclonedxjson.NewFormatEncoderWithConfig(c)
	},
	"cyclonedx-xml": func() (sbom.FormatEncoder, error) {
		c := cyclonedxxml.DefaultEncoderConfig()
		c.Pretty = true
		return cyclonedxxml.NewFormatEncoderWithConfig(c)
	},
	"spdx-json": func() (sbom.FormatEncoder, error) {
		c := spdxjson.DefaultEncoderConfig()
		c.Pretty = true
		return spdxjson.NewFormatEncoderWithConfig(c)
	},
	"spdx-tag-value": func() (sbom.FormatEncoder, error) {
		return spdxtagvalue.NewFormatEncoderWithConfig(spdxtagvalue.DefaultEncoderConfig())
	},
	"syft-json": func() (sbom.FormatEncoder, error) {
		c := syftjson.DefaultEncoderConfig()
		c.Pretty = true
		return syftjson.NewFormatEncoderWithConfig(c)
	},
}

func formatNames() []string {
	names := make([]string, 0, len(encoders))
	for name := range encoders {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

// An output is a document to write; file is "" for stdout.
type output struct{ format, file string }

func parseOutput(s string) (output, error) {
	format, file, named := strings.Cut(s, "=")
	if encoders[format] == nil {
		return output{}, fmt.Errorf("format %q: choose one of %s", format, strings.Join(formatNames(), ", "))
	}
	if named && file == "" {
		return output{}, fmt.Errorf("-o %s: the file has no name", s)
	}
	return output{format, file}, nil
}

func onlyOneToStdout(outputs []output) error {
	n := 0
	for _, o := range outputs {
		if o.file == "" {
			n++
		}
	}
	if n > 1 {
		return errors.New("two documents cannot both go to stdout: name a file, as in -o spdx-json=sbom.spdx.json")
	}
	return nil
}

// write encodes the document. A file appears whole or not at all.
func (o output) write(s *sbom.SBOM, stdout io.Writer, limit int64) error {
	encoder, err := encoders[o.format]()
	if err != nil {
		return err
	}
	if o.file == "" {
		return encoder.Encode(&bounded{stdout, limit, limit}, *s)
	}
	// A device or a pipe is written to: a file in its place would take it away from everybody.
	if info, err := os.Stat(o.file); err == nil && !info.Mode().IsRegular() {
		f, err := os.OpenFile(o.file, os.O_WRONLY, 0)
		if err != nil {
			return err
		}
		return errors.Join(encoder.Encode(&bounded{f, limit, limit}, *s), f.Close())
	}
	f, err := os.CreateTemp(filepath.Dir(o.file), ".sbom-*")
	if err != nil {
		return err
	}
	defer os.Remove(f.Name())
	err = encoder.Encode(&bounded{f, limit, limit}, *s)
	if err = errors.Join(err, f.Chmod(0o644), f.Close()); err != nil {
		return fmt.Errorf("%s: %w", o.file, err)
	}
	return os.Rename(f.Name(), o.file)
}

// bounded ends in an error where more is written than the limit.
type bounded struct {
	w           io.Writer
	left, limit int64
}

func (b *bounded) Write(p []byte) (int, error) {
	if b.left -= int64(len(p)); b.left < 0 {
		return 0, fmt.Errorf("the document is larger than the limit of %d bytes: raise it with --max-output", b.limit)
	}
	return b.w.Write(p)
}
