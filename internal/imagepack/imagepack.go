// Package imagepack writes small images for the examples of rules and for tests, from texts that people can read.
package imagepack

import (
	"archive/tar"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"maps"
	"path"
	"slices"
	"strconv"
	"strings"
	"time"
)

// A File is a part of an image: "config.json", or "1/etc/passwd" for a file of the first layer. After a blank come
// its mode, its owner, or where a symbolic link leads, or the other name of a hard link:
//
//	1/usr/bin/su 4755
//	1/app/ledger 0755 10001:10001
//	1/bin/sh -> busybox
//	1/bin/ash = bin/busybox
//	2/tmp/ 1777
//
// A name that ends in a slash is a folder, and a file without a mode has 0644. "elf" makes a program of a file,
// whose compiler the text names, "auditable" makes one of rustc's with the text as the list of its crates, and "capability=NUMBER" gives one a capability.
type File struct {
	Name string
	Data []byte
}

// Archive returns the image as docker save writes it. The configuration may leave rootfs out.
func Archive(tag string, files []File) ([]byte, error) {
	config := map[string]any{"architecture": "amd64", "os": "linux"}
	layers := map[string][]File{}
	for _, f := range files {
		if f.Name == "config.json" {
			if err := json.Unmarshal(f.Data, &config); err != nil {
				return nil, fmt.Errorf("config.json: %w", err)
			}
			continue
		}
		layer, name, ok := strings.Cut(f.Name, "/")
		if _, err := strconv.Atoi(layer); !ok || err != nil {
			return nil, fmt.Errorf("%s: write it as config.json or NUMBER/PATH", f.Name)
		}
		layers[layer] = append(layers[layer], File{name, f.Data})
	}
	var out bytes.Buffer
	w := tar.NewWriter(&out)
	names, ids := []string{}, []string{}
	for _, layer := range slices.SortedFunc(maps.Keys(layers), compareNumbers) {
		text, err := Layer(layers[layer])
		if err != nil {
			return nil, err
		}
		name := fmt.Sprintf("%064s/layer.tar", layer)
		names, ids = append(names, name), append(ids, Digest(text))
		if err := member(w, name, text); err != nil {
			return nil, err
		}
	}
	config["rootfs"] = map[string]any{"type": "layers", "diff_ids": ids}
	text, err := json.Marshal(config)
	if err != nil {
		return nil, err
	}
	name := strings.TrimPrefix(Digest(text), "sha256:") + ".json"
	manifest, err := json.Marshal([]any{map[string]any{"Config": name, "RepoTags": []string{tag}, "Layers": names}})
	if err != nil {
		return nil, err
	}
	if err := member(w, name, text); err != nil {
		return nil, err
	}
	if err := member(w, "manifest.json", manifest); err != nil {
		return nil, err
	}
	return out.Bytes(), w.Close()
}

func compareNumbers(a, b string) int {
	x, _ := strconv.Atoi(a)
	y, _ := strconv.Atoi(b)
	return x - y
}

// Digest is the digest of a blob.
func Digest(data []byte) string {
	sum := sha256.Sum256(data)
	return "sha256:" + hex.EncodeToString(sum[:])
}

func member(w *tar.Writer, name string, data []byte) error {
	if err := w.WriteHeader(&tar.Header{Name: name, Mode: 0o644, Size: int64(len(data)), ModTime: time.Unix(0, 0)}); err != nil {
		return err
	}
	_, err := w.Write(data)
	return err
}

// Layer returns a layer that is not compressed.
func Layer(files []File) ([]byte, error) {
	var out bytes.Buffer
	w := tar.NewWriter(&out)
	for _, f := range files {
		h, err := header(f)
		if err != nil {
			return nil, err
		}
		if err := w.WriteHeader(h); err != nil {
			return nil, fmt.Errorf("%s: %w", f.Name, err)
		}
		if h.Size > 0 {
			if _, err := w.Write(contents(f)); err != nil {
				return nil, err
			}
		}
	}
	err := w.Close()
	return out.Bytes(), err
}

// contents are the bytes of a file.
func contents(f File) []byte {
	words := strings.Fields(f.Name)
	switch {
	case slices.Contains(words, "elf"):
		return Program(map[string]string{".comment": string(f.Data)})
	case slices.Contains(words, "auditable"):
		return Auditable(string(f.Data))
	}
	return f.Data
}

func header(f File) (*tar.Header, error) {
	words := strings.Fields(f.Name)
	if len(words) == 0 {
		return nil, fmt.Errorf("a file without a name")
	}
	h := &tar.Header{Name: words[0], Mode: 0o644, Typeflag: tar.TypeReg, Size: int64(len(f.Data)), ModTime: time.Unix(0, 0)}
	if strings.HasSuffix(h.Name, "/") {
		h.Typeflag, h.Mode, h.Size = tar.TypeDir, 0o755, 0
	}
	for i := 1; i < len(words); i++ {
		owner, group, owned := strings.Cut(words[i], ":")
		mode, err := strconv.ParseInt(words[i], 8, 64)
		switch {
		case words[i] == "->" && i+1 < len(words):
			h.Typeflag, h.Linkname, h.Mode, h.Size = tar.TypeSymlink, path.Clean(words[i+1]), 0o777, 0
			i++
		case words[i] == "=" && i+1 < len(words):
			h.Typeflag, h.Linkname, h.Size = tar.TypeLink, words[i+1], 0
			i++
		case owned:
			uid, errUID := strconv.Atoi(owner)
			gid, errGID := strconv.Atoi(group)
			if errUID != nil || errGID != nil {
				return nil, fmt.Errorf("%s: %q is no owner: write it as 10001:10001", f.Name, words[i])
			}
			h.Uid, h.Gid = uid, gid
		case words[i] == "elf", words[i] == "auditable":
			h.Size = int64(len(contents(f)))
		case strings.HasPrefix(words[i], "capability="):
			h.PAXRecords = map[string]string{"SCHILY.xattr.security.capability": capability(strings.TrimPrefix(words[i], "capability="))}
		case err == nil:
			h.Mode = mode
		default:
			return nil, fmt.Errorf("%s: %q is neither a mode nor an owner nor a link", f.Name, words[i])
		}
	}
	return h, nil
}

// capability is the attribute of a file that is permitted the capability of a number.
func capability(number string) string {
	n, _ := strconv.Atoi(number)
	attr := make([]byte, 20)
	attr[3] = 2 // VFS_CAP_REVISION_2, in the little end's order
	attr[4+n/32*8+n%32/8] = 1 << (n % 8)
	return string(attr)
}
