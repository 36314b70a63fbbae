package remote

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"net/http"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/open-policy-agent/opa/v1/plugins/rest"

	"sallyport/bundles"
)

// folder answers for a path as a web server would: with a tar.gz, and an ETag that is made of what is in it. So a bundle
// that lies on a disk is verified, kept and reported like any other.
type folder struct{ path string }

// NewClient implements rest.HTTPAuthPlugin.
func (f *folder) NewClient(rest.Config) (*http.Client, error) { return &http.Client{Transport: f}, nil }

// Prepare implements rest.HTTPAuthPlugin.
func (f *folder) Prepare(*http.Request) error { return nil }

// RoundTrip implements http.RoundTripper.
func (f *folder) RoundTrip(req *http.Request) (*http.Response, error) {
	data, err := f.pack(req.Context())
	if err != nil {
		return nil, err
	}
	sum := sha256.Sum256(data)
	etag := `"` + hex.EncodeToString(sum[:]) + `"`
	resp := &http.Response{
		StatusCode: http.StatusOK, Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1,
		Header: http.Header{"Etag": {etag}}, Request: req,
	}
	if strings.Contains(req.Header.Get("If-None-Match"), etag) {
		resp.StatusCode, data = http.StatusNotModified, nil
	}
	resp.Body, resp.ContentLength = io.NopCloser(bytes.NewReader(data)), int64(len(data))
	return resp, nil
}

// pack reads an archive, or makes one of a folder.
func (f *folder) pack(ctx context.Context) ([]byte, error) {
	info, err := os.Stat(f.path)
	switch {
	case err != nil:
		return nil, &Error{Reason: "source", Err: err}
	case info.Mode().IsRegular() && info.Size() > bundles.MaxSize:
		return nil, refusedf("content", "%s has more than %d MiB", f.path, bundles.MaxSize>>20)
	case info.Mode().IsRegular():
		data, err := os.ReadFile(f.path)
		if err != nil {
			return nil, &Error{Reason: "source", Err: err}
		}
		return data, nil
	case !info.IsDir():
		return nil, refusedf("source", "%s is neither a directory nor a file", f.path)
	}
	files, err := f.read(ctx)
	if err != nil {
		return nil, err
	}
	return packed(files)
}

// read reads the files of the folder that are a bundle's.
func (f *folder) read(ctx context.Context) (map[string][]byte, error) {
	// What Kubernetes mounts has its files in ..data, a link that it replaces in one step: only its target is of one piece.
	root := f.path
	if target, err := filepath.EvalSymlinks(filepath.Join(root, "..data")); err == nil {
		root = target
	}
	root, err := filepath.EvalSymlinks(root)
	if err != nil {
		return nil, &Error{Reason: "source", Err: err}
	}
	r := &reading{root: root, files: map[string][]byte{}, left: bundles.MaxSize}
	if err := r.dir(ctx, ".", 0); err != nil {
		return nil, err
	}
	if len(r.files) == 0 {
		return nil, refusedf("content", "%s: no .rego file in it", f.path)
	}
	return r.files, nil
}

// reading is a folder that is being read.
type reading struct {
	root  string
	files map[string][]byte
	left  int64
	seen  int // files and folders
}

// A folder that is no bundle may be large, and links may lead to where they stand.
const (
	maxDepth = 16
	maxSeen  = 20_000
)

// dir reads one folder. Links are followed where they stay below the root.
func (r *reading) dir(ctx context.Context, dir string, depth int) error {
	entries, err := os.ReadDir(filepath.Join(r.root, dir))
	if err = errors.Join(err, ctx.Err()); err != nil {
		return &Error{Reason: "source", Err: err}
	}
	if r.seen += len(entries); depth > maxDepth || r.seen > maxSeen {
		return refusedf("content", "%s: more than %d folders deep, or more than %d files in all: name the folder of the bundle", dir, maxDepth, maxSeen)
	}
	for _, e := range entries {
		name := path.Join(dir, e.Name())
		if strings.HasPrefix(e.Name(), ".") && !marks[name] {
			continue
		}
		file, err := filepath.EvalSymlinks(filepath.Join(r.root, name))
		if err != nil {
			return &Error{Reason: "source", Err: err}
		}
		if rel, err := filepath.Rel(r.root, file); err != nil || !filepath.IsLocal(rel) {
			return refusedf("content", "%s: the link leads out of the bundle", name)
		}
		info, err := os.Stat(file)
		switch {
		case err != nil:
			return &Error{Reason: "source", Err: err}
		case info.IsDir() && e.Name() != "testdata":
			err = r.dir(ctx, name, depth+1)
		case !info.IsDir() && (path.Ext(name) == ".rego" || e.Name() == "data.json" || marks[name]):
			err = r.file(name, file, info)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// marks are the files of OPA's at the root of a bundle.
var marks = map[string]bool{".manifest": true, ".signatures.json": true}

func (r *reading) file(name, file string, info fs.FileInfo) error {
	if !info.Mode().IsRegular() {
		return refusedf("content", "%s is no regular file", name)
	}
	if r.left -= info.Size(); r.left < 0 {
		return refusedf("content", "%s: the folder has more than %d MiB", name, bundles.MaxSize>>20)
	}
	data, err := os.ReadFile(file)
	if err != nil {
		return &Error{Reason: "source", Err: err}
	}
	r.files[name] = data
	return nil
}

// packed makes a tar.gz that is the same for the same files.
func packed(files map[string][]byte) ([]byte, error) {
	var buf bytes.Buffer
	zw := gzip.NewWriter(&buf)
	tw := tar.NewWriter(zw)
	for _, name := range slices.Sorted(maps.Keys(files)) {
		err := tw.WriteHeader(&tar.Header{Name: name, Mode: 0o644, Size: int64(len(files[name])), Format: tar.FormatPAX})
		if err == nil {
			_, err = tw.Write(files[name])
		}
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
	}
	err := errors.Join(tw.Close(), zw.Close())
	return buf.Bytes(), err
}
