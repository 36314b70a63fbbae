package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"sallyport/collectors"
	"sallyport/internal/fact"
	"sallyport/internal/finding"
	"sallyport/internal/report"
	"sallyport/internal/secret"
)

func newFacts() *cobra.Command {
	var f sessionFlags
	var kinds []string
	var spans, table bool
	cmd := &cobra.Command{
		Use:   "facts [PATH]",
		Short: "Print the documents exactly as rules see them",
		Long: `facts prints the documents of a tree as JSON, one object per document in a list: each is the input that rules of
its kind see. Secrets are masked in the output alone. With --spans each is {"facts": ..., "spans": {path: place}}.`,
		Example: `  sallyport facts --kind dockerfile
  sallyport facts app.service --spans
  sallyport facts --kind firewall --table
  sallyport facts | jq '.[] | .path'`,
		Args: cobra.MaximumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			f.kinds = append([]string{}, kinds...)
			s, err := openSession(cmd.Context(), &f, pathArg(args), 0, nil)
			if err != nil {
				return err
			}
			defer s.Close()
			if table {
				return printTables(cmd, s)
			}
			list := newFactList(cmd.OutOrStdout(), spans)
			err = printFacts(cmd, s, kinds, list.add)
			return list.end(err)
		},
	}
	f.register(cmd.Flags())
	cmd.Flags().StringArrayVar(&kinds, "kind", nil, "only documents of this kind (repeatable)")
	cmd.Flags().BoolVar(&spans, "spans", false, "with the place of each fact")
	cmd.Flags().BoolVar(&table, "table", false, "what packet filters leave open, as a table for people")
	return cmd
}

// printFacts hands the documents of some kinds to print, by their place and from several goroutines at once.
func printFacts(cmd *cobra.Command, s *session, kinds []string, print func(i int, docs []fact.Document) error) error {
	for _, kind := range kinds {
		if !slices.ContainsFunc(s.collectors, func(c fact.Collector) bool { return c.Kind == kind }) {
			return fmt.Errorf("--kind %q: choose one of %s", kind, strings.Join(kindsOf(s.collectors), ", "))
		}
	}
	found, err := collectors.Discover(cmd.Context(), s.fsys, s.files, s.collectors)
	ctx := found.Context(fact.WithIgnored(cmd.Context(), s.files.Ignored))
	found.Matches = slices.DeleteFunc(slices.Clone(found.Matches), func(m collectors.Match) bool {
		return len(kinds) > 0 && !slices.Contains(kinds, m.Collector.Kind)
	})
	errs := make([][]error, len(found.Matches)+1)
	errs[0] = fact.Errors(err)
	err = collectors.Collect(ctx, s.fsys, found.Matches, func(i int, docs []fact.Document, _ time.Duration, err error) {
		errs[i+1] = append(fact.Errors(err), fact.Errors(print(i, docs))...)
	})
	if err != nil {
		return err
	}
	all := slices.Concat(errs...)
	for _, e := range all {
		fmt.Fprintf(cmd.ErrOrStderr(), "sallyport: %s\n", report.Escape(e.Error()))
	}
	if len(all) > 0 {
		return exitCode(finding.None)
	}
	return nil
}

// A factList writes documents as a list of JSON. Each is encoded by the goroutine that has collected it, and written as soon as those
// before it are.
type factList struct {
	out   *ordered
	spans bool
}

func newFactList(out io.Writer, spans bool) *factList {
	return &factList{&ordered{out: out, first: '['}, spans}
}

func (l *factList) add(i int, docs []fact.Document) error {
	var errs []error
	part := l.out.buffer()
	for _, d := range docs {
		from := len(part)
		text, err := l.encode(append(part, ",\n"...), &d)
		switch {
		case err != nil:
			errs = append(errs, fmt.Errorf("%s: %w", d.Path, err))
		case len(d.Secrets) == 0:
			part = text
		default:
			part = append(part[:from], secret.Redact(string(text[from:]), d.Secrets)...)
		}
	}
	l.out.put(i, part)
	return errors.Join(errs...)
}

func (l *factList) encode(out []byte, d *fact.Document) ([]byte, error) {
	if !l.spans {
		return appendJSON(out, d.Facts)
	}
	places, err := spansOf(d)
	if err != nil {
		return nil, err
	}
	return appendJSON(out, struct {
		Kind  string               `json:"kind"`
		Facts any                  `json:"facts"`
		Spans map[string]spanShown `json:"spans"`
	}{d.Kind, d.Facts, places})
}

// end closes the list, unless the run ended early.
func (l *factList) end(err error) error {
	var said exitCode
	if err != nil && !errors.As(err, &said) {
		return err
	}
	if failure := l.out.end([]byte("\n]\n")); failure != nil {
		return failure
	}
	return err
}

// A spanShown is a place as --spans prints it.
type spanShown struct {
	File      string `json:"file"`
	Line      int    `json:"line"`
	Column    int    `json:"column"`
	EndLine   int    `json:"end_line"`
	EndColumn int    `json:"end_column"`
}

// spansOf asks the document for the place of each of its facts.
func spansOf(d *fact.Document) (map[string]spanShown, error) {
	text, err := json.Marshal(d.Facts)
	if err != nil {
		return nil, err
	}
	var v any
	if err := json.Unmarshal(text, &v); err != nil {
		return nil, err
	}
	places := map[string]spanShown{}
	var visit func(p fact.Path, v any)
	visit = func(p fact.Path, v any) {
		if d.Spans == nil {
			return
		}
		if s, ok := d.Spans(p); ok {
			file := s.File
			if file == "" {
				file = d.Path
			}
			places[p.String()] = spanShown{file, s.Line, s.Column, s.EndLine, s.EndColumn}
		}
		switch v := v.(type) {
		case map[string]any:
			for k, e := range v {
				visit(append(slices.Clip(p), k), e)
			}
		case []any:
			for i, e := range v {
				visit(append(slices.Clip(p), i), e)
			}
		}
	}
	visit(fact.Path{}, v)
	return places, nil
}

func kindsOf(cs []fact.Collector) []string {
	kinds := make([]string, len(cs))
	for i, c := range cs {
		kinds[i] = c.Kind
	}
	return kinds
}
