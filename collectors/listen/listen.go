// Package listen reads the ports that sallyport.toml declares: those that a service listens on where no unit, image or object
// says so.
package listen

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"strconv"
	"strings"

	"sallyport/internal/fact"
	"sallyport/internal/syntax"
)

// Facts are the declared ports of a file.
type Facts struct {
	// Path is the file.
	Path string `json:"path"`
	// Ports are its [[listen]] entries, in order.
	Ports []Port `json:"ports"`
}

// A Port is one entry.
type Port struct {
	// Name is protocol and port: "tcp/8080".
	Name string `json:"name"`
	// Protocol is tcp, udp or sctp.
	Protocol string `json:"protocol"`
	// First and Last are the bounds of the ports; one port is both.
	First int `json:"first"`
	Last  int `json:"last"`
	// Comment says what listens there.
	Comment string `json:"comment"`
}

// Collector reads the [[listen]] entries of sallyport.toml; a file without any is no document. Which settings the file may have
// besides is for package config to say.
var Collector = fact.Collector{
	Kind: "listen", Example: "sallyport.toml", Facts: Facts{},
	Match:   func(file string, _ []byte) bool { return path.Base(file) == "sallyport.toml" },
	Collect: collect,
}

func collect(_ context.Context, fsys fs.FS, file string) ([]fact.Document, error) {
	text, err := syntax.Read(fsys, file)
	if err != nil {
		return nil, err
	}
	tree, err := syntax.TOML(file, text)
	if err != nil {
		return nil, err
	}
	top, _ := tree.Value.(map[string]any)
	entries, _ := top["listen"].([]any)
	if len(entries) == 0 {
		return nil, nil
	}
	f := Facts{Path: file, Ports: []Port{}}
	var errs []error
	var at []int
	for i, entry := range entries {
		p, err := read(entry)
		if err != nil {
			place, _ := tree.Spans(fact.Path{"listen", i})
			errs = append(errs, &fact.Error{File: file, Line: place.Line, Column: place.Column, Msg: err.Error(), Hint: `write port = 8080, or port = "8000-8010"`})
			continue
		}
		f.Ports, at = append(f.Ports, p), append(at, i)
	}
	doc := fact.Document{Kind: "listen", Path: file, Facts: f, Spans: func(p fact.Path) (fact.Span, bool) {
		if len(p) < 2 || p[0] != "ports" {
			return fact.Span{}, len(p) == 0
		}
		i, _ := p[1].(int)
		if i < 0 || i >= len(at) {
			return fact.Span{}, false
		}
		return tree.Spans(fact.Path{"listen", at[i]})
	}}
	return []fact.Document{doc}, errors.Join(errs...)
}

func read(entry any) (Port, error) {
	m, _ := entry.(map[string]any)
	p := Port{Protocol: "tcp"}
	if v := m["protocol"]; v != nil {
		p.Protocol, _ = v.(string)
	}
	if p.Protocol != "tcp" && p.Protocol != "udp" && p.Protocol != "sctp" {
		return p, fmt.Errorf("listen: protocol is %v, not tcp, udp or sctp", m["protocol"])
	}
	p.Comment, _ = m["comment"].(string)
	first, last, _ := strings.Cut(fmt.Sprint(m["port"]), "-")
	if last == "" {
		last = first
	}
	var err, err2 error
	p.First, err = strconv.Atoi(first)
	p.Last, err2 = strconv.Atoi(last)
	if err != nil || err2 != nil || p.First < 1 || p.Last > 65535 || p.First > p.Last {
		return p, fmt.Errorf("listen: port is %v, not one from 1 to 65535", m["port"])
	}
	p.Name = p.Protocol + "/" + first
	if last != first {
		p.Name += "-" + last
	}
	return p, nil
}
