package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"
	"sync"
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
			s, err := openSession(cmd.Context(), &f, pathArg(args), 0, nil)
			if err != nil {
				return err
			}
			defer s.Close()
			if table {
				return printFacts(cmd, s, []string{"firewall"}, writeTable)
			}
			return printFacts(cmd, s, kinds, func(out io.Writer, docs []fact.Document) error { return writeFacts(out, docs, spans) })
		},
	}
	f.register(cmd.Flags())
	cmd.Flags().StringArrayVar(&kinds, "kind", nil, "only documents of this kind (repeatable)")
	cmd.Flags().BoolVar(&spans, "spans", false, "with the place of each fact")
	cmd.Flags().BoolVar(&table, "table", false, "what packet filters leave open, as a table for people")
	return cmd
}

func printFacts(cmd *cobra.Command, s *session, kinds []string, write func(io.Writer, []fact.Document) error) error {
	for _, kind := range kinds {
		if !slices.ContainsFunc(s.collectors, func(c fact.Collector) bool { return c.Kind == kind }) {
			return fmt.Errorf("--kind %q: choose one of %s", kind, strings.Join(kindsOf(s.collectors), ", "))
		}
	}
	wanted := slices.DeleteFunc(slices.Clone(s.collectors), func(c fact.Collector) bool {
		return len(kinds) > 0 && !slices.Contains(kinds, c.Kind)
	})
	found, err := collectors.Discover(cmd.Context(), s.fsys, s.files, wanted)
	errs := fact.Errors(err)
	docs := make([][]fact.Document, len(found.Matches))
	var mu sync.Mutex
	err = collectors.Collect(fact.WithIgnored(cmd.Context(), s.files.Ignored), s.fsys, found.Matches, func(i int, d []fact.Document, _ time.Duration, err error) {
		mu.Lock()
		defer mu.Unlock()
		docs[i], errs = d, append(errs, fact.Errors(err)...)
	})
	if err != nil {
		return err
	}
	if err := write(cmd.OutOrStdout(), slices.Concat(docs...)); err != nil {
		return err
	}
	for _, e := range errs {
		fmt.Fprintf(cmd.ErrOrStderr(), "sallyport: %s\n", report.Escape(e.Error()))
	}
	if len(errs) > 0 {
		return exitCode(finding.None)
	}
	return nil
}

func writeFacts(out io.Writer, docs []fact.Document, spans bool) error {
	w := bufio.NewWriter(out)
	w.WriteString("[")
	var e encoder
	for i, d := range docs {
		if i > 0 {
			w.WriteString(",")
		}
		var v any = d.Facts
		if spans {
			places, err := spansOf(&d)
			if err != nil {
				return err
			}
			v = struct {
				Kind  string               `json:"kind"`
				Facts any                  `json:"facts"`
				Spans map[string]spanShown `json:"spans"`
			}{d.Kind, d.Facts, places}
		}
		text, err := e.encode(v)
		if err != nil {
			return fmt.Errorf("%s: %w", d.Path, err)
		}
		w.WriteString("\n")
		if len(d.Secrets) == 0 {
			w.Write(text)
		} else {
			w.WriteString(secret.Redact(string(text), d.Secrets))
		}
	}
	w.WriteString("\n]\n")
	return w.Flush()
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
