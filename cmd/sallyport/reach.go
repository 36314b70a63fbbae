package main

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"net/netip"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"sallyport/internal/firewall"
	"sallyport/internal/firewall/host"
	"sallyport/internal/firewall/reach"
	"sallyport/internal/report"
	"sallyport/internal/tree"
)

// reachFlags are the question that the command line asks.
type reachFlags struct {
	question
	root    string
	port    uint16
	flows   string
	explain bool
	local   []string
}

func newReach() *cobra.Command {
	var f reachFlags
	cmd := &cobra.Command{
		Use:   "reach FILE...",
		Short: "Say what a new connection meets at a packet filter",
		Long: `reach reads the packet filter of one host and says which ports a new connection reaches: accepted, rejected, dropped,
or unknown, where the rules do not tell. FILE is an nftables script or listing (also as JSON), what iptables-save and
ip6tables-save print, a script of iptables commands, what ipset save prints, or a folder of ufw or firewalld. Several files are
read as one host's. Nothing is executed.

--flows reads questions, one JSON object per line: {"hook": "input", "in": "eth0", "out": "", "from": "10.0.0.2",
"to": "10.0.0.1", "proto": "tcp"}. Each is answered by one line.

Exit codes: 0 answered, 2 a file or a question that cannot be read.`,
		Example: `  sallyport reach /etc/nftables.conf --in eth0 --from 203.0.113.7 --to 10.0.0.1
  sallyport reach rules.v4 rules.v6 --in eth0 --from 10.0.0.2 --to 10.0.0.1 --proto tcp --port 22 --explain
  sallyport reach /etc/ufw --flows questions.ndjson`,
		Args: cobra.MinimumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			set, err := f.ruleset(args)
			if err != nil {
				return err
			}
			for _, m := range slices.Concat(set.Refused, set.Mistakes) {
				fmt.Fprintf(cmd.ErrOrStderr(), "not loaded: %s\n", report.Escape(m.Error()))
			}
			if f.flows != "" {
				return f.answerFlows(cmd, set)
			}
			return f.answerOne(cmd.OutOrStdout(), set)
		},
	}
	fl := cmd.Flags()
	fl.StringVar(&f.Hook, "hook", "input", "input, output or forward")
	fl.StringVar(&f.In, "in", "", "interface of arrival")
	fl.StringVar(&f.Out, "out", "", "interface of departure")
	fl.StringVar(&f.From, "from", "", "source address")
	fl.StringVar(&f.To, "to", "", "destination address")
	fl.StringVar(&f.Proto, "proto", "", "protocol: tcp, udp, icmp, esp, or a number (default tcp, udp and icmp)")
	fl.Uint16Var(&f.port, "port", 0, "this destination port alone")
	fl.BoolVar(&f.explain, "explain", false, "print the rules that the connection meets (with --port)")
	fl.StringVar(&f.flows, "flows", "", "read questions from FILE, - for standard input")
	fl.StringArrayVar(&f.local, "local", nil, "an address of the host, for translations (repeatable; those that questions name are known)")
	fl.StringVar(&f.root, "root", "", "the folder that includes may read (default: that of the first file)")
	return cmd
}

// ruleset reads the files as those of one host.
func (f *reachFlags) ruleset(files []string) (*firewall.Ruleset, error) {
	root := cmp.Or(f.root, rootOf(files[0]))
	t, err := tree.Open(root, tree.Options{})
	if err != nil {
		return nil, err
	}
	var sources []host.Source
	for _, file := range files {
		rel, err := filepath.Rel(absolute(root), absolute(file))
		if err != nil || !filepath.IsLocal(rel) {
			return nil, fmt.Errorf("%s lies outside of %s: name a folder that holds all files with --root", file, root)
		}
		found, err := host.Find(t.FS(), filepath.ToSlash(rel))
		if err != nil {
			return nil, err
		}
		sources = append(sources, found...)
	}
	return host.Read(t.FS(), sources)
}

// rootOf is the folder that a file may read from: its own, or where that is the folder of ufw or firewalld, the one that has
// etc/ufw and etc/default/ufw.
func rootOf(file string) string {
	root := filepath.Dir(file)
	if info, err := os.Stat(file); err == nil && info.IsDir() {
		root = file
	}
	for _, name := range []string{"ufw.conf", "user.rules", "firewalld.conf", "zones"} {
		if _, err := os.Stat(filepath.Join(root, name)); err == nil {
			return filepath.Dir(filepath.Dir(absolute(root)))
		}
	}
	return root
}

// answerOne answers the question of the flags, for people.
func (f *reachFlags) answerOne(out io.Writer, set *firewall.Ruleset) error {
	protocols := []string{"tcp", "udp", "icmp"}
	if f.Proto != "" {
		protocols = []string{f.Proto}
	}
	if f.explain && f.port == 0 && (f.Proto == "" || f.Proto == "tcp" || f.Proto == "udp") {
		return errors.New("--explain follows one connection: name its port with --port")
	}
	local, err := f.hosts()
	if err != nil {
		return err
	}
	m, err := reach.New(set, local...)
	if err != nil {
		return err
	}
	fmt.Fprintln(out, f.title())
	var why []firewall.Unknown
	for _, p := range protocols {
		q := f.question
		q.Proto = p
		flow, err := q.flow()
		if err != nil {
			return err
		}
		a := m.Ask(flow)
		f.write(out, p, a)
		why = append(why, a.Why...)
		if f.explain {
			writeVisits(out, m.Explain(flow, f.port))
		}
	}
	for _, u := range why {
		fmt.Fprintf(out, "unknown because of %s (%s)\n", report.Escape(u.Why), place(u.At))
	}
	return nil
}

