package advisory

import (
	"context"
	"crypto/md5"
	"crypto/sha256"
	"crypto/sha512"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"hash"
	"io"
	"net"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"time"
)

// RustSec is the archive of RustSec's advisory-db.
const RustSec = "https://github.com/rustsec/advisory-db/archive/refs/heads/main.zip"

// maxArchive bounds what is fetched. RustSec's archive has about 1 MB, all of OSV about 500 MB.
const maxArchive = 1 << 30

// A Copy is the database that Update keeps in a folder of the user.
type Copy struct {
	// Dir is the folder.
	Dir string
}

// A Fetched says where a copy comes from. It lies beside it, as JSON.
type Fetched struct {
	// URL is the address, and SHA256 the digest of the archive.
	URL    string `json:"url"`
	SHA256 string `json:"sha256"`
	// ETag and LastModified are the server's, for the next request.
	ETag         string `json:"etag"`
	LastModified string `json:"last_modified"`
	// At is when the archive was fetched, and Checked when the server last said that it is current; RFC 3339.
	At      string `json:"at"`
	Checked string `json:"checked"`
}

// File is the archive.
func (c Copy) File() string { return filepath.Join(c.Dir, "database") }

func (c Copy) note() string { return filepath.Join(c.Dir, "database.json") }

// Fetched reads what is known of the copy; ok is false where there is none.
func (c Copy) Fetched() (f Fetched, ok bool) {
	text, err := os.ReadFile(c.note())
	if err != nil || json.Unmarshal(text, &f) != nil {
		return Fetched{}, false
	}
	_, err = os.Stat(c.File())
	return f, err == nil
}

// Update fetches an archive and puts it in the place of the copy at once, if it holds advisories and its
// digest is what the server says it is; changed is false where the server says that the copy is current. Where
// anything goes wrong the old copy stays. progress is told how many bytes have come, and of how many; -1
// where the server does not say.
func (c Copy) Update(ctx context.Context, client *http.Client, address string, progress func(done, total int64)) (changed bool, err error) {
	if err := secure(address); err != nil {
		return false, err
	}
	old, have := c.Fetched()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return false, err
	}
	req.Header.Set("User-Agent", "sallyport")
	// Digests are of the archive as it is; asked for nothing, the transport would unpack what a server takes for compressed text.
	req.Header.Set("Accept-Encoding", "identity")
	if have && old.URL == address {
		set := func(name, value string) {
			if value != "" {
				req.Header.Set(name, value)
			}
		}
		set("If-None-Match", old.ETag)
		set("If-Modified-Since", old.LastModified)
	}
	safe := *client
	safe.CheckRedirect = func(r *http.Request, via []*http.Request) error {
		if len(via) > 10 {
			return errors.New("more than 10 redirects")
		}
		return secure(r.URL.String())
	}
	resp, err := safe.Do(req)
	if err != nil {
		return false, err
	}
	defer resp.Body.Close()
	now := time.Now().UTC().Format(time.RFC3339)
	switch {
	case resp.StatusCode == http.StatusNotModified && have:
		old.Checked = now
		return false, c.write(old)
	case resp.StatusCode != http.StatusOK:
		return false, fmt.Errorf("%s: the server answers %s", address, resp.Status)
	}
	f := Fetched{URL: address, ETag: resp.Header.Get("ETag"), LastModified: resp.Header.Get("Last-Modified"), At: now, Checked: now}
	if f.SHA256, err = c.receive(resp, progress); err != nil {
		return false, fmt.Errorf("%s: %w", address, err)
	}
	return true, c.write(f)
}

// secure refuses what anybody on the way could change. Nobody is on the way to this machine itself.
func secure(address string) error {
	u, err := url.Parse(address)
	if err != nil {
		return err
	}
	ip := net.ParseIP(u.Hostname())
	local := u.Hostname() == "localhost" || ip != nil && ip.IsLoopback()
	if u.Scheme != "https" && !(u.Scheme == "http" && local) {
		return fmt.Errorf("%s: an advisory database is fetched over https", u.Redacted())
	}
	return nil
}

