package report

import (
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"slices"
	"strings"

	"sallyport/internal/finding"
)

// An Output is a report that somebody asked for: its format, and the file that it goes to; "" is standard output.
type Output struct {
	Format, File string
	writer       Writer
	stdout       io.Writer
}

// Outputs reads what -o says, each FORMAT or FORMAT=FILE; nothing is text. Text on a terminal has colours unless plain is true.
func Outputs(wanted []string, stdout io.Writer, plain bool) ([]Output, error) {
	if len(wanted) == 0 {
		wanted = []string{"text"}
	}
	var all []Output
	files := map[string]string{}
	for _, arg := range wanted {
		format, file, _ := strings.Cut(arg, "=")
		if file == "-" {
			file = ""
		}
		w := Formats[format]
		if w == nil {
			return nil, fmt.Errorf("-o %q: choose one of %s", format, strings.Join(slices.Sorted(maps.Keys(Formats)), ", "))
		}
		if other, ok := files[file]; ok {
			return nil, fmt.Errorf("-o %s and -o %s write to the same place: give one a file, as in -o %s=FILE", other, arg, format)
		}
		files[file] = arg
		if format == "text" && file == "" {
			w = Text(styleOf(stdout, plain))
		}
		all = append(all, Output{format, file, w, stdout})
	}
	return all, nil
}

// Write renders a report to where it was asked for.
func (o Output) Write(r *finding.Report) error {
	if o.File == "" {
		return o.writer(o.stdout, r)
	}
	f, err := os.Create(o.File)
	if err != nil {
		return fmt.Errorf("-o %s: %w", o.Format, err)
	}
	if err := errors.Join(o.writer(f, r), f.Close()); err != nil {
		return fmt.Errorf("-o %s=%s: %w", o.Format, o.File, err)
	}
	return nil
}
