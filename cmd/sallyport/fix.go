package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"sallyport/bundles"
	"sallyport/collectors/systemd"
	"sallyport/internal/harden"
)

func newFix() *cobra.Command {
	var unit, profile string
	var dryRun, force bool
	cmd := &cobra.Command{
		Use:   "fix --systemd UNIT",
		Short: "Write a drop-in that restricts a systemd service to what it needs",
		Long: `fix reads a unit with the drop-ins beside it and writes UNIT.d/` + harden.Name + `, which brings the service to the
budget of its profile: with a comment on each line, and chosen by what the unit says that it needs. The unit itself stays as it is.

Without --profile it is network-service for a unit that names the network in any way (an order after network.target, a
port, an address), and static-service, which takes the network away, for any other.`,
		Example: `  sallyport fix --systemd deploy/ledger.service --dry-run
  sallyport fix --systemd deploy/ledger.service --profile worker`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if unit == "" {
				return errors.New("fix: name a unit with --systemd")
			}
			return fixUnit(cmd, unit, profile, dryRun, force)
		},
	}
	cmd.Flags().StringVar(&unit, "systemd", "", "the file of a service")
	cmd.Flags().StringVar(&profile, "profile", "", "static-service, worker or network-service")
	cmd.Flags().BoolVar(&dryRun, "dry-run", false, "print the drop-in, and write nothing")
	cmd.Flags().BoolVar(&force, "force", false, "replace the drop-in if it is there")
	return cmd
}

func fixUnit(cmd *cobra.Command, unit, profile string, dryRun, force bool) error {
	dir, name := filepath.Split(unit)
	target := filepath.Join(dir, name+".d", harden.Name)
	if _, err := os.Lstat(target); !errors.Is(err, fs.ErrNotExist) && !force && !dryRun {
		return fmt.Errorf("%s exists already: edit it, or replace it with --force", target)
	}
	root, err := os.OpenRoot(filepath.Join(dir, "."))
	if err != nil {
		return err
	}
	defer root.Close()
	if _, err := root.Stat(name); err != nil {
		return err
	}
	before, err := systemd.Try(root.FS(), name, harden.Name, "[Service]\n")
	if err != nil {
		return err
	}
	purpose, err := purposeOf(profile, &before)
	if err != nil {
		return err
	}
	d, err := harden.Plan(root.FS(), name, &before, purpose)
	if err != nil {
		return err
	}
	out := cmd.OutOrStdout()
	if dryRun {
		_, err = fmt.Fprint(out, d.Text)
		return err
	}
	if err := root.MkdirAll(name+".d", 0o755); err != nil {
		return err
	}
	if err := root.WriteFile(name+".d/"+harden.Name, []byte(d.Text), 0o644); err != nil {
		return err
	}
	_, err = fmt.Fprintf(out, "%s written: exposure %v before, %v with it (%s: at most %v)\n", target, before.Exposure.Overall, d.After.Exposure.Overall, purpose.Profile, purpose.Max)
	return err
}

// networked tells whether a unit names the network in any way. What it does not name may be needed all the same, but a unit that is
// kept from a network it uses does not work at all.
func networked(unit *systemd.Unit) bool {
	needs := &unit.Exposure.Needs
	if needs.Network != "" || needs.LowPort != "" || len(unit.Sockets) > 0 || len(unit.Ports) > 0 {
		return true
	}
	return slices.ContainsFunc(unit.Settings, func(s systemd.Setting) bool {
		order := s.Section == "Unit" && slices.Contains([]string{"After", "Wants", "Requires", "BindsTo"}, s.Name)
		return order && strings.Contains(strings.Join(s.Values, " "), "network")
	})
}

// purposeOf reads the budget of a profile, and how far on the network it lets a service get.
func purposeOf(profile string, unit *systemd.Unit) (harden.Purpose, error) {
	if profile == "" {
		profile = "static-service"
		if networked(unit) {
			profile = "network-service"
		}
	}
	p, err := bundles.ReadProfile(profile)
	if err != nil {
		return harden.Purpose{}, fmt.Errorf("--profile: %w", err)
	}
	limit, ok := p.Parameters["systemd/exposure"]["max"].(float64)
	if !ok {
		return harden.Purpose{}, fmt.Errorf("--profile %s: it has no budget: choose static-service, worker or network-service", profile)
	}
	allow := p.Parameters["systemd/network_reach"]["allow"]
	return harden.Purpose{Profile: profile, Network: allow != "none", Listen: allow == "listen", Max: limit}, nil
}
