// Command fuzz holds the readers of packet filters and package reach against the kernel: it makes up rulesets, has the
// kernel load them in network namespaces of their own and send packets through, and compares, for each notation that
// the ruleset comes in, what we say of each flow and port. It needs root and the programs that load rulesets.
package main

import (
	"flag"
	"fmt"
	"os"
)

func main() {
	var o options
	flag.IntVar(&o.number, "n", 100, "how many rulesets")
	flag.Int64Var(&o.seed, "seed", 1, "the first seed; ruleset i has seed+i")
	flag.StringVar(&o.only, "format", "", "one format alone: nft, iptables, ufw, firewalld")
	flag.StringVar(&o.keep, "keep", "", "a folder for rulesets with differences")
	flag.StringVar(&o.sources, "oracle", "../shared/oracles/firewall/oracle", "the oracle's sources")
	flag.StringVar(&o.cache, "cache", ".cache", "where the oracle is built")
	flag.IntVar(&o.jobs, "j", 2, "how many at a time")
	flag.BoolVar(&o.shrink, "shrink", false, "take out of the rulesets named what the difference does not need")
	flag.Parse()
	if err := run(o, flag.Args()); err != nil {
		fmt.Fprintln(os.Stderr, "fuzz:", err)
		os.Exit(1)
	}
}
