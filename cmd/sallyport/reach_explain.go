package main

import (
	"fmt"
	"io"
	"strings"

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
		step := v.Did
		if v.Rule != nil {
			step = v.Rule.Text
			if !strings.HasSuffix(step, v.Did) {
				step += " => " + v.Did
			}
		}
		fmt.Fprintf(out, "         %s: %s: %s\n", place(v.At), report.Escape(where), report.Escape(step))
		if v.Doubt != "" {
			fmt.Fprintf(out, "           in doubt: %s\n", report.Escape(v.Doubt))
		}
	}
}
