package accuracy

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/BurntSushi/toml"
)

// A Verdict is what a peer and we say of one case about one check.
type Verdict struct {
	Case       *Case
	Check      string
	Ours, Want string
	Key        string
	Reason     *Disagreement
}

func (v *Verdict) agrees() bool { return v.Ours == v.Want }

// A Disagreement is a case in which we are not of a peer's opinion, with the reason.
type Disagreement struct {
	Peer, Check string
	// Keys are the cases: the beginning of the SHA-256 of check and Dockerfile.
	Keys []string
	// Ours is our verdict: "fires", "silent", or lines.
	Ours string
	// Gist says what the Dockerfiles have in common, and Reason why our verdict is right.
	Gist, Reason string
	used         map[string]bool
}

// A Score is the comparison with one peer.
type Score struct {
	Peer     string
	Cases    int
	Dropped  map[string]int
	Verdicts []*Verdict
	Unmapped map[string]int // cases by check
}

func (s *Score) agreeing() (n int) {
	for _, v := range s.Verdicts {
		if v.agrees() {
			n++
		}
	}
	return n
}

func key(check, text string) string {
	sum := sha256.Sum256([]byte(check + "\x00" + text))
	return hex.EncodeToString(sum[:4])
}

// compare judges the cases and compares what is mapped.
func compare(t *testing.T, peer string, cases []*Case, dropped map[string]int) *Score {
	t.Helper()
	j := theJudge(t)
	refusing := readParity(t, peer).Refused
	s := &Score{Peer: peer, Cases: len(cases), Dropped: dropped, Unmapped: map[string]int{}}
	for _, n := range dropped {
		s.Cases += n
	}
	results := make([][]*Verdict, len(cases))
	errs := make([]error, len(cases))
	parallel(len(cases), func(i int) {
		var lines map[string][]int
		var refused string
		lines, refused, errs[i] = j.lines(cases[i])
		results[i] = verdicts(j, cases[i], lines, refused, refusing)
	})
	for i, c := range cases {
		if errs[i] != nil {
			t.Errorf("%s: %v", c.Name, errs[i])
		}
		if results[i] == nil {
			s.Unmapped[c.Rule]++
		}
		s.Verdicts = append(s.Verdicts, results[i]...)
	}
	return s
}

// verdicts compares one case: about its check, or where it has none about each that somebody says.
func verdicts(j *judge, c *Case, lines map[string][]int, refused string, refusing map[string]string) []*Verdict {
	mapped := func(check string) bool { return refusing[check] != "" || len(j.equal[c.Peer+":"+check]) > 0 }
	var all []*Verdict
	add := func(check string) {
		v := &Verdict{Case: c, Check: check, Key: key(check, c.Text)}
		v.Want, v.Ours = say(c.Want, check), say(lines, check)
		if c.Rule != "" && v.Ours != "silent" {
			v.Ours = "fires"
		}
		switch {
		case refused != "" && refusing[check] != "":
			v.Ours = "fires"
		case refused != "":
			v.Ours = "refused: " + refused
		}
		all = append(all, v)
	}
	if c.Rule != "" {
		if mapped(c.Rule) {
			add(c.Rule)
		}
		return all
	}
	checks := map[string][]int{}
	maps.Copy(checks, lines)
	maps.Copy(checks, c.Want)
	known := 0
	for _, check := range slices.Sorted(maps.Keys(checks)) {
		if mapped(check) {
			add(check)
			known++
		}
	}
	if known == 0 && len(c.Want) == 0 {
		add("none")
	}
	return all
}

// say writes a verdict: silent, fires, or the lines.
func say(lines map[string][]int, check string) string {
	l, ok := lines[check]
	switch {
	case !ok:
		return "silent"
	case len(l) == 0:
		return "fires"
	}
	return "line " + strings.Trim(fmt.Sprint(l), "[]")
}

