package main

import (
	"fmt"
	"io"
	"strings"
	"text/tabwriter"

	"sallyport/collectors/firewall"
	"sallyport/internal/fact"
	"sallyport/internal/report"
)

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
		w := tabwriter.NewWriter(out, 0, 8, 2, ' ', 0)
		fmt.Fprintln(w, "HOOK\tFAMILY\tWHAT\tFROM\tTO\tINTERFACE\tVERDICT\tBY")
		for j := range f.Openings {
			fmt.Fprintln(w, row(&d, j, &f.Openings[j]))
		}
		for _, x := range f.Defaults {
			fmt.Fprintf(w, "%s\t%s\tother ports\t\t\t%s\t%s\t\n", x.Hook, x.Family, strings.Join(x.Interfaces, ","), x.Verdict)
		}
		if err := w.Flush(); err != nil {
			return err
		}
	}
	return nil
}

func row(d *fact.Document, i int, o *firewall.Opening) string {
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
	if at, ok := d.Spans(fact.Path{"openings", i}); ok {
		file := at.File
		if file == "" {
			file = d.Path
		}
		by = fmt.Sprintf("%s:%d: %s", file, at.Line, by)
	}
	faces := o.In
	if o.Hook == "output" {
		faces = o.Out
	}
	cells := []string{o.Hook, o.Family, o.Name, from, to, strings.Join(faces, ","), verdict, by}
	for i, c := range cells {
		cells[i] = report.Escape(c)
	}
	return strings.Join(cells, "\t")
}

// short lists the first few.
func short(list []string) string {
	if n := len(list); n > 3 {
		return strings.Join(list[:3], ",") + fmt.Sprintf(" and %d more", n-3)
	}
	return strings.Join(list, ",")
}
