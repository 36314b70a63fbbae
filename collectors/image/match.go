package image

import (
	"archive/tar"
	"bytes"
	"encoding/json"
	"io"
	"path"
	"regexp"
	"slices"
	"strings"
	"sync"
)

// match wants the marker of a layout by name, archives by the first names in them, and JSON by its keys.
func match(name string, head []byte) bool {
	switch {
	case path.Base(name) == layoutFile:
		return true
	case head == nil:
		return false
	case archiveName(name):
		return archiveHead(head)
	}
	return inspectHead(head)
}

// Holds tells of files that hold images with their layers: archives, and the marker of a layout.
func Holds(name string, head []byte) bool {
	return match(name, head) && (path.Base(name) == layoutFile || archiveName(name))
}

// member matches the names that the tools give to the parts of an image; no other archive begins with them.
var member = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`^(blobs(/sha(256|512)(/[0-9a-f]+)?)?|oci-layout|(sha256:)?[0-9a-f]{64}(\.json|\.tar|\.tar\.gz|/.*)?|repositories)$`)
})

// archiveHead looks at the names of an archive as far as its first bytes show them.
func archiveHead(head []byte) bool {
	r, _, err := unpack(bytes.NewReader(head))
	if err != nil {
		return false
	}
	text, _ := io.ReadAll(io.LimitReader(r, 64<<10))
	t := tar.NewReader(bytes.NewReader(text))
	for range 4 {
		h, err := t.Next()
		if err != nil {
			return false
		}
		name := path.Clean("/" + h.Name)[1:]
		if member().MatchString(name) {
			return true
		}
		switch name {
		case "", "manifest.json", "index.json", "config.json":
			// The next name tells. A manifest that is all there is tells by itself.
			body, _ := io.ReadAll(io.LimitReader(t, 32<<10))
			if name == "manifest.json" && bytes.Contains(body, []byte(`"Layers"`)) && bytes.Contains(body, []byte(`"Config"`)) ||
				name == "index.json" && bytes.Contains(body, []byte(`"manifests"`)) {
				return true
			}
		default:
			return false
		}
	}
	return false
}

// inspectHead tells by the keys of the first object: those of images, and none of those that containers have.
func inspectHead(head []byte) bool {
	head = bytes.TrimLeft(bytes.TrimPrefix(head, []byte("\xef\xbb\xbf")), " \t\r\n")
	if len(head) == 0 || head[0] != '{' && head[0] != '[' {
		return false
	}
	depth := 1
	if head[0] == '[' {
		depth = 2
	}
	keys := keysAt(head, depth)
	count := func(names ...string) (n int) {
		for _, name := range names {
			if slices.Contains(keys, name) {
				n++
			}
		}
		return n
	}
	switch {
	case count("State", "HostConfig", "NetworkSettings", "ArtifactName", "SchemaVersion") > 0:
		return false
	case count("RepoTags", "RepoDigests", "RootFS", "DockerVersion", "GraphDriver", "ContainerConfig") > 0:
		return count("Id", "RepoTags", "RepoDigests", "RootFS", "DockerVersion", "Architecture", "Os", "Config", "Created", "Parent", "Author", "Digest") >= 2
	case depth == 1:
		return count("architecture", "os") == 2 && count("rootfs", "config", "history", "created") > 0 ||
			count("rootfs", "config", "history") >= 2 && count("architecture", "os", "created") > 0
	}
	return false
}

// keysAt lists the keys of the objects at a depth, as far as the text goes.
func keysAt(head []byte, depth int) []string {
	var keys []string
	var open []byte
	key := false
	dec := json.NewDecoder(bytes.NewReader(head))
	for {
		token, err := dec.Token()
		if err != nil {
			return keys
		}
		inObject := len(open) > 0 && open[len(open)-1] == '{'
		switch token := token.(type) {
		case json.Delim:
			if strings.ContainsRune("{[", rune(token)) {
				open = append(open, byte(token))
				key = true
				continue
			}
			if open = open[:len(open)-1]; len(open) == 0 {
				return keys
			}
			key = true
		case string:
			if inObject && key {
				if len(open) == depth {
					keys = append(keys, token)
				}
				key = false
				continue
			}
			key = true
		default:
			key = true
		}
	}
}
