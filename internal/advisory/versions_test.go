package advisory

import (
	"fmt"
	"math/rand/v2"
	"testing"
)

// TestRequirement shows what a requirement means in the plain order of versions.
func TestRequirement(t *testing.T) {
	for _, c := range []struct {
		req     string
		in, out []string
	}{
		{">= 1.2.3", []string{"1.2.3", "1.2.4", "2.0.0-rc.1", "10.0.0"}, []string{"1.2.2", "1.2.3-rc.1"}},
		{"> 1.2.3", []string{"1.2.4-0", "1.2.4"}, []string{"1.2.3", "1.2.3+build"}},
		{"> 1.2", []string{"1.3.0"}, []string{"1.2.9", "1.2.0"}},
		{"< 0.9.0", []string{"0.8.9", "0.9.0-alpha", "0.0.0"}, []string{"0.9.0"}},
		{"<= 1.2", []string{"1.2.9", "1.0.0"}, []string{"1.3.0", "1.3.0-rc.1"}},
		{"^1.2.3", []string{"1.2.3", "1.9.0", "1.3.0-rc.1"}, []string{"2.0.0-alpha", "2.0.0", "1.2.2"}},
		{"1.2.3", []string{"1.2.3", "1.9.0"}, []string{"2.0.0-alpha"}},
		{"^0.2.3", []string{"0.2.3", "0.2.99"}, []string{"0.3.0-0", "0.2.2"}},
		{"^0.0.3", []string{"0.0.3"}, []string{"0.0.4", "0.0.4-rc"}},
		{"^0.0", []string{"0.0.0", "0.0.9"}, []string{"0.1.0"}},
		{"^0", []string{"0.0.1", "0.9.9"}, []string{"1.0.0-rc"}},
		{"~1.2.3", []string{"1.2.3", "1.2.9"}, []string{"1.3.0-rc.1", "1.2.2"}},
		{"~1", []string{"1.0.0", "1.9.9"}, []string{"2.0.0"}},
		{"=1.2.3", []string{"1.2.3", "1.2.3+x"}, []string{"1.2.4", "1.2.3-rc"}},
		{"=1.2", []string{"1.2.0", "1.2.7"}, []string{"1.3.0", "1.1.9"}},
		{"1.*", []string{"1.0.0", "1.9.9"}, []string{"2.0.0"}},
		{"0.*", []string{"0.0.1", "0.9.9"}, []string{"1.0.0"}},
		{"1.2.*", []string{"1.2.0", "1.2.9"}, []string{"1.3.0"}},
		{"*", []string{"0.0.0", "9.9.9"}, nil},
		{">= 0.10.2, < 0.11.0", []string{"0.10.2", "0.10.9", "0.11.0-rc.1"}, []string{"0.11.0", "0.10.1"}},
		{">=1.0.0-beta.2", []string{"1.0.0-beta.10", "1.0.0"}, []string{"1.0.0-beta.1", "1.0.0-alpha"}},
		{"^18446744073709551615.0.0", []string{"18446744073709551615.1.0"}, []string{"18446744073709551616.0.0"}},
	} {
		i, err := requirement(c.req)
		if err != nil {
			t.Errorf("%s: %v", c.req, err)
			continue
		}
		for _, list := range []struct {
			versions []string
			want     bool
		}{{c.in, true}, {c.out, false}} {
			for _, text := range list.versions {
				v, ok := normal(text)
				if !ok || holds(i, v) != list.want {
					t.Errorf("%s contains %s: want %v (a version: %v)", c.req, text, list.want, ok)
				}
			}
		}
	}
	for _, bad := range []string{"", ">>1", "1.2.3.4", "a.b", ">= ", "< 1, > 2", "1.*.3", "!1"} {
		if i, err := requirement(bad); err == nil {
			t.Errorf("%q is read as %+v, want an error", bad, i)
		}
	}
}

// TestWithout holds the arithmetic of intervals against membership.
func TestWithout(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	version := func() string {
		return fmt.Sprintf("%d.%d.0", r.IntN(3), r.IntN(3)) + []string{"", "-0", "-rc.1"}[r.IntN(3)]
	}
	cut := func() Cut {
		if r.IntN(4) == 0 {
			return Cut{}
		}
		return Cut{Version: version(), After: r.IntN(2) == 0}
	}
	for range 20_000 {
		parts := []Interval{{}}
		outs := make([]Interval, 1+r.IntN(3))
		for i := range outs {
			outs[i] = Interval{From: cut(), To: cut()}
			if sequence(outs[i].From, left, outs[i].To, right) >= 0 {
				outs[i] = Interval{From: Cut{Version: "1.0.0"}}
			}
			parts = without(parts, outs[i])
		}
		v := version()
		excluded, member := false, 0
		for _, o := range outs {
			excluded = excluded || holds(o, v)
		}
		for _, p := range parts {
			if holds(p, v) {
				member++
			}
		}
		if excluded && member != 0 || !excluded && member != 1 {
			t.Fatalf("%s: in %d of %+v, taken out by %+v: %v", v, member, parts, outs, excluded)
		}
	}
}

func holds(i Interval, version string) bool {
	p, ok := order("").at(version)
	return ok && p.in(i)
}
