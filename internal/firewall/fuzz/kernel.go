package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// verdicts are what the kernel did with new connections: per flow and protocol the ports that came through.
type verdicts struct {
	LoadError     string                       `json:"load_error"`
	Ports         string                       `json:"ports"`
	Flows         map[string]map[string]string `json:"flows"`
	Inbound       group                        `json:"inbound"`
	Loopback      group                        `json:"loopback"`
	Egress        group                        `json:"egress"`
	Forward       group                        `json:"forward"`
	Derived       map[string]map[string]string `json:"derived"`
	DerivedEgress map[string]map[string]string `json:"derived_egress"`
	SourcePort    map[string]map[string]string `json:"source_port"`
	Sampled       []string                     `json:"sampled_flows"`
	Sweep         bool                         `json:"sweep"`
}

type group struct {
	Reach map[string]map[string]string `json:"reach"`
}

// An oracle is the program that asks the kernel.
type oracle struct{ program string }

// findOracle builds the program out of the shared oracles, into the cache. Its sources are copied, because they may not be
// written to, and not into the cache, because they are no sources of ours to format.
func findOracle(sources, cache string) (*oracle, error) {
	program, err := filepath.Abs(filepath.Join(cache, "firewall-oracle", "oracle"))
	if err != nil {
		return nil, err
	}
	copied, err := os.MkdirTemp("", "firewall-oracle")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(copied)
	if err := os.CopyFS(copied, os.DirFS(sources)); err != nil {
		return nil, fmt.Errorf("the oracle is not there: %w", err)
	}
	build := exec.Command("go", "build", "-o", program, ".")
	build.Dir = copied
	if out, err := build.CombinedOutput(); err != nil {
		return nil, fmt.Errorf("%s%w", out, err)
	}
	loader, err := os.ReadFile(filepath.Join(sources, "fwdload.py"))
	if err != nil {
		return nil, err
	}
	return &oracle{program}, os.WriteFile(filepath.Join(filepath.Dir(program), "fwdload.py"), loader, 0o644)
}

// programs are what loads rulesets; Debian's packages of these names have them, iproute2 has ip.
var programs = map[string]string{
	"nft": "nftables", "iptables-restore": "iptables", "ipset": "ipset", "ip": "iproute2", "conntrack": "conntrack", "ufw": "ufw",
}

func missing() []string {
	var all []string
	for program, debian := range programs {
		if _, err := exec.LookPath(program); err != nil {
			all = append(all, debian)
		}
	}
	if _, err := os.Stat("/usr/lib/firewalld/zones"); err != nil {
		all = append(all, "firewalld")
	}
	return all
}

// ask loads a ruleset and sends packets. Beside it are then the ruleset's listings.
func (o *oracle) ask(path string) (*verdicts, error) {
	var out, errs bytes.Buffer
	c := exec.Command(o.program, "-sweep=false", "-e2e=false", "-write", path)
	c.Stdout, c.Stderr = &out, &errs
	if err := c.Run(); err != nil {
		return nil, fmt.Errorf("%s: %s%w", path, errs.String(), err)
	}
	base := strings.TrimSuffix(path, filepath.Ext(path))
	return readVerdicts(base + ".expect.json")
}

func readVerdicts(name string) (*verdicts, error) {
	data, err := os.ReadFile(name)
	if err != nil {
		return nil, err
	}
	v := new(verdicts)
	if err := json.Unmarshal(data, v); err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	if v.LoadError == "" && len(v.Flows) == 0 {
		return nil, errors.New(name + ": no flows")
	}
	return v, nil
}
