package main

import (
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"sync"
	"text/tabwriter"
	"unicode/utf8"

	"github.com/spf13/cobra"

	"sallyport/collectors/firewall"
	"sallyport/internal/fact"
	"sallyport/internal/report"
)

// printTables prints tables when all documents are there.
func printTables(cmd *cobra.Command, s *session) error {
	var mu sync.Mutex
	docs := map[int][]fact.Document{}
	err := printFacts(cmd, s, []string{"firewall"}, func(i int, d []fact.Document) error {
		mu.Lock()
		defer mu.Unlock()
		docs[i] = d
		return nil
	})
	var said exitCode
	if err != nil && !errors.As(err, &said) {
		return err
	}
	var all []fact.Document
	for _, i := range slices.Sorted(maps.Keys(docs)) {
		all = append(all, docs[i]...)
	}
	return errors.Join(writeTable(cmd.OutOrStdout(), all), err)
}

// writeTable prints what packet filters leave open, for people.
func writeTable(out io.Writer, docs []fact.Document) error {
	for i, d := range docs {
		f, ok := d.Facts.(firewall.Facts)
		if !ok {
			continue
		}
		if i > 0 {
			fmt.Fprintln(out)
		}
		fmt.Fprintf(out, "%s: %s\n", report.Escape(strings.Join(f.Files, ", ")), report.Escape(f.Subject))
		for _, m := range f.Refused {
			fmt.Fprintf(out, "would not be loaded: %s\n", report.Escape(m.Message))
		}
		for _, p := range f.Partial {
			fmt.Fprintf(out, "may hold more: %s\n", report.Escape(p.Reason))
		}
		for _, c := range f.Unsearched {
			fmt.Fprintf(out, "may have more shadowed rules: %s\n", report.Escape(c))
		}
		w := tabwriter.NewWriter(out, 0, 8, 2, ' ', 0)
		fmt.Fprintln(w, "HOOK\tFAMILY\tWHAT\tFROM\tTO\tINTERFACE\tVERDICT\tBY")
		for j := range f.Openings {
			if o := &f.Openings[j]; !o.Repeated && (o.Verdict != "rejected" || !closed(f.Defaults, o)) {
				line(w, row(&d, j, o))
			}
		}
		defaults(w, f.Defaults)
		if err := w.Flush(); err != nil {
			return err
		}
	}
	return nil
}

func line(w io.Writer, cells []string) {
	for i, c := range cells {
		cells[i] = report.Escape(c)
	}
	fmt.Fprintln(w, strings.TrimRight(strings.Join(cells, "\t"), "\t"))
}

// closed says that connections to ports that no rule names do not come through: what is rejected is then not worth a line.
func closed(list []firewall.Default, o *firewall.Opening) bool {
	for _, d := range list {
		if d.Hook == o.Hook && d.Family == o.Family {
			return d.Verdict == "rejected" || d.Verdict == "dropped"
		}
	}
	return false
}

// defaults prints what other ports meet, a line for both families where they agree.
func defaults(w io.Writer, list []firewall.Default) {
	for i, d := range list {
		faces, families := strings.Join(d.Interfaces, ","), d.Family
		same := func(e firewall.Default) bool {
			return e.Hook == d.Hook && e.Verdict == d.Verdict && strings.Join(e.Interfaces, ",") == faces
		}
		if i > 0 && same(list[i-1]) {
			continue
		}
		if i+1 < len(list) && same(list[i+1]) {
			families += "," + list[i+1].Family
		}
		line(w, []string{d.Hook, families, "other ports", "", "", faces, d.Verdict})
	}
}

// longRule is how much of a rule's text a line has.
const longRule = 90

func row(d *fact.Document, i int, o *firewall.Opening) []string {
	from, to := short(o.Sources), short(o.Destinations)
	if o.Anywhere {
		from = "anywhere"
	}
	if o.EveryDestination {
		to = ""
	}
	if o.To != "" {
		to = strings.TrimSpace(to + " => " + o.To)
	}
	verdict := o.Verdict
	if o.Limited {
		verdict += ", limited"
	}
	by := "policy"
	if !o.ByPolicy {
		by = o.Rule
	}
	if utf8.RuneCountInString(by) > longRule {
		by = string([]rune(by)[:longRule]) + "..."
	}
	if at, ok := d.Spans(fact.Path{"openings", i}); ok && at.Line > 0 {
		file := at.File
		if file == "" {
			file = d.Path
		}
		by = fmt.Sprintf("%s:%d: %s", file, at.Line, by)
	}
	if len(o.Reasons) > 0 {
		by += " (depends on: " + o.Reasons[0]
		if n := len(o.Reasons); n > 1 {
			by += fmt.Sprintf(" and %d more", n-1)
		}
		by += ")"
	}
	faces := o.In
	if o.Hook == "output" {
		faces = o.Out
	}
	return []string{o.Hook, strings.Join(o.Families, ","), what(o), from, to, strings.Join(faces, ","), verdict, by}
}

// what names the protocols and ports.
func what(o *firewall.Opening) string {
	switch name, every := strings.CutSuffix(o.Name, "/every port"); {
	case every && name == "any":
		return "everything"
	case every:
		return name
	}
	return o.Name
}
