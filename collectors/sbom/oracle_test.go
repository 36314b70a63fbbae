package sbom

import (
	"bufio"
	"context"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"sallyport/internal/fact"
	"sallyport/internal/fact/facttest"
)

// judge collects a file, and says what is wrong with it; "" for a good one.
func judge(t *testing.T, c *fact.Collector, file string) string {
	t.Helper()
	fsys, name := os.DirFS(filepath.Dir(file)), filepath.Base(file)
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if !c.Match(name, data[:min(len(data), fact.HeadSize)]) {
		return "not matched"
	}
	docs, err := c.Collect(context.Background(), fsys, name)
	for i := range docs {
		if err := facttest.Whole(docs[i].Facts); err != nil {
			t.Errorf("%s: %v", file, err)
		}
	}
	if err == nil {
		return ""
	}
	for _, e := range fact.Errors(err) {
		if e, ok := e.(*fact.Error); !ok || e.Msg == "" || e.Hint == "" {
			t.Errorf("%s: an error without a hint: %v", file, err)
		}
	}
	return fact.Errors(err)[0].Error()
}

// TestOracle reads the examples of the specifications: the valid ones are accepted and the others refused.
func TestOracle(t *testing.T) {
	root := facttest.Oracle(t, "sbom")
	c := New(Options{})
	var accepted, refused, wrong [3]int
	count := func(kind int, file string, valid bool) {
		msg := judge(t, &c, file)
		switch {
		case valid && msg == "":
			accepted[kind]++
		case !valid && msg != "":
			refused[kind]++
		default:
			wrong[kind]++
			t.Logf("%s: valid %v, said %q", file, valid, msg)
		}
	}
	f, err := os.Open(root + "/cyclonedx-json.tsv")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	for lines := bufio.NewScanner(f); lines.Scan(); {
		word := strings.Split(lines.Text(), "\t")
		if word[0] == "spec" || word[2] != "valid" && word[2] != "invalid" {
			continue
		}
		count(0, find(t, root, word[0], word[1]), word[2] == "valid")
	}
	t.Logf("CycloneDX JSON: %d valid accepted, %d invalid refused, %d judged otherwise", accepted[0], refused[0], wrong[0])
	_ = filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		version := filepath.Base(filepath.Dir(path))
		if strings.HasSuffix(path, ".xml") && strings.Contains(path, "+specification") && version >= "1.2" && version < "2" {
			count(1, path, strings.HasPrefix(d.Name(), "valid-"))
		}
		return nil
	})
	t.Logf("CycloneDX XML: %d valid accepted, %d invalid refused, %d judged otherwise", accepted[1], refused[1], wrong[1])
	if wrong[0] > 0 || accepted[0] < 218 || refused[0] < 139 {
		t.Error("examples in JSON are judged otherwise than they say")
	}
	if wrong[1] > 0 || accepted[1] < 232 || refused[1] < 152 {
		t.Error("examples in XML are judged otherwise than they say")
	}
}

func find(t *testing.T, root, version, name string) string {
	t.Helper()
	found, _ := filepath.Glob(root + "/CycloneDX+specification/tools/src/test/resources/" + version + "/" + name)
	if len(found) == 0 {
		t.Fatal(version, name)
	}
	return found[0]
}

// TestReal reads bills that tools made, and the examples of SPDX.
func TestReal(t *testing.T) {
	root := facttest.Oracle(t, "sbom")
	c := New(Options{})
	read, refused := 0, 0
	_ = filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || strings.Contains(path, "+specification") || strings.Contains(path, "schema") {
			return err
		}
		switch filepath.Ext(path) {
		case ".json", ".xml", ".spdx", ".tag", ".yaml", ".rdf":
			if msg := judge(t, &c, path); msg != "" {
				refused++
				t.Logf("%s: %s", strings.TrimPrefix(path, root), msg)
			} else {
				read++
			}
		}
		return nil
	})
	t.Logf("%d read, %d refused", read, refused)
	// Refused are SPDX 3, the wrong version, and SPDX in XML, YAML and RDF; the ontology of SPDX is no bill at all.
	if read < 67 || refused != 23 {
		t.Error("bills are refused that were read before")
	}
}
