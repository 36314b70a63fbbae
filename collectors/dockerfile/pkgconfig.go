package dockerfile

import (
	"path"
	"slices"
	"strings"

	"sallyport/internal/packages"
	"sallyport/internal/shell"
)

// configure notes what a command that is no package manager does to the configuration of one.
func (p *packageReader) configure(c *shell.Command) {
	text := ""
	var targets []string
	switch path.Base(c.Name) {
	case "echo", "printf":
		text = strings.Join(c.Args, " ")
	case "cat":
		text = c.Input
	case "tee":
		text, targets = c.Input, c.Args
	case "sed":
		text, targets = strings.Join(c.Args, "\n"), c.Args
	case "rm":
		p.state.keep = p.state.keep || slices.ContainsFunc(c.Args, func(a string) bool {
			return removes(a, "/etc/apt/apt.conf.d/docker-clean")
		})
		return
	default:
		return
	}
	for _, t := range append(slices.Clip(targets), c.Output) {
		p.state.written(t, text)
	}
}

// written takes a text that is written into a file.
func (c *configuration) written(file, text string) {
	file = home(file)
	switch {
	case strings.HasPrefix(file, "/etc/apt/apt.conf"):
		set := packages.AptSettings(text)
		if set.Recommends != "" {
			c.noRecommends = set.Recommends == "false"
		}
		c.yes = c.yes || set.Yes == "true"
		c.keep = c.keep || set.Keep == "true"
	case strings.HasPrefix(file, "/etc/zypp/"):
		c.noRecommendsZypp = c.noRecommendsZypp || strings.Contains(compact(text), "solver.onlyrequires=true")
	case file == "/etc/pip.conf" || file == "~/.pip/pip.conf" || file == "~/.config/pip/pip.conf":
		c.pipUncached = c.pipUncached || strings.Contains(compact(text), "no-cache-dir=true") || strings.Contains(compact(text), "no-cache-dir=1")
	}
}

// compact is a text without blanks and quotes, in lower case.
func compact(text string) string {
	return strings.ToLower(strings.NewReplacer(" ", "", "\t", "", `"`, "", "'", "", `\`, "").Replace(text))
}
