package git

import (
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"

	"github.com/go-git/go-git/v5/plumbing"
	"github.com/go-git/go-git/v5/storage/filesystem/dotgit"
)

// maxObject bounds an object that is read, in bytes.
const maxObject = 32 << 20

// namespaces are where git looks for a short name, in its order (gitrevisions(7)). A name on its own is
// one under refs/ or one like HEAD.
var namespaces = []string{"%s", "refs/%s", "refs/tags/%s", "refs/heads/%s", "refs/remotes/%s", "refs/remotes/%s/HEAD"}

// resolve returns the commit that a revision names: a branch, a tag, a hash of at least seven digits, and
// after each of them ^ and ~N.
func (r *Repository) resolve(rev string) (plumbing.Hash, error) {
	if err := r.supported(); err != nil {
		return plumbing.ZeroHash, err
	}
	name, walk := rev, ""
	if i := strings.IndexAny(rev, "^~"); i >= 0 {
		name, walk = rev[:i], rev[i:]
	}
	hash, err := r.named(name)
	if err != nil {
		return hash, err
	}
	steps, err := parents(rev, walk)
	if err != nil {
		return hash, err
	}
	c, err := r.commit(hash)
	for range steps {
		if err != nil {
			return hash, err
		}
		if c.parent.IsZero() {
			return hash, fmt.Errorf("no such commit %s: the history here ends before: fetch more of it (fetch-depth: 0)", rev)
		}
		c, err = r.commit(c.parent)
	}
	return c.hash, err
}

// parents counts the steps of ^, ~ and ~N.
func parents(rev, walk string) (int, error) {
	total := 0
	for walk != "" {
		op := walk[0]
		walk = walk[1:]
		end := 0
		for end < len(walk) && walk[end] >= '0' && walk[end] <= '9' {
			end++
		}
		n := 1
		if end > 0 {
			var err error
			if n, err = strconv.Atoi(walk[:end]); err != nil || n > 10_000 {
				return 0, fmt.Errorf("%s: too many steps back", rev)
			}
		}
		if op == '^' && n != 1 || op != '^' && op != '~' {
			return 0, fmt.Errorf("%s: only ^ and ~N are understood after a name: name the commit by its hash", rev)
		}
		walk = walk[end:]
		total += n
	}
	return total, nil
}

func (r *Repository) named(name string) (plumbing.Hash, error) {
	if !nameable(name) {
		return plumbing.ZeroHash, fmt.Errorf("%q is not the name of a revision", name)
	}
	var found plumbing.Hash
	var full string
	for _, ns := range namespaces {
		ref := fmt.Sprintf(ns, name)
		if !strings.HasPrefix(ref, "refs/") && strings.Trim(ref, "ABCDEFGHIJKLMNOPQRSTUVWXYZ_") != "" {
			continue
		}
		hash, err := r.reference(ref)
		if errors.Is(err, plumbing.ErrReferenceNotFound) || errors.Is(err, dotgit.ErrIsDir) {
			continue
		}
		if err != nil {
			return found, fmt.Errorf("%s: %w", ref, err)
		}
		// git takes the first with a warning. Whoever can push a tag could choose what is trusted.
		if full != "" && found != hash {
			return found, fmt.Errorf("%s is ambiguous, %s and %s differ: name one in full", name, full, ref)
		}
		found, full = hash, ref
	}
	if full != "" {
		return found, nil
	}
	if hash, ok, err := r.abbreviated(name); ok || err != nil {
		return hash, err
	}
	return found, fmt.Errorf("no such ref %s: fetch it first (in CI, check out with fetch-depth: 0)", name)
}