// disagreements reads the list of those that are meant.
func disagreements(t *testing.T) []*Disagreement {
	t.Helper()
	var file struct{ Disagreement []*Disagreement }
	meta, err := toml.DecodeFile("testdata/disagreements.toml", &file)
	if err != nil {
		t.Fatal(err)
	}
	if extra := meta.Undecoded(); len(extra) > 0 {
		t.Fatalf("testdata/disagreements.toml: unknown %v", extra)
	}
	for _, d := range file.Disagreement {
		if d.Peer == "" || d.Check == "" || len(d.Keys) == 0 || d.Gist == "" || d.Reason == "" || d.Ours == "" {
			t.Fatalf("testdata/disagreements.toml: %+v lacks something", d)
		}
		d.used = map[string]bool{}
	}
	return file.Disagreement
}

// few cases are not enough for shares of a hundred.
const few = 50

// settle demands that the disagreements are exactly those that are listed, and few.
func settle(t *testing.T, s *Score) {
	t.Helper()
	listed := disagreements(t)
	counts := map[string][2]int{}
	for _, v := range s.Verdicts {
		n := counts[v.Check]
		n[1]++
		if v.agrees() {
			n[0]++
		}
		counts[v.Check] = n
		if !v.agrees() {
			explain(t, s, v, listed)
		}
	}
	for _, d := range listed {
		for _, k := range d.Keys {
			if d.Peer == s.Peer && !d.used[k] && *only == "" {
				t.Errorf("testdata/disagreements.toml: %s:%s %s is no disagreement any more: take it out", d.Peer, d.Check, k)
			}
		}
	}
	for _, check := range slices.Sorted(maps.Keys(counts)) {
		t.Logf("%s:%s %d of %d", s.Peer, check, counts[check][0], counts[check][1])
	}
	agreeing := s.agreeing()
	t.Logf("%s: %d of %d verdicts agree, %.1f %%; not mapped: %v", s.Peer, agreeing, len(s.Verdicts),
		100*float64(agreeing)/float64(max(len(s.Verdicts), 1)), s.Unmapped)
	// Over real files nobody says what is right, so that there each difference counts, and not how many; and so it is with few cases.
	if agreeing*100 < 98*len(s.Verdicts) && len(s.Verdicts) >= few && !strings.HasSuffix(s.Peer, "real files") {
		complain(t, s.Peer)("%s: less than 98 %% of the verdicts agree", s.Peer)
	}
}

// complain reports an error, or only says it as long as checks of the peer wait for a rule.
func complain(t *testing.T, peer string) func(string, ...any) {
	first, _, _ := strings.Cut(peer, " ") // "buildkit over real files"
	if len(readParity(t, first).NotYet) > 0 {
		return t.Logf
	}
	return t.Errorf
}

// explain finds the reason of a disagreement, or reports it.
func explain(t *testing.T, s *Score, v *Verdict, listed []*Disagreement) {
	t.Helper()
	v.Reason = find(listed, s, v)
	show := complain(t, s.Peer)
	if v.Reason != nil {
		show = func(format string, args ...any) { t.Logf("meant: "+format, args...) }
		if *only == "" {
			return
		}
	}
	if *only == "" || *only == v.Check {
		show("%s:%s %s (%s)\n  they: %s\n  we:   %s\n%s", s.Peer, v.Check, v.Key, v.Case.Name, v.Want, v.Ours, indent(v.Case.Text))
	}
}

// find returns the listed disagreement that a verdict is, or nil, and marks it as used.
func find(listed []*Disagreement, s *Score, v *Verdict) *Disagreement {
	for _, d := range listed {
		if d.Peer == s.Peer && d.Check == v.Check && strings.HasPrefix(v.Ours, d.Ours) && slices.Contains(d.Keys, v.Key) {
			d.used[v.Key] = true
			return d
		}
	}
	return nil
}

func indent(text string) string {
	return "    | " + strings.ReplaceAll(strings.TrimRight(text, "\n"), "\n", "\n    | ")
}
