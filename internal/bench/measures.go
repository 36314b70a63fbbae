package main

import (
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"time"
)

// line prints one figure beside its budget.
func line(what, figure, budget string, held bool) {
	mark := "ok  "
	if !held {
		mark = "OVER"
	}
	fmt.Printf("%s  %-58s %-30s budget %s\n", mark, what, figure, budget)
}

func ratio(a, b time.Duration) float64 { return float64(a) / float64(b) }

func ms(d time.Duration) string { return fmt.Sprintf("%.1f ms", float64(d)/float64(time.Millisecond)) }

// now keeps runs alike.
const now = "2026-11-20T12:00:00Z"

func (b *benchmark) check(dir string) []string {
	return []string{b.bin("sallyport"), "check", filepath.Join(b.dir, dir), "--now", now, "-o", "sarif=" + filepath.Join(b.dir, "out.sarif")}
}

func (b *benchmark) startUp() error {
	s, err := b.measure([]string{b.bin("empty")}, []string{b.bin("sallyport"), "version"})
	if err != nil {
		return err
	}
	more := s[1].cpu - s[0].cpu
	line("version: CPU beyond an empty Go program", ms(more), "10 ms", more <= 10*time.Millisecond)
	return nil
}

// oneDockerfile compares a cold process with opa eval, which loads the same rules for the same facts.
func (b *benchmark) oneDockerfile() error {
	facts, err := exec.Command(b.bin("sallyport"), "facts", filepath.Join(b.dir, "one"), "--kind", "dockerfile").Output()
	if err != nil {
		return err
	}
	var docs []json.RawMessage
	if err := json.Unmarshal(facts, &docs); err != nil || len(docs) != 1 {
		return fmt.Errorf("facts of one Dockerfile: %d documents: %w", len(docs), err)
	}
	input := filepath.Join(b.dir, "one.json")
	if err := os.WriteFile(input, docs[0], 0o644); err != nil {
		return err
	}
	s, err := b.measure(b.check("one"), []string{b.bin("opa"), "eval", "--bundle", "policies", "--input", input, "data.policies.dockerfile"})
	if err != nil {
		return err
	}
	r := ratio(s[0].cpu, s[1].cpu)
	line("one Dockerfile, cold: CPU against opa eval", fmt.Sprintf("%.2f (%s, %s)", r, ms(s[0].cpu), ms(s[1].cpu)), "0.50", r <= 0.5)
	return nil
}

// engine compares the machine with OPA's evaluator, in one process, over facts that are there already.
func (b *benchmark) engine() error {
	out, err := exec.Command(b.bin("engine"), filepath.Join(b.dir, "dockerfiles-100")).Output()
	if err != nil {
		return fmt.Errorf("engine: %w", err)
	}
	var machine, opa time.Duration
	if _, err := fmt.Sscan(string(out), &machine, &opa); err != nil {
		return fmt.Errorf("engine: %w", err)
	}
	r := ratio(machine, opa)
	line("evaluation of a Dockerfile: CPU against OPA's evaluator", fmt.Sprintf("%.2f (%s, %s)", r, us(machine), us(opa)), "0.25", r <= 0.25)
	return nil
}

func (b *benchmark) thousandDockerfiles() error {
	return b.against("1000 Dockerfiles", "dockerfiles-1000", 4)
}

func (b *benchmark) thousandManifests() error {
	return b.against("1000 manifests", "manifests-1000", 3)
}

// cleanCorpus is the folder of manifests of which the rules say little.
const cleanCorpus = "manifests-clean-1000"

func (b *benchmark) thousandClean() error {
	return b.against("1000 clean manifests", cleanCorpus, 3)
}

// against holds a corpus against the floor: CPU, use of both cores, memory.
func (b *benchmark) against(what, dir string, budget float64) error {
	s, err := b.measure(b.check(dir), []string{b.bin("floor"), filepath.Join(b.dir, dir)})
	if err != nil {
		return err
	}
	gate, floor := s[0], s[1]
	r := ratio(gate.cpu, floor.cpu)
	line(what+": CPU against the floor", fmt.Sprintf("%.2f (%s, %s)", r, ms(gate.cpu), ms(floor.cpu)), fmt.Sprintf("%.2f", budget), r <= budget)
	w := ratio(gate.wall, gate.cpu)
	line(what+": wall against CPU", fmt.Sprintf("%.2f (%s)", w, ms(gate.wall)), "0.60", w <= 0.6)
	limit := 3*floor.rss + 40<<10
	line(what+": memory", fmt.Sprintf("%d MiB (floor %d MiB)", gate.rss>>10, floor.rss>>10), fmt.Sprintf("%d MiB", limit>>10), gate.rss <= limit)
	return nil
}

// growth shows whether the cost per document stays the same.
func (b *benchmark) growth() error {
	var per []time.Duration
	base, err := b.measure([]string{b.bin("sallyport"), "version"})
	if err != nil {
		return err
	}
	for _, n := range []int{100, 1000, 10000} {
		runs := b.runs
		if n == 10000 {
			b.runs = min(3, runs)
		}
		s, err := b.measure(b.check(fmt.Sprintf("dockerfiles-%d", n)))
		b.runs = runs
		if err != nil {
			return err
		}
		per = append(per, (s[0].cpu-base[0].cpu)/time.Duration(n))
	}
	r := ratio(per[2], per[1])
	line("CPU per Dockerfile at 100, 1000, 10000", fmt.Sprintf("%s, %s, %s", us(per[0]), us(per[1]), us(per[2])), "10000 at most 1.25 of 1000", r <= 1.25)
	return nil
}

func us(d time.Duration) string { return fmt.Sprintf("%d us", d.Microseconds()) }
