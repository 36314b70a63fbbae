package nftables

import (
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "rewrite what is expected")

// TestModel compares what rules mean with testdata/model.txt, where each rule has its meaning below it.
func TestModel(t *testing.T) {
	const file = "testdata/model.txt"
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var got strings.Builder
	for line := range strings.Lines(string(data)) {
		rule, isRule := strings.CutPrefix(strings.TrimSpace(line), "> ")
		if !isRule {
			continue
		}
		fmt.Fprintf(&got, "> %s\n", rule)
		set := read(t, fmt.Sprintf(frame, "inet", "ipv4_addr", rule))
		for _, e := range set.Refused {
			fmt.Fprintf(&got, "  refused: %s\n", e.Msg)
		}
		for _, c := range set.Chains {
			if c.Name == "x" && len(c.Rules) > 0 {
				fmt.Fprintf(&got, "  %s\n", showRule(c.Rules[0]))
			}
		}
	}
	if *update {
		if err := os.WriteFile(file, []byte(got.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	} else if diff := cmp.Diff(string(data), got.String()); diff != "" {
		t.Error(diff)
	}
}