// hosts are the addresses that --local names.
func (f *reachFlags) hosts() ([]netip.Addr, error) {
	var all []netip.Addr
	for _, text := range f.local {
		a, err := netip.ParseAddr(text)
		if err != nil {
			return nil, fmt.Errorf("--local %q is no address", text)
		}
		all = append(all, a.WithZone("").Unmap())
	}
	return all, nil
}

func (f *reachFlags) title() string {
	s := f.Hook
	if f.In != "" {
		s += " from " + f.In
	}
	if f.Out != "" {
		s += " to " + f.Out
	}
	return s + ", " + cmp.Or(f.From, "anywhere") + " -> " + cmp.Or(f.To, "anywhere")
}

// write prints what becomes of the ports of a protocol, a line for each outcome.
func (f *reachFlags) write(out io.Writer, protocol string, a reach.Answer) {
	name := protocol
	for _, o := range outcomes(a) {
		if len(o.ports) == 0 {
			continue
		}
		if f.port != 0 {
			if !o.ports.Has(firewall.Number(f.port)) {
				continue
			}
			fmt.Fprintf(out, "%-6s %-10s %d\n", name, o.name, f.port)
		} else {
			fmt.Fprintf(out, "%-6s %-10s %s\n", name, o.name, notation(o.ports, hasPorts(protocol)))
		}
		name = ""
	}
	if a.Refused {
		fmt.Fprintln(out, "       the ruleset does not load: nothing is filtered")
	}
}

// An outcome is what may become of ports, and which.
type outcome struct {
	name  string
	ports firewall.Set
}

func outcomes(a reach.Answer) []outcome {
	return []outcome{
		{"accepted", a.Accepted},
		{"rejected", a.Rejected},
		{"dropped", a.Dropped},
		{"unknown", a.Unknown},
		{"elsewhere", a.Elsewhere},
	}
}

// notation writes a set of ports: "22,80-90"; of a protocol without ports "yes" or nothing.
func notation(ports firewall.Set, numbered bool) string {
	switch {
	case len(ports) == 0:
		return ""
	case !numbered:
		return "yes"
	}
	var parts []string
	for _, r := range ports {
		s := strconv.FormatUint(r.First.Lo, 10)
		if r.Last != r.First {
			s += "-" + strconv.FormatUint(r.Last.Lo, 10)
		}
		parts = append(parts, s)
	}
	return strings.Join(parts, ",")
}

// A question is a flow as people write it.
type question struct {
	Hook  string `json:"hook"`
	In    string `json:"in"`
	Out   string `json:"out"`
	From  string `json:"from"`
	To    string `json:"to"`
	Proto string `json:"proto"`
	// SourcePort is the client's; 0 is any of the ephemeral ones.
	SourcePort uint16 `json:"source_port"`
}

var hooks = map[string]firewall.Hook{"input": firewall.Input, "output": firewall.Output, "forward": firewall.Forward}

func (q question) flow() (reach.Flow, error) {
	f := reach.Flow{In: q.In, Out: q.Out}
	var err error
	if f.Hook, err = oneOf("hook", cmp.Or(q.Hook, "input"), hooks); err != nil {
		return f, err
	}
	for _, a := range []struct {
		name, text string
		to         *netip.Addr
	}{{"from", q.From, &f.From}, {"to", q.To, &f.To}} {
		if a.text == "" {
			continue
		}
		if *a.to, err = netip.ParseAddr(a.text); err != nil {
			return f, fmt.Errorf("%s %q is no address", a.name, a.text)
		}
		*a.to = a.to.WithZone("").Unmap()
	}
	if f.From.IsValid() && f.To.IsValid() && f.From.Is4() != f.To.Is4() {
		return f, fmt.Errorf("%s and %s are of different families", q.From, q.To)
	}
	if q.SourcePort != 0 {
		f.SourcePorts = firewall.Values(q.SourcePort)
	}
	f.Protocol, err = protocol(cmp.Or(q.Proto, "tcp"), f.From.Is6() || f.To.Is6())
	return f, err
}

// protocol reads a protocol's name or number; icmp and icmp_echo are that of the family.
func protocol(name string, six bool) (uint8, error) {
	if name == "icmp" || name == "icmp_echo" || name == "icmpv6" {
		if six {
			return 58, nil
		}
		return 1, nil
	}
	if n, ok := firewall.ProtocolNumber(name); ok {
		return n, nil
	}
	n, err := strconv.ParseUint(name, 10, 8)
	if err != nil {
		return 0, fmt.Errorf("proto %q: write tcp, udp, icmp, esp or a number", name)
	}
	return uint8(n), nil
}

func hasPorts(name string) bool {
	n, err := protocol(name, false)
	return err == nil && (n == 6 || n == 17 || n == 33 || n == 132 || n == 136)
}