// receive stores the body beside the copy, checks it, and puts it in place.
func (c Copy) receive(resp *http.Response, progress func(done, total int64)) (sum string, err error) {
	if resp.ContentLength > maxArchive {
		return "", fmt.Errorf("%d bytes, more than the limit of %d", resp.ContentLength, int64(maxArchive))
	}
	if err := os.MkdirAll(c.Dir, 0o700); err != nil {
		return "", err
	}
	c.tidy()
	tmp, err := os.CreateTemp(c.Dir, "fetch-*")
	if err != nil {
		return "", err
	}
	defer os.Remove(tmp.Name())
	defer tmp.Close()
	sha, long, weak := sha256.New(), sha512.New(), md5.New()
	counter := &meter{total: resp.ContentLength, progress: progress}
	n, err := io.Copy(io.MultiWriter(tmp, sha, long, weak, counter), io.LimitReader(resp.Body, maxArchive+1))
	switch {
	case errors.Is(err, io.ErrUnexpectedEOF):
		return "", fmt.Errorf("the download was cut off after %d of %d bytes", n, resp.ContentLength)
	case err != nil:
		return "", err
	case n > maxArchive:
		return "", fmt.Errorf("more than the limit of %d bytes", int64(maxArchive))
	case resp.ContentLength >= 0 && n != resp.ContentLength:
		return "", fmt.Errorf("%d bytes of %d came", n, resp.ContentLength)
	}
	if err := announced(resp.Header, map[string]hash.Hash{"sha-256": sha, "sha-512": long, "md5": weak}); err != nil {
		return "", err
	}
	if err := tmp.Close(); err != nil {
		return "", err
	}
	if _, err := build(tmp.Name(), false, Options{}); err != nil {
		return "", fmt.Errorf("what came is no database, so the old one stays: %w", err)
	}
	return hex.EncodeToString(sha.Sum(nil)), os.Rename(tmp.Name(), c.File())
}

// tidy removes what fetches left that were killed. A younger one may still run.
func (c Copy) tidy() {
	old, _ := filepath.Glob(filepath.Join(c.Dir, "fetch-*"))
	for _, name := range old {
		if info, err := os.Stat(name); err == nil && time.Since(info.ModTime()) > 24*time.Hour {
			os.Remove(name)
		}
	}
}

// announced compares the digests with those that the server sends: Repr-Digest (RFC 9530), Digest (RFC
// 3230), Content-MD5 (RFC 1864) and x-goog-hash, which OSV's storage uses.
func announced(h http.Header, sums map[string]hash.Hash) error {
	check := func(kind, value string) error {
		sum, known := sums[strings.ToLower(kind)]
		if !known {
			return nil
		}
		have := base64.StdEncoding.EncodeToString(sum.Sum(nil))
		if value = strings.Trim(value, ":"); value != have {
			return fmt.Errorf("the %s digest is %s, and the server says %s", kind, have, value)
		}
		return nil
	}
	for _, name := range []string{"Repr-Digest", "Digest", "X-Goog-Hash"} {
		for _, line := range h.Values(name) {
			for part := range strings.SplitSeq(line, ",") {
				kind, value, _ := strings.Cut(strings.TrimSpace(part), "=")
				if err := check(kind, value); err != nil {
					return err
				}
			}
		}
	}
	if value := h.Get("Content-MD5"); value != "" {
		return check("md5", value)
	}
	return nil
}

func (c Copy) write(f Fetched) error {
	text, err := json.MarshalIndent(f, "", "  ")
	if err != nil {
		return err
	}
	tmp := c.note() + ".new"
	if err := os.WriteFile(tmp, append(text, '\n'), 0o600); err != nil {
		return err
	}
	return os.Rename(tmp, c.note())
}

// A meter counts what is written to it.
type meter struct {
	done, total int64
	progress    func(done, total int64)
}

func (m *meter) Write(p []byte) (int, error) {
	m.done += int64(len(p))
	if m.progress != nil {
		m.progress(m.done, m.total)
	}
	return len(p), nil
}
