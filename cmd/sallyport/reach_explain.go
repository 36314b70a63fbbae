package main

import (
	"fmt"
	"io"

	"sallyport/internal/firewall/reach"
	"sallyport/internal/report"
)

// writeVisits prints what a connection meets on its way, a line each.
func writeVisits(out io.Writer, visits []reach.Visit) {
	for _, v := range visits {
		where := "nothing filters"
		if v.Chain != nil {
			where = v.Chain.Table + " " + v.Chain.Name
		}
		rule := "policy"
		if v.Rule != nil {
			rule = v.Rule.Text
		}
		fmt.Fprintf(out, "         %s: %s: %s => %s\n", place(v.At), report.Escape(where), report.Escape(rule), report.Escape(v.Did))
		if v.Doubt != "" {
			fmt.Fprintf(out, "           in doubt: %s\n", report.Escape(v.Doubt))
		}
	}
}
