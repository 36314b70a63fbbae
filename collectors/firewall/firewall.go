// Package firewall reads the packet filters of hosts, pods and security groups, and says what they leave open.
package firewall

import (
	"context"
	"errors"
	"io/fs"
	"net/netip"
	"path"
	"slices"
	"strings"

	"sallyport/internal/fact"
	model "sallyport/internal/firewall"
	"sallyport/internal/firewall/host"
	"sallyport/internal/firewall/netpol"
	"sallyport/internal/firewall/secgroup"
)

const kind = "firewall"

// New returns the collector of packet filters: one document for what one notation configures of a host (IPv4's and IPv6's save files
// are one), one for the pods of each selector of NetworkPolicies, one for each security group. Nothing is executed.
func New() fact.Collector {
	return fact.Collector{Kind: kind, Example: "nftables.conf", Facts: Facts{}, Match: match, Collect: collect}
}

func match(file string, head []byte) bool {
	_, ok := host.Detect(file, head)
	return ok
}

func collect(ctx context.Context, fsys fs.FS, file string) ([]fact.Document, error) {
	head, err := fact.Head(fsys, file)
	if err != nil {
		return nil, err
	}
	format, ok := host.Detect(file, head)
	switch {
	case !ok || ctx.Err() != nil:
		return nil, ctx.Err()
	case format == host.Policy:
		return policies(fsys, file)
	case format == host.Terraform || format == host.AWS:
		return groups(fsys, file, format)
	}
	sources, err := host.Together(fsys, host.Source{Path: file, Format: format})
	if err != nil || len(sources) == 0 {
		return nil, err
	}
	set, err := host.Read(fsys, sources)
	if err != nil {
		return nil, err
	}
	f := &Facts{Path: file, Format: string(format), Files: []string{}, Subject: "host", Scope: "host"}
	for _, s := range sources {
		f.Files = append(f.Files, s.Path)
	}
	if format == host.Nftables && !filters(set) && len(set.Refused) == 0 && path.Base(file) != "nftables.conf" || format == host.Script && slices.ContainsFunc(set.Partial, managed) {
		f.Scope = "part"
	}
	own, declared := addresses(fsys, file)
	shown, err := host.Believed(fsys, sources)
	if err != nil {
		return nil, err
	}
	doc, err := document(f, set, shown, "", own...)
	if len(own) > 0 {
		doc.Files = append(doc.Files, configuration)
	}
	return []fact.Document{doc}, errors.Join(err, refused(set), declared)
}

// managed says that a script leaves the filter to a program that makes rules of its own: its commands are the smaller part.
func managed(u model.Unknown) bool {
	return u.Why == "what ufw does" || u.Why == "what firewall-cmd does"
}

// filters says whether a ruleset has a chain that the kernel calls.
func filters(set *model.Ruleset) bool {
	return slices.ContainsFunc(set.Chains, func(c *model.Chain) bool { return c.Hook != model.NoHook })
}

// refused are the mistakes for which a ruleset, or a part of it, is not loaded.
func refused(set *model.Ruleset) error {
	var errs []error
	for _, e := range slices.Concat(set.Refused, set.Mistakes) {
		errs = append(errs, e)
	}
	return errors.Join(errs...)
}

func document(f *Facts, set, shown *model.Ruleset, name string, own ...netip.Prefix) (fact.Document, error) {
	b, err := build(f, set, own)
	if err == nil && shown != nil {
		err = b.believed(shown, own)
	}
	if err != nil {
		return fact.Document{}, &fact.Error{File: f.Path, Msg: err.Error()}
	}
	return fact.Document{Kind: kind, Path: f.Path, Name: name, Facts: *f, Spans: b.spans.Find}, nil
}

// policies makes the documents of all NetworkPolicies in a folder: together they decide about a pod. The first file that has some
// stands for the folder.
func policies(fsys fs.FS, file string) ([]fact.Document, error) {
	entries, err := fs.ReadDir(fsys, path.Dir(file))
	if err != nil {
		return nil, err
	}
	var all []*netpol.Policy
	files := []string{}
	for _, e := range entries {
		name := path.Join(path.Dir(file), e.Name())
		head, err := fact.Head(fsys, name)
		if err != nil || e.IsDir() {
			continue
		}
		if format, _ := host.Detect(name, head); format != host.Policy {
			continue
		}
		if len(files) == 0 && name != file {
			return nil, nil
		}
		text, err := fs.ReadFile(fsys, name)
		if err != nil {
			return nil, err
		}
		found, err := netpol.Parse(name, text)
		if err != nil {
			return nil, err
		}
		files = append(files, name)
		all = append(all, found...)
	}
	var docs []fact.Document
	var errs []error
	for _, p := range netpol.Selected(all) {
		subject := strings.TrimSpace("pods " + p.Selector)
		if p.Namespace != "" {
			subject += " in " + p.Namespace
		}
		f := &Facts{Path: file, Format: string(host.Policy), Files: files, Subject: subject, Scope: "pods"}
		doc, err := document(f, p.Ruleset.In(file), nil, subject)
		docs, errs = append(docs, doc), append(errs, err)
	}
	return docs, errors.Join(errs...)
}

func groups(fsys fs.FS, file string, format host.Format) ([]fact.Document, error) {
	found, err := secgroup.Read(fsys, file)
	errs := []error{err}
	var docs []fact.Document
	for _, g := range found {
		f := &Facts{Path: file, Format: string(format), Files: []string{file}, Subject: "security group " + g.Name, Scope: "group"}
		doc, err := document(f, g.Ruleset.In(file), nil, g.Name)
		docs, errs = append(docs, doc), append(errs, err)
	}
	return docs, errors.Join(errs...)
}
