package advisory

import (
	"errors"
	"fmt"
	"path"
	"strings"

	"github.com/BurntSushi/toml"
)

// front is the block that opens an advisory of RustSec
// (https://github.com/rustsec/advisory-db, "Advisory Format").
type front struct {
	Advisory struct {
		ID            string   `toml:"id"`
		Package       string   `toml:"package"`
		Date          day      `toml:"date"`
		URL           string   `toml:"url"`
		Title         string   `toml:"title"`
		Aliases       []string `toml:"aliases"`
		CVSS          string   `toml:"cvss"`
		Informational string   `toml:"informational"`
		Withdrawn     day      `toml:"withdrawn"`
	} `toml:"advisory"`
	Versions struct {
		Patched    []string `toml:"patched"`
		Unaffected []string `toml:"unaffected"`
	} `toml:"versions"`
	Affected struct {
		Arch      []string       `toml:"arch"`
		OS        []string       `toml:"os"`
		Functions map[string]any `toml:"functions"`
	} `toml:"affected"`
}

// A day is written as a string or as TOML's own date.
type day string

// UnmarshalText reads either.
func (d *day) UnmarshalText(text []byte) error {
	*d = day(dayOf(string(text)))
	return nil
}

const fence = "```"

// rustsec reads one Markdown file. collection is the folder below which it lies: "crates" or "rust".
func rustsec(file, text string) (Advisory, error) {
	text = strings.ReplaceAll(text, "\r\n", "\n")
	body, ok := strings.CutPrefix(strings.TrimLeft(text, "\n\ufeff "), fence+"toml\n")
	block, rest, closed := strings.Cut(body, "\n"+fence)
	if !ok || !closed {
		return Advisory{}, errors.New("no TOML between the fences at the start of the file")
	}
	var f front
	meta, err := toml.Decode(block, &f)
	if err != nil {
		return Advisory{}, err
	}
	a := Advisory{
		ID: f.Advisory.ID, Ecosystem: CratesIO, Package: f.Advisory.Package, Kind: f.Advisory.Informational,
		Title: f.Advisory.Title, URL: rustsecURL(f.Advisory.ID), Aliases: f.Advisory.Aliases,
		Date: string(f.Advisory.Date), Withdrawn: string(f.Advisory.Withdrawn), CVSS: f.Advisory.CVSS,
		Patched: f.Versions.Patched, Arch: f.Affected.Arch, OS: f.Affected.OS, Functions: keys(f.Affected.Functions),
		Affected: []Interval{{}},
	}
	switch {
	case a.ID == "" || a.Package == "":
		return a, errors.New("the advisory has no id or no package")
	case !meta.IsDefined("versions"):
		return a, errors.New("the table [versions] is missing")
	case a.Kind == "":
		a.Kind = vulnerability
	}
	if path.Base(path.Dir(path.Dir(file))) == "rust" {
		a.Ecosystem = "rust"
	}
	for line := range strings.Lines(rest) {
		if title, ok := strings.CutPrefix(line, "# "); ok && a.Title == "" {
			a.Title = strings.TrimSpace(title)
		}
	}
	for _, safe := range [][]string{f.Versions.Patched, f.Versions.Unaffected} {
		for _, req := range safe {
			i, err := requirement(req)
			if err != nil {
				return a, err
			}
			a.Affected = without(a.Affected, i)
		}
	}
	return a, nil
}

func rustsecURL(id string) string {
	if !strings.HasPrefix(id, "RUSTSEC-") {
		return ""
	}
	return fmt.Sprintf("https://rustsec.org/advisories/%s.html", id)
}
