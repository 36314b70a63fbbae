package scan

import (
	"path"
	"slices"
	"strings"

	"sallyport/internal/syntax"
)

// Scanners find lists of what they are to leave out beside what they scan, and most reports do not show that one was used. Where
// the tree holds such a list, the report was made with it.

// lists reads the files that the scanner of a report looks for.
func (f *files) lists(r *Report, at *origins) {
	l := &ignoreList{files: f, report: r, at: at, known: map[string]bool{}}
	for i := range r.Settings.Ignored {
		l.known[r.Settings.Ignored[i].ID] = true
	}
	switch r.Tool.Name {
	case "trivy":
		l.lines(".trivyignore")
		l.trivyYAML(".trivyignore.yaml")
		l.trivySettings("trivy.yaml")
	case "gitleaks":
		l.lines(".gitleaksignore")
	case "osv-scanner":
		folders := []string{"."}
		for i := range r.Subject.Targets {
			if dir := path.Dir(r.Subject.Targets[i].Subject); r.Subject.Targets[i].Subject != "" && !slices.Contains(folders, dir) && len(folders) < maxFolders {
				folders = append(folders, dir)
			}
		}
		for _, dir := range folders {
			l.osv(path.Join(dir, "osv-scanner.toml"))
		}
	}
}

const (
	maxFolders = 100
	// maxIgnores bounds the entries of lists that are told.
	maxIgnores = 1000
	maxEntries = 50_000
)

type ignoreList struct {
	files  *files
	report *Report
	at     *origins
	known  map[string]bool
}

// read returns the text of a file, "" where there is none that can be read: it is no report.
func (l *ignoreList) read(file string) []byte {
	if !l.files.exists(file) {
		return nil
	}
	text, err := syntax.Read(l.files.fsys, file)
	if err != nil {
		return nil
	}
	return text
}

func (l *ignoreList) add(file string, line int, i Ignore) {
	if i.ID == "" || l.known[i.ID] || len(l.report.Settings.Ignored) >= maxIgnores {
		return
	}
	l.known[i.ID] = true
	i.Status, i.Source, i.Line = "ignored", file, max(line, 1)
	l.at.ignored(node{}, l.report, i)
}

// lines reads a list with an id on each line: .trivyignore may have a date behind it, and .gitleaksignore holds fingerprints.
func (l *ignoreList) lines(file string) {
	number := 0
	for line := range strings.Lines(string(l.read(file))) {
		number++
		line, note, _ := strings.Cut(line, "#")
		words := strings.Fields(line)
		if len(words) > 0 {
			l.add(file, number, Ignore{ID: words[0], Reason: strings.TrimSpace(strings.Join(append(words[1:], strings.TrimSpace(note)), " "))})
		}
	}
}

// trivyYAML reads .trivyignore.yaml (https://trivy.dev/docs/latest/configuration/filtering/).
func (l *ignoreList) trivyYAML(file string) {
	n, ok := l.yaml(file)
	if !ok {
		return
	}
	for _, kind := range []string{"vulnerabilities", "misconfigurations", "secrets", "licenses"} {
		entries, _ := n[kind].([]any)
		for _, entry := range entries {
			object, _ := entry.(map[string]any)
			id, _ := object["id"].(string)
			reason, _ := object["statement"].(string)
			l.add(file, 0, Ignore{ID: id, Reason: reason})
		}
	}
}

func (l *ignoreList) yaml(file string) (map[string]any, bool) {
	text := l.read(file)
	if text == nil {
		return nil, false
	}
	docs, err := syntax.YAML(file, text)
	if err != nil || len(docs) == 0 {
		return nil, false
	}
	object, ok := docs[0].Value.(map[string]any)
	return object, ok
}

// trivySettings reads what trivy.yaml keeps out of a report (https://trivy.dev/docs/latest/references/configuration/config-file/).
func (l *ignoreList) trivySettings(file string) {
	all, ok := l.yaml(file)
	if !ok {
		return
	}
	say := func(name string, value any) {
		var words []string
		switch v := value.(type) {
		case string:
			words = []string{v}
		case bool:
			if v {
				words = []string{"true"}
			}
		case []any:
			for _, w := range v {
				if text, ok := w.(string); ok {
					words = append(words, text)
				}
			}
		}
		if len(words) > 0 {
			l.at.narrowed(node{}, l.report, file+" "+name, strings.Join(words, ", "))
		}
	}
	section := func(name string) map[string]any { s, _ := all[name].(map[string]any); return s }
	for _, key := range []string{"severity", "ignorefile", "ignore-policy"} {
		say(key, all[key])
	}
	for _, key := range []string{"ignore-unfixed", "ignore-status"} {
		say("vulnerability."+key, section("vulnerability")[key])
	}
	for _, key := range []string{"skip-dirs", "skip-files"} {
		say("scan."+key, section("scan")[key])
	}
}

// osv reads osv-scanner.toml (https://google.github.io/osv-scanner/configuration/).
func (l *ignoreList) osv(file string) {
	text := l.read(file)
	if text == nil {
		return
	}
	var raw struct {
		IgnoredVulns []struct {
			ID     string `toml:"id"`
			Reason string `toml:"reason"`
		} `toml:"IgnoredVulns"`
		PackageOverrides []struct {
			Name          string `toml:"name"`
			Version       string `toml:"version"`
			Ecosystem     string `toml:"ecosystem"`
			Ignore        bool   `toml:"ignore"`
			Reason        string `toml:"reason"`
			Vulnerability struct {
				Ignore bool `toml:"ignore"`
			} `toml:"vulnerability"`
		} `toml:"PackageOverrides"`
	}
	if _, err := syntax.ReadTOML(file, text, maxEntries, &raw); err != nil {
		return
	}
	for _, i := range raw.IgnoredVulns {
		l.add(file, 0, Ignore{ID: i.ID, Reason: i.Reason})
	}
	for _, p := range raw.PackageOverrides {
		if p.Ignore || p.Vulnerability.Ignore {
			name := strings.TrimSpace(strings.TrimSuffix(p.Name+"@"+p.Version, "@"))
			if name == "" {
				name = "all of " + p.Ecosystem
			}
			l.add(file, 0, Ignore{ID: "everything about " + name, Reason: p.Reason})
		}
	}
}
