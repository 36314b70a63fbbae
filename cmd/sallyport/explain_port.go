package main

import (
	"encoding/json"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"

	"sallyport/collectors/firewall"
	"sallyport/internal/finding"
)

var portName = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^(tcp|udp|sctp)/[0-9]{1,5}$`) })

// explainPort explains the findings of a report that are about a packet filter's opening for a port.
func explainPort(w io.Writer, file, name string, ruleOf func(string) (*finding.Rule, error)) error {
	r, err := lastReport(file)
	if err != nil {
		return err
	}
	protocol, number, _ := strings.Cut(name, "/")
	port, err := strconv.ParseUint(number, 10, 16)
	if err != nil {
		return fmt.Errorf("%s: there is no such port", name)
	}
	told := 0
	for i := range r.Findings {
		f := &r.Findings[i]
		if !opens(f.Place.Value, protocol, int(port)) {
			continue
		}
		if told++; told > 1 {
			fmt.Fprint(w, "\n---\n\n")
		}
		if err := explainFinding(w, f, ruleOf); err != nil {
			return err
		}
	}
	if told == 0 {
		return fmt.Errorf("the report has no finding about a packet filter that opens %s: sallyport facts --kind firewall --table lists all that is open, "+
			"and sallyport reach FILE --proto %s --port %s --explain follows one connection", name, protocol, number)
	}
	return nil
}

// opens says whether a fact is an opening for the port from outside.
func opens(value []byte, protocol string, port int) bool {
	var o firewall.Opening
	if json.Unmarshal(value, &o) != nil || o.Hook != "input" || o.Verdict != "accepted" && o.Verdict != "unknown" {
		return false
	}
	return (slices.Contains(o.Protocols, protocol) || slices.Contains(o.Protocols, "any")) &&
		slices.ContainsFunc(o.Ports, func(r firewall.Range) bool { return r.First <= port && port <= r.Last })
}
