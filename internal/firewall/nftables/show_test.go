package nftables

import (
	"fmt"
	"net/netip"
	"strconv"
	"strings"

	"sallyport/internal/firewall"
)

var fieldNames = [...]string{"family", "iif", "oif", "proto", "src", "dst", "sport", "dport", "icmptype", "icmpcode", "flags", "state", "status", "dir", "osrc", "odst", "odport", "mark", "ctmark", "uid", "gid", "srctype", "dsttype", "pkttype"}

// show writes a ruleset as text, one rule a line.
func show(r *firewall.Ruleset) string {
	var b strings.Builder
	for _, e := range r.Refused {
		fmt.Fprintf(&b, "refused %d:%d %s\n", e.Line, e.Column, e.Msg)
	}
	for _, p := range r.Partial {
		fmt.Fprintf(&b, "partial %s\n", p.Why)
	}
	for _, c := range r.Chains {
		fmt.Fprintf(&b, "%s %s", c.Table, c.Name)
		if c.Hook != firewall.NoHook {
			fmt.Fprintf(&b, " hook=%d kind=%d prio=%d policy=%s", c.Hook, c.Kind, c.Priority, showVerdict(c.Policy))
			if len(c.Devices) > 0 {
				fmt.Fprintf(&b, " dev=%v", c.Devices)
			}
			if c.Dormant {
				b.WriteString(" dormant")
			}
		}
		b.WriteString("\n")
		for _, rule := range c.Rules {
			b.WriteString("  " + showRule(rule) + "\n")
		}
	}
	return b.String()
}

func showRule(r *firewall.Rule) string {
	var parts []string
	for _, s := range r.Steps {
		parts = append(parts, showStep(s))
	}
	return strings.Join(parts, "; ")
}

func showStep(s firewall.Step) string {
	switch s := s.(type) {
	case firewall.When:
		return "when " + showExpr(s.Expr)
	case firewall.Decide:
		return showVerdict(s.Verdict)
	case firewall.Branch:
		var cases []string
		for _, c := range s.Cases {
			cases = append(cases, showExpr(c.When)+" -> "+showVerdict(c.Verdict))
		}
		return "branch {" + strings.Join(cases, "; ") + "}"
	case firewall.Assign:
		var cases []string
		for _, c := range s.Cases {
			v := fmt.Sprintf("%s&%x^%x", fieldNames[c.From], c.And.Lo, c.Xor.Lo)
			if c.Why != "" {
				v = "?" + c.Why
			}
			cases = append(cases, showExpr(c.When)+" -> "+v)
		}
		return "set " + fieldNames[s.Field] + " {" + strings.Join(cases, "; ") + "}"
	case firewall.Translate:
		var cases []string
		for _, c := range s.Cases {
			v := []string{"snat", "dnat", "redirect"}[c.To]
			if c.Addresses != nil {
				v += " " + showSet(firewall.Destination, c.Addresses)
			}
			if c.Ports != nil {
				v += " :" + showSet(firewall.Port, c.Ports)
			}
			if c.Why != "" {
				v += " ?" + c.Why
			}
			cases = append(cases, showExpr(c.When)+" -> "+v)
		}
		return "nat {" + strings.Join(cases, "; ") + "}"
	case firewall.Untrack:
		return "untrack"
	case firewall.Limit:
		return fmt.Sprintf("limit %v", s.Holds)
	}
	return "?"
}

func showVerdict(v firewall.Verdict) string {
	s := [...]string{"accept", "drop", "reject", "return", "continue", "jump", "goto", "undecided"}[v.Kind]
	if v.Chain != nil {
		s += " " + v.Chain.Name
	}
	if v.With != "" {
		s += " (" + v.With + ")"
	}
	if v.Why != "" {
		s += " (" + v.Why + ")"
	}
	return s
}

func showExpr(e firewall.Expr) string {
	switch e := e.(type) {
	case firewall.Is:
		f := fieldNames[e.Field]
		if e.Mask != (firewall.Value{}) {
			f += fmt.Sprintf("&%x", e.Mask.Lo)
		}
		return f + "=" + showSet(e.Field, e.Set)
	case firewall.Tuple:
		var rows []string
		for _, row := range e.Rows {
			var cells []string
			for i, r := range row {
				cells = append(cells, fieldNames[e.Fields[i]]+"="+showSet(e.Fields[i], firewall.Set{r}))
			}
			rows = append(rows, strings.Join(cells, "."))
		}
		return "tuple{" + strings.Join(rows, " ") + "}"
	case firewall.All:
		if len(e) == 0 {
			return "true"
		}
		return join(e, " & ")
	case firewall.Any:
		if len(e) == 0 {
			return "false"
		}
		return join(e, " | ")
	case firewall.Not:
		return "!" + showExpr(e.Expr)
	case firewall.Unknown:
		return "?" + strconv.Quote(e.Why)
	}
	return "nil"
}

func join(list []firewall.Expr, sep string) string {
	var parts []string
	for _, e := range list {
		parts = append(parts, showExpr(e))
	}
	return "(" + strings.Join(parts, sep) + ")"
}

func showSet(f firewall.Field, s firewall.Set) string {
	var parts []string
	for _, r := range s {
		first := showValue(f, r.First)
		if r.First != r.Last {
			first += "-" + showValue(f, r.Last)
		}
		parts = append(parts, first)
	}
	return "[" + strings.Join(parts, ",") + "]"
}

func showValue(f firewall.Field, v firewall.Value) string {
	switch f {
	case firewall.Source, firewall.Destination, firewall.OrigSource, firewall.OrigDestination:
		if v.Hi == 0 && v.Lo < 1<<32 {
			return netip.AddrFrom4([4]byte{byte(v.Lo >> 24), byte(v.Lo >> 16), byte(v.Lo >> 8), byte(v.Lo)}).String()
		}
		var b [16]byte
		for i := range 8 {
			b[i], b[8+i] = byte(v.Hi>>(56-8*i)), byte(v.Lo>>(56-8*i))
		}
		return netip.AddrFrom16(b).String()
	case firewall.InInterface, firewall.OutInterface:
		var b []byte
		for i := range 16 {
			w := v.Hi
			if i > 7 {
				w = v.Lo
			}
			if c := byte(w >> (56 - 8*(i%8))); c != 0 && c != 255 {
				b = append(b, c)
			}
		}
		return string(b)
	}
	return strconv.FormatUint(v.Lo, 10)
}
