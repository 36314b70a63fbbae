package kubernetes

import (
	"bytes"
	"io/fs"
	"path"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"

	"sallyport/internal/fact"
)

func template(name string) fact.Document {
	f := empty(name)
	f.Template = true
	return fact.Document{Kind: kind, Path: name, Facts: *f}
}

// chartFolder tells whether a file is below a folder named templates, as the templates of Helm charts are.
func chartFolder(name string) bool {
	return slices.Contains(strings.Split(path.Dir(name), "/"), "templates")
}

// inChart tells whether a file is below the templates folder of a Helm chart.
func inChart(fsys fs.FS, name string) bool {
	for dir := path.Dir(name); dir != "."; dir = path.Dir(dir) {
		if path.Base(dir) == "templates" {
			if _, err := fs.Stat(fsys, path.Join(path.Dir(dir), "Chart.yaml")); err == nil {
				return true
			}
		}
	}
	return false
}

// kustomizations are the names that kustomize looks for
// (https://kubectl.docs.kubernetes.io/references/kustomize/glossary/#kustomization).
var kustomizations = []string{"kustomization.yaml", "kustomization.yml", "Kustomization"}

// patched tells whether a kustomization in the file's folder or above lists the file as a patch and none
// as a resource.
func patched(fsys fs.FS, name string) bool {
	patch := false
	for dir := path.Dir(name); ; dir = path.Dir(dir) {
		for _, k := range kustomizations {
			text, err := fs.ReadFile(fsys, path.Join(dir, k))
			if err != nil || !bytes.Contains(text, []byte(path.Base(name))) {
				continue
			}
			listed := lists(text, dir, name)
			if listed == "resource" {
				return false
			}
			patch = patch || listed == "patch"
		}
		if dir == "." || dir == "/" {
			return patch
		}
	}
}

// lists tells what a kustomization takes a file for: a patch, a resource or nothing. One that does not
// parse says nothing, so the file is judged in full.
func lists(text []byte, dir, name string) string {
	var k struct {
		Resources             []string `yaml:"resources"`
		PatchesStrategicMerge []string `yaml:"patchesStrategicMerge"`
		Patches               []struct {
			Path string `yaml:"path"`
		} `yaml:"patches"`
	}
	_ = yaml.Unmarshal(text, &k)
	same := func(file string) bool { return path.Join(dir, file) == name }
	if slices.ContainsFunc(k.Resources, same) {
		return "resource"
	}
	for _, p := range k.Patches {
		if same(p.Path) {
			return "patch"
		}
	}
	if slices.ContainsFunc(k.PatchesStrategicMerge, same) {
		return "patch"
	}
	return ""
}
