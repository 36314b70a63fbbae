package main

import (
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"sallyport/internal/advisory"
	"sallyport/internal/git"
	"sallyport/internal/report"
)

func newAdvisories() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "advisories",
		Short: "Fetch the database of security advisories, and say what is there",
		Long: `sallyport audits Cargo.lock with a database of advisories: RustSec's advisory-db, or an export of OSV. No other
command downloads anything: "advisories update" fetches the database into your cache, and "check" uses what is
there, or what --advisories names.`,
		Args: cobra.NoArgs,
	}
	cmd.AddCommand(newAdvisoriesUpdate(), newAdvisoriesStatus())
	return cmd
}

// advisoryDir is the folder of the user's copy and of all indexes; "" where the user has no cache.
func advisoryDir() string {
	cache, err := os.UserCacheDir()
	if err != nil {
		return ""
	}
	return filepath.Join(cache, "sallyport", "advisories")
}

func newAdvisoriesUpdate() *cobra.Command {
	var address string
	cmd := &cobra.Command{
		Use:   "update",
		Short: "Fetch the database over https into your cache",
		Long: `update asks the server whether the copy in your cache is current, and else fetches the archive, checks its digest
where the server sends one, reads it, and puts it in the place of the old copy. Where anything goes wrong the
old copy stays.`,
		Example: `  sallyport advisories update
  sallyport advisories update --url https://osv-vulnerabilities.storage.googleapis.com/crates.io/all.zip`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			store := advisory.Copy{Dir: advisoryDir()}
			if store.Dir == "" {
				return fmt.Errorf("there is no cache directory for this user: set XDG_CACHE_HOME")
			}
			progress, end := newTransfer(cmd.ErrOrStderr())
			changed, err := store.Update(cmd.Context(), &http.Client{Timeout: 15 * time.Minute}, address, progress)
			end()
			if err != nil {
				return err
			}
			if !changed {
				fmt.Fprintln(cmd.OutOrStdout(), "the copy is current")
			}
			return printStatus(cmd, store.File(), store)
		},
	}
	cmd.Flags().StringVar(&address, "url", advisory.RustSec, "zip or tar.gz archive of RustSec's advisory-db, or of an export of OSV")
	return cmd
}

func newAdvisoriesStatus() *cobra.Command {
	return &cobra.Command{
		Use:   "status [PATH]",
		Short: "Say how old the database is, how much it holds, and where it comes from",
		Args:  cobra.MaximumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			store := advisory.Copy{Dir: advisoryDir()}
			if len(args) == 1 {
				return printStatus(cmd, args[0], advisory.Copy{})
			}
			if _, ok := store.Fetched(); !ok {
				return fmt.Errorf("there is no database yet: run 'sallyport advisories update', or name one with --advisories")
			}
			return printStatus(cmd, store.File(), store)
		},
	}
}

func printStatus(cmd *cobra.Command, location string, store advisory.Copy) error {
	db, err := openAdvisories(location)
	if err != nil {
		return err
	}
	out := cmd.OutOrStdout()
	line := func(name, value string) {
		if value != "" {
			fmt.Fprintf(out, "%-11s %s\n", name, report.Escape(value))
		}
	}
	line("database", db.Source.Path)
	line("format", db.Source.Format)
	line("advisories", fmt.Sprint(db.Source.Count))
	line("ecosystems", ecosystems(db))
	line("changed", since(db.Source.Updated, time.Now()))
	line("commit", db.Source.Commit)
	if f, ok := store.Fetched(); ok && store.Dir != "" {
		line("fetched", since(f.At, time.Now()))
		line("checked", since(f.Checked, time.Now()))
		line("from", f.URL)
		line("sha256", f.SHA256)
	}
	return nil
}

// maxEcosystems bounds how many are named.
const maxEcosystems = 12

// ecosystems are what the advisories are about.
func ecosystems(db *advisory.Database) string {
	names := db.Ecosystems()
	if more := len(names) - maxEcosystems; more > 0 {
		return fmt.Sprintf("%s and %d more", strings.Join(names[:maxEcosystems], ", "), more)
	}
	return strings.Join(names, ", ")
}

// since shows a time with its age.
func since(stamp string, now time.Time) string {
	at, err := time.Parse(time.RFC3339, stamp)
	if err != nil {
		return stamp
	}
	switch days := int(now.Sub(at).Hours() / 24); {
	case days < 0:
		return stamp + " (in the future)"
	case days == 0:
		return stamp + " (today)"
	case days == 1:
		return stamp + " (1 day ago)"
	default:
		return fmt.Sprintf("%s (%d days ago)", stamp, days)
	}
}

// openAdvisories opens the database at a path, with an index of it in the user's cache.
func openAdvisories(location string) (*advisory.Database, error) {
	return advisory.Open(location, advisory.Options{Cache: advisoryDir(), Commit: git.Head})
}

// advisories opens what --advisories names, else the user's copy; nil where there is none.
func (f *sessionFlags) openAdvisories() (*advisory.Database, error) {
	if f.advisories != "" {
		return openAdvisories(f.advisories)
	}
	store := advisory.Copy{Dir: advisoryDir()}
	if _, ok := store.Fetched(); !ok || store.Dir == "" {
		return nil, nil
	}
	return openAdvisories(store.File())
}
