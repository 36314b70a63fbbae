package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
	"net/netip"
	"os"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"sallyport/internal/fact"
	"sallyport/internal/finding"
	"sallyport/internal/firewall"
	"sallyport/internal/firewall/reach"
	"sallyport/internal/report"
)

// patience is how long questions may keep each other waiting: those that come at once are answered together, since each may name
// an address of the host that another one's translation leads to.
const patience = 100 * time.Millisecond

// maxBatch bounds how many questions wait for each other.
const maxBatch = 100_000

// answerFlows answers each question by a line.
func (f *reachFlags) answerFlows(cmd *cobra.Command, set *firewall.Ruleset) error {
	in := cmd.InOrStdin()
	if f.flows != "-" {
		file, err := os.Open(f.flows)
		if err != nil {
			return fmt.Errorf("--flows: %w", err)
		}
		defer file.Close()
		in = file
	}
	local, err := f.hosts()
	if err != nil {
		return err
	}
	lines, end := make(chan string, 1024), error(nil)
	go func() {
		defer close(lines)
		scan := bufio.NewScanner(in)
		scan.Buffer(nil, 1<<20)
		for scan.Scan() {
			lines <- scan.Text()
		}
		end = scan.Err()
	}()
	number, failed := 0, false
	for batch := range batches(lines) {
		questions := make([]asked, len(batch))
		for i, line := range batch {
			questions[i] = ask(line)
		}
		local = append(local, hosts(questions)...)
		m, err := reach.New(set, local...)
		if err != nil {
			return err
		}
		out := bufio.NewWriter(cmd.OutOrStdout())
		for _, q := range questions {
			number++
			if q.empty {
				continue
			}
			text, err := answerLine(m, q)
			if err != nil {
				failed = true
				fmt.Fprintf(cmd.ErrOrStderr(), "sallyport: --flows: line %d: %s\n", number, report.Escape(err.Error()))
			}
			out.Write(append(text, '\n'))
		}
		if err := out.Flush(); err != nil {
			return err
		}
	}
	if end != nil {
		return fmt.Errorf("--flows: line %d: %w", number+1, end)
	}
	if failed {
		return exitCode(finding.None)
	}
	return nil
}

// batches puts lines together that come at once.
func batches(lines <-chan string) iter.Seq[[]string] {
	return func(yield func([]string) bool) {
		for first := range lines {
			batch := []string{first}
			for more := true; more && len(batch) < maxBatch; {
				select {
				case line, ok := <-lines:
					if more = ok; ok {
						batch = append(batch, line)
					}
				case <-time.After(patience):
					more = false
				}
			}
			if !yield(batch) {
				return
			}
		}
	}
}

// An asked is a line of questions: one, or why it is none.
type asked struct {
	question
	empty bool
	err   error
}

func ask(line string) (a asked) {
	if a.empty = strings.TrimSpace(line) == ""; a.empty {
		return a
	}
	dec := json.NewDecoder(strings.NewReader(line))
	dec.DisallowUnknownFields()
	if a.err = dec.Decode(&a.question); a.err != nil {
		return a
	}
	if _, err := dec.Token(); !errors.Is(err, io.EOF) {
		a.err = errors.New("more than one question on the line")
	}
	return a
}

// hosts are the addresses that questions take for the host's own: where input arrives, and where output comes from.
func hosts(list []asked) []netip.Addr {
	var all []netip.Addr
	for _, q := range list {
		text := map[string]string{"": q.To, "input": q.To, "output": q.From}[q.Hook]
		if a, err := netip.ParseAddr(text); err == nil && q.err == nil && !slices.Contains(all, a) {
			all = append(all, a.WithZone("").Unmap())
		}
	}
	return all
}

// An answered is the line that answers a question.
type answered struct {
	Accepted  string   `json:"accepted"`
	Rejected  string   `json:"rejected"`
	Dropped   string   `json:"dropped"`
	Unknown   string   `json:"unknown"`
	Elsewhere string   `json:"elsewhere"`
	Why       []string `json:"why,omitempty"`
	Error     string   `json:"error,omitempty"`
}

// answerLine answers a question in JSON; of a question that cannot be read the answer says why.
func answerLine(m *reach.Model, q asked) ([]byte, error) {
	a, err := answer(m, q)
	if err != nil {
		a = answered{Error: err.Error()}
	}
	text, _ := json.Marshal(a)
	return text, err
}

func answer(m *reach.Model, q asked) (answered, error) {
	if q.err != nil {
		return answered{}, q.err
	}
	flow, err := q.flow()
	if err != nil {
		return answered{}, err
	}
	a := m.Ask(flow)
	numbered := hasPorts(q.Proto)
	text := func(s firewall.Set) string { return notation(s, numbered) }
	return answered{
		Accepted: text(a.Accepted), Rejected: text(a.Rejected), Dropped: text(a.Dropped), Unknown: text(a.Unknown),
		Elsewhere: text(a.Elsewhere), Why: reasons(a.Why),
	}, nil
}

func reasons(why []firewall.Unknown) []string {
	var all []string
	for _, u := range why {
		all = append(all, place(u.At)+": "+u.Why)
	}
	return all
}

// place names a line.
func place(s fact.Span) string { return s.File + ":" + strconv.Itoa(s.Line) }
