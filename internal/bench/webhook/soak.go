package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"time"
)

// steps is how many parts a soak has; each ends with another bundle and another configuration.
const steps = 50

// soak sends reviews of several kinds while rules and configuration change, and compares memory and goroutines of the last tenth
// with those of the second.
func soak(dir, program string, n int) error {
	dir, err := prepare(dir, &program)
	if err != nil {
		return err
	}
	rules, config := filepath.Join(dir, "rules"), filepath.Join(dir, "sallyport.toml")
	if err := change(rules, config, 0); err != nil {
		return err
	}
	gate, err := start("webhook", program, dir, "--bundle", rules, "--bundle-poll", "1s", "--allow-rollback", "--config", config, "--decision-log", os.DevNull)
	if err != nil {
		return err
	}
	defer gate.stop()
	bodies := [][]byte{hardened(), careless(), hardened(), large(64 << 10)}
	var memory, goroutines [steps]float64
	for step := range steps {
		if _, err := gate.load(context.Background(), n/steps, 8, func(i int) []byte {
			if i%1000 == 999 {
				return large(1 << 20)
			}
			return bodies[i%len(bodies)]
		}); err != nil {
			return err
		}
		if memory[step], goroutines[step], err = gate.settle(); err != nil {
			return err
		}
		if err := change(rules, config, step+1); err != nil {
			return err
		}
		fmt.Printf("%7d reviews: %5.1f MiB, %3.0f goroutines\n", n/steps*(step+1), memory[step]/(1<<20), goroutines[step])
	}
	return verdict(gate, memory, goroutines)
}

// settle reads the memory of a process while it works: the median of some looks.
func (p *process) settle() (memory, goroutines float64, err error) {
	var rss, routines []float64
	for range 5 {
		m, err := p.metrics()
		if err != nil {
			return 0, 0, err
		}
		rss = append(rss, m["process_resident_memory_bytes"])
		routines = append(routines, m["go_goroutines"])
		time.Sleep(20 * time.Millisecond)
	}
	slices.Sort(rss)
	slices.Sort(routines)
	return rss[len(rss)/2], routines[0], nil
}

func verdict(gate *process, memory, goroutines [steps]float64) error {
	m, err := gate.metrics()
	if err != nil {
		return err
	}
	const tenth = steps / 10
	middle := func(of []float64) float64 {
		sorted := slices.Sorted(slices.Values(of))
		return sorted[len(sorted)/2]
	}
	second, last := middle(memory[tenth:2*tenth]), middle(memory[steps-tenth:])
	began, ended := middle(goroutines[tenth:2*tenth]), middle(goroutines[steps-tenth:])
	bundles, configs := m[`sallyport_reloads_total{result="good",what="bundle"}`], m[`sallyport_reloads_total{result="good",what="config"}`]
	fmt.Printf("\nsecond tenth %.1f MiB, last tenth %.1f MiB: %+.1f %%; goroutines %.0f, %.0f; %.0f bundles, %.0f configurations, %.0f panics\n",
		second/(1<<20), last/(1<<20), 100*(last/second-1), began, ended, bundles, configs, m["sallyport_panics_total"])
	switch {
	case last > 1.05*second:
		return fmt.Errorf("memory grows")
	case ended > began+5:
		return fmt.Errorf("goroutines grow")
	case bundles < steps/2 || configs < steps/2:
		return fmt.Errorf("rules and configuration were not taken into use")
	case m["sallyport_panics_total"] > 0:
		return fmt.Errorf("there were panics")
	}
	return nil
}

// change writes other rules and another configuration, each of them the same in size.
func change(rules, config string, step int) error {
	dir := filepath.Join(rules, "kubernetes")
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	if err := replace(filepath.Join(dir, "soaked.rego"), fmt.Appendf(nil, rule, step)); err != nil {
		return err
	}
	return replace(config, fmt.Appendf(nil, "[[binding]]\nname = \"soak-%03d\"\nmode = \"enforce\"\n", step))
}

// replace writes a file at once.
func replace(file string, text []byte) error {
	if err := os.WriteFile(file+".new", text, 0o644); err != nil {
		return err
	}
	return os.Rename(file+".new", file)
}

const rule = `# METADATA
# title: Object is called as the soak's objects never are
# description: >-
#   A rule that changes while it is used.
# custom:
#   severity: low
#   remediation: Choose another name.
#   bad: |
#     apiVersion: v1
#     kind: ConfigMap
#     metadata:
#       name: soaked-%03[1]d
#   good: |
#     apiVersion: v1
#     kind: ConfigMap
#     metadata:
#       name: dry
package policies.kubernetes.soaked

deny contains {"at": ["name"], "msg": "soaked"} if input.name == "soaked-%03[1]d"
`