// nameable refuses what could lead out of refs/ (git-check-ref-format(1)).
func nameable(name string) bool {
	return name != "" && !strings.HasPrefix(name, "/") && !strings.HasSuffix(name, "/") &&
		!strings.Contains(name, "..") && !strings.Contains(name, "//") &&
		!strings.ContainsFunc(name, func(c rune) bool { return c <= ' ' || c == 0x7f || strings.ContainsRune(`:?*[\`, c) })
}

// reference follows a reference to its hash.
func (r *Repository) reference(name string) (plumbing.Hash, error) {
	for range 10 {
		ref, err := r.storage().Reference(plumbing.ReferenceName(name))
		if err != nil {
			return plumbing.ZeroHash, err
		}
		if ref.Type() == plumbing.HashReference {
			if ref.Hash().IsZero() {
				return plumbing.ZeroHash, plumbing.ErrReferenceNotFound
			}
			return ref.Hash(), nil
		}
		if name = ref.Target().String(); !nameable(name) {
			return plumbing.ZeroHash, fmt.Errorf("leads to %q", name)
		}
	}
	return plumbing.ZeroHash, errors.New("leads in a circle")
}

// abbreviated finds a commit by its hash or the start of it.
func (r *Repository) abbreviated(name string) (plumbing.Hash, bool, error) {
	if len(name) < 7 || len(name) > 40 || strings.Trim(strings.ToLower(name), "0123456789abcdef") != "" {
		return plumbing.ZeroHash, false, nil
	}
	if len(name) == 40 {
		hash := plumbing.NewHash(name)
		_, _, err := r.object(hash)
		return hash, err == nil, nil
	}
	prefix, err := hex.DecodeString(strings.ToLower(name[:len(name)&^1]))
	if err != nil {
		return plumbing.ZeroHash, false, nil
	}
	all, err := r.storage().HashesWithPrefix(prefix)
	if err != nil {
		return plumbing.ZeroHash, false, err
	}
	var found []plumbing.Hash
	for _, hash := range all {
		if strings.HasPrefix(hash.String(), strings.ToLower(name)) {
			if _, err := r.commit(hash); err == nil {
				found = append(found, hash)
			}
		}
	}
	if len(found) > 1 {
		return plumbing.ZeroHash, false, fmt.Errorf("%s is the start of %d commits: write more of the hash", name, len(found))
	}
	if len(found) == 0 {
		return plumbing.ZeroHash, false, nil
	}
	return found[0], true, nil
}

type commit struct {
	hash, tree, parent plumbing.Hash
	at                 time.Time
}

// commit reads a commit, or the one that a tag names.
func (r *Repository) commit(hash plumbing.Hash) (commit, error) {
	for range 10 {
		kind, data, err := r.object(hash)
		if err != nil {
			return commit{}, err
		}
		header := map[string]string{}
		text, _, _ := strings.Cut(string(data), "\n\n")
		for line := range strings.SplitSeq(text, "\n") {
			key, value, _ := strings.Cut(line, " ")
			if _, seen := header[key]; !seen {
				header[key] = value
			}
		}
		switch kind {
		case plumbing.CommitObject:
			return commit{hash, plumbing.NewHash(header["tree"]), plumbing.NewHash(header["parent"]), committed(header["committer"])}, nil
		case plumbing.TagObject:
			hash = plumbing.NewHash(header["object"])
		default:
			return commit{}, fmt.Errorf("%s is a %s, not a commit", hash, kind)
		}
	}
	return commit{}, fmt.Errorf("%s: tags that lead to tags", hash)
}

// committed is the time in the line "name <mail> seconds zone".
func committed(line string) time.Time {
	fields := strings.Fields(line[strings.LastIndexByte(line, '>')+1:])
	if len(fields) == 0 {
		return time.Time{}
	}
	seconds, err := strconv.ParseInt(fields[0], 10, 64)
	if err != nil {
		return time.Time{}
	}
	return time.Unix(seconds, 0).UTC()
}

// object must be called with mu held.
func (r *Repository) object(hash plumbing.Hash) (plumbing.ObjectType, []byte, error) {
	o, err := r.storage().EncodedObject(plumbing.AnyObject, hash)
	if errors.Is(err, plumbing.ErrObjectNotFound) {
		return 0, nil, fmt.Errorf("the object %s is not in this clone: fetch it first", hash)
	}
	if err != nil {
		return 0, nil, fmt.Errorf("%s: %w", hash, err)
	}
	if o.Size() > maxObject {
		return 0, nil, fmt.Errorf("%s: larger than the limit of %d MiB", hash, maxObject>>20)
	}
	in, err := o.Reader()
	if err != nil {
		return 0, nil, fmt.Errorf("%s: %w", hash, err)
	}
	defer in.Close()
	data, err := io.ReadAll(io.LimitReader(in, maxObject+1))
	return o.Type(), data, err
}
