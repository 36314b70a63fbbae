package auditable

import (
	"fmt"
	"strings"

	"sallyport/internal/advisory"
	"sallyport/internal/audit"
)

// An Audit is what a database of advisories says about the crates of a program. It has the shape of the audit of a lock file.
type Audit struct {
	// Done is true where the run has a database.
	Done bool `json:"done"`
	// Database says what it is.
	Database audit.Database `json:"database"`
	// Hits are the advisories that crates are affected by, in the order of the crates.
	Hits []audit.Hit `json:"hits"`
	// Forks are crates of another source than crates.io whose name and version an advisory is about.
	Forks []audit.Hit `json:"forks"`
	// Indexed is true where the run has a registry's index, which knows the versions that were yanked.
	Indexed bool `json:"indexed"`
}

// NewAudit asks the database and the registry's index about every crate; both may be nil.
func NewAudit(crates []Crate, db *advisory.Database, registry *advisory.Registry) (Audit, error) {
	a := Audit{Done: db != nil, Database: audit.Of(db), Indexed: registry != nil, Hits: []audit.Hit{}, Forks: []audit.Hit{}}
	if !a.Done && !a.Indexed {
		return a, nil
	}
	ways := Paths(crates)
	for i := range crates {
		c := &crates[i]
		if c.Source == "local" {
			continue // the workspace's own code, and not what the registry has under that name
		}
		if a.Done {
			for _, h := range db.Find(advisory.CratesIO, c.Name, c.Version) {
				hit := explained(audit.NewHit(&h, asked(c, i)), c, ways[i])
				if c.Source == "crates.io" {
					a.Hits = append(a.Hits, hit)
				} else {
					a.Forks = append(a.Forks, hit)
				}
			}
		}
		if a.Indexed && c.Source == "crates.io" {
			hit, yanked, _, err := audit.Yanked(registry, db, asked(c, i))
			if err != nil {
				return a, fmt.Errorf("registry index: %w", err)
			}
			if yanked {
				a.Hits = append(a.Hits, explained(hit, c, ways[i]))
			}
		}
	}
	return a, nil
}

func asked(c *Crate, at int) audit.Package {
	return audit.Package{Name: c.Name, Version: c.Version, Source: c.Source, At: at}
}

// explained says how the program came to the crate.
func explained(hit audit.Hit, c *Crate, way []string) audit.Hit {
	hit.Scope, hit.Built = "normal", "yes"
	if c.Kind == "build" {
		hit.Scope = "build"
	}
	if len(way) > 0 {
		hit.Paths = append(hit.Paths, strings.Join(way, " > "))
	}
	return hit
}
