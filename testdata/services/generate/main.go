// Command generate writes the Cargo.lock of each example service anew, with cargo itself and without a
// network: it makes a directory source of stub crates from current.txt and laptop.txt, points cargo's
// crates-io at it, and runs "cargo generate-lockfile --offline". The lock that comes out names the
// registry crates.io as any lock does. The checksums are those of the stubs.
//
// Run it from the root of the module:
//
//	go run ./testdata/services/generate          # write the locks
//	go run ./testdata/services/generate -check   # only ask whether cargo accepts the present ones
//
// A line of the tables is a crate "NAME VERSION", or, indented below it, either one of its dependencies
// "NAME REQUIREMENT [?] [build] [nodefault] [+FEATURES] [cfg(...)]", where ? is optional, or a feature
// "feature NAME = WHAT IT ENABLES".
package main

import (
	"crypto/sha256"
	"flag"
	"fmt"
	"log"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
)

const services = "testdata/services"

// sets says which table each service is resolved against.
var sets = map[string]string{
	"ledger-laptop":     "laptop",
	"ledger-hardened":   "current",
	"ledger-systemd":    "current",
	"ledger-distroless": "current",
}

func main() {
	check := flag.Bool("check", false, "only check that cargo accepts the locks as they are")
	flag.Parse()
	log.SetFlags(0)
	if err := run(*check); err != nil {
		log.Fatal(err)
	}
}

func run(check bool) error {
	tmp, err := os.MkdirTemp("", "ledger-stubs-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(tmp)
	for service, set := range sets {
		home := filepath.Join(tmp, set)
		if err := source(filepath.Join(services, "generate", set+".txt"), home); err != nil {
			return err
		}
		dir := filepath.Join(services, service)
		if !check {
			if err := cargo(dir, home, "generate-lockfile"); err != nil {
				return err
			}
		}
		if err := cargo(dir, home, "metadata", "--locked", "--format-version=1"); err != nil {
			return err
		}
		lock, err := os.ReadFile(filepath.Join(dir, "Cargo.lock"))
		if err != nil {
			return err
		}
		fmt.Printf("%s: cargo accepts a lock of %d packages\n", service, strings.Count(string(lock), "[[package]]"))
	}
	return nil
}

// cargo runs one cargo command in dir with the stubs for crates.io. The toolchain is the machine's own:
// those that the services name need not be installed.
func cargo(dir, home string, args ...string) error {
	c := exec.Command("cargo", append(args, "--offline")...)
	c.Dir = dir
	c.Env = append(os.Environ(), "CARGO_HOME="+home, "RUSTUP_TOOLCHAIN=stable")
	if out, err := c.CombinedOutput(); err != nil {
		return fmt.Errorf("%s: cargo %s: %w\n%s", dir, args[0], err, out)
	}
	return nil
}

// source writes a CARGO_HOME whose configuration replaces crates.io by the stubs of a table.
func source(table, home string) error {
	text, err := os.ReadFile(table)
	if err != nil {
		return err
	}
	stubs := filepath.Join(home, "stubs")
	for _, crate := range parse(string(text)) {
		if err := crate.write(stubs); err != nil {
			return err
		}
	}
	config := fmt.Sprintf("[source.crates-io]\nreplace-with = \"stubs\"\n\n[source.stubs]\ndirectory = %q\n", stubs)
	return os.WriteFile(filepath.Join(home, "config.toml"), []byte(config), 0o644)
}

// A crate is one block of a table.
type crate struct {
	name, version string
	dependencies  []string
	features      []string
}

func parse(text string) []*crate {
	var crates []*crate
	for _, line := range strings.Split(text, "\n") {
		words := strings.Fields(line)
		switch {
		case len(words) == 0 || words[0] == "#":
		case line[0] != ' ':
			crates = append(crates, &crate{name: words[0], version: words[1]})
		case words[0] == "feature":
			last := crates[len(crates)-1]
			last.features = append(last.features, fmt.Sprintf("%s = [%s]", words[1], quoted(words[3:])))
		default:
			last := crates[len(crates)-1]
			last.dependencies = append(last.dependencies, dependency(words))
		}
	}
	return crates
}

// dependency writes one dependency as a table of Cargo.toml.
func dependency(words []string) string {
	table, rest := "dependencies", []string{fmt.Sprintf("version = %q", words[1])}
	target := ""
	for _, word := range words[2:] {
		switch {
		case word == "?":
			rest = append(rest, "optional = true")
		case word == "build":
			table = "build-dependencies"
		case word == "nodefault":
			rest = append(rest, "default-features = false")
		case word[0] == '+':
			rest = append(rest, fmt.Sprintf("features = [%s]", quoted(strings.Split(word[1:], ","))))
		default:
			target = fmt.Sprintf("target.'%s'.", word)
		}
	}
	return fmt.Sprintf("[%s%s.%s]\n%s\n", target, table, words[0], strings.Join(rest, "\n"))
}

func quoted(words []string) string {
	all := slices.Clone(words)
	for i := range all {
		all[i] = fmt.Sprintf("%q", all[i])
	}
	return strings.Join(all, ", ")
}

func (c *crate) write(stubs string) error {
	dir := filepath.Join(stubs, c.name+"-"+c.version)
	if err := os.MkdirAll(filepath.Join(dir, "src"), 0o755); err != nil {
		return err
	}
	manifest := fmt.Sprintf("[package]\nname = %q\nversion = %q\nedition = \"2021\"\n\n[features]\n%s\n\n%s",
		c.name, c.version, strings.Join(c.features, "\n"), strings.Join(c.dependencies, "\n"))
	sum := sha256.Sum256([]byte(manifest))
	for name, text := range map[string]string{
		"Cargo.toml":           manifest,
		"src/lib.rs":           "",
		".cargo-checksum.json": fmt.Sprintf(`{"files":{},"package":"%x"}`, sum),
	} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
			return err
		}
	}
	return nil
}
