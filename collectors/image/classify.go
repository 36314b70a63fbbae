package image

import (
	"archive/tar"
	"bytes"
	"io"
	"path"
	"strings"
	"sync"
)

// An item is a file that rules may ask for.
type item struct {
	name  string
	entry entry
	size  int64
	is    role
	// caps are file capabilities.
	caps []string
	// data are the contents of files that are looked at: accounts and the release.
	data []byte
	// secret is set for a file that holds credentials.
	secret *Credential
	// group is the folder that a trash file is counted under, and groupKind what made it.
	group, groupKind string
}

// A role is why an item is remembered; several may hold.
type role uint16

const (
	setuid role = 1 << iota
	capable
	writable
	shellRole
	manager
	escalator
	credential
	repository
	wanted
	trash
)

// kept are the files whose contents say who may log in and what system it is.
var kept = wordSet("etc/passwd etc/group etc/shadow etc/os-release usr/lib/os-release")

var (
	shells = wordSet("sh bash dash ash zsh ksh mksh csh tcsh fish busybox toybox rbash pwsh")
	// managers install packages at run time.
	managers = wordSet(`apt apt-get aptitude dpkg apk dnf dnf5 yum microdnf rpm zypper pacman pip pip3 npm yarn pnpm gem
		cargo conda mamba poetry composer opkg`)
	escalators = wordSet("sudo doas pkexec")
	// commonSetuid are the programs that need it, as the base images of distributions have them.
	commonSetuid = wordSet(`su mount umount passwd gpasswd chsh chfn newgrp chage expiry wall write write.ul bsd-write
		ping ping6 unix_chkpwd pam_timestamp_check pam_extrausers_chkpwd ssh-agent ssh-keysign fusermount fusermount3
		dbus-daemon-launch-helper newuidmap newgidmap sg lockfile dotlockfile mlocate locate utempter grub2-set-bootflag sulogin
		bbsuid userhelper crontab at staprun polkit-agent-helper-1 sudo doas pkexec sudoedit`)
)

// wordSet is a set of words. It is made when it is first asked for one, and not at every start of the program.
func wordSet(words string) func(word string) bool {
	set := sync.OnceValue(func() map[string]bool {
		set := make(map[string]bool)
		for w := range strings.FieldsSeq(words) {
			set[w] = true
		}
		return set
	})
	return func(word string) bool { return set()[word] }
}

// classify looks at one file of a layer; nil is nothing that matters.
func classify(name string, h *tar.Header, e entry, r io.Reader) (*item, error) {
	it := &item{name: name, entry: e, size: h.Size}
	base := path.Base(name)
	if e.kind == fileEntry || e.kind == hardlinkEntry {
		if e.mode&0o6000 != 0 && e.mode&0o111 != 0 {
			it.is |= setuid
		}
		if caps := h.PAXRecords["SCHILY.xattr.security.capability"]; caps != "" {
			it.is, it.caps = it.is|capable, capabilities(caps)
		}
	}
	if e.mode&0o002 != 0 && (e.kind == fileEntry || e.kind == folderEntry && e.mode&0o1000 == 0) && !volatile(name) {
		it.is |= writable
	}
	if e.kind != folderEntry && programFolder(path.Dir(name)) && (e.mode&0o111 != 0 || e.kind == symlinkEntry) {
		switch {
		case shells(base):
			it.is |= shellRole
		case managers(base):
			it.is |= manager
		case escalators(base):
			it.is |= escalator
		}
	}
	if e.kind == folderEntry && base == ".git" {
		it.is |= repository
	}
	if e.kind == fileEntry {
		if err := it.contents(name, h.Size, r); err != nil {
			return nil, err
		}
	}
	if it.is == 0 {
		it.litter(name, e.kind)
	}
	if it.is == 0 {
		return nil, nil
	}
	return it, nil
}

// contents reads what must be read of a file.
func (it *item) contents(name string, size int64, r io.Reader) error {
	if kept(name) {
		it.is |= wanted
	}
	limit := int64(0)
	judge, named := credentialFile(name)
	switch {
	case it.is&wanted != 0 || named:
		limit = maxWanted
	case size > 0 && keyLike(name):
		limit = 64 << 10
	case size > 0:
		limit = keyHead
	}
	if limit == 0 {
		return nil
	}
	data, err := io.ReadAll(io.LimitReader(r, limit))
	if err != nil {
		return err
	}
	if it.is&wanted != 0 {
		it.data = data
		return nil
	}
	kind, reason := "", ""
	if named {
		kind, reason = judge(data)
	}
	if kind == "" && keyArmor(data) {
		if more, err := io.ReadAll(io.LimitReader(r, 8<<10)); err != nil {
			return err
		} else if key := append(data, more...); keyBody(key) {
			kind, reason = "private-key", "it holds a private key"
		}
	}
	if kind != "" {
		it.is |= credential
		it.secret = &Credential{Name: "/" + name, Kind: kind, Reason: reason, Sample: sample(name)}
	}
	return nil
}

// keyHead is as much of a file as an armor takes.
const keyHead = 128

// armors open private keys (RFC 7468, RFC 9580, OpenSSH, PuTTY, age).
var armors = [][]byte{[]byte("PRIVATE KEY-----"), []byte("PGP PRIVATE KEY BLOCK-----"), []byte("PuTTY-User-Key-File-"), []byte("AGE-SECRET-KEY-1")}

func keyArmor(data []byte) bool {
	for _, a := range armors {
		if bytes.Contains(data, a) {
			return true
		}
	}
	return false
}

// keyBody tells a key from a text about keys: base64 of the length of a key follows the armor.
func keyBody(data []byte) bool {
	if bytes.Contains(data, []byte("PuTTY-User-Key-File-")) || bytes.Contains(data, []byte("AGE-SECRET-KEY-1")) {
		return true
	}
	i := bytes.Index(data, []byte("-----BEGIN "))
	if i < 0 {
		return false
	}
	// What stands before the armor of a key file is a certificate or a comment, not a program.
	_, after, ok := bytes.Cut(data[i:], []byte("PRIVATE KEY"))
	if !ok {
		return false
	}
	_, after, _ = bytes.Cut(after, []byte("\n"))
	n := 0
	for line := range bytes.Lines(after) {
		line = bytes.TrimSpace(line)
		if bytes.HasPrefix(line, []byte("-----")) {
			break
		}
		if len(line) > 0 && bytes.IndexByte(line, ':') < 0 && base64Line(line) {
			n += len(line)
		}
	}
	return n >= 48
}

func base64Line(line []byte) bool {
	for _, c := range line {
		if c != '+' && c != '/' && c != '=' && (c < '0' || c > '9') && (c < 'a' || c > 'z') && (c < 'A' || c > 'Z') {
			return false
		}
	}
	return true
}

// keyLike tells of names under which keys stand behind something else, such as a chain of certificates.
func keyLike(name string) bool {
	switch path.Ext(name) {
	case ".pem", ".key", ".crt", ".cert", ".cer", ".p8", ".asc", ".ppk", ".ovpn":
		return true
	}
	return strings.HasPrefix(path.Base(name), "id_")
}

// programFolder tells of folders that a PATH names.
func programFolder(dir string) bool {
	base := path.Base(dir)
	return base == "bin" || base == "sbin"
}

// volatile tells of folders that a runtime mounts over.
func volatile(name string) bool {
	for _, dir := range []string{"proc", "sys", "dev"} {
		if name == dir || strings.HasPrefix(name, dir+"/") {
			return true
		}
	}
	return false
}

// sample tells of files that come with tests, examples and documentation.
func sample(name string) bool {
	for part := range strings.SplitSeq(path.Dir(name), "/") {
		switch strings.ToLower(part) {
		case "test", "tests", "testdata", "test_data", "testing", "fixtures", "example", "examples", "sample", "samples", "doc", "docs", "demo", "demos", "__tests__", "dummyserver":
			return true
		}
	}
	return false
}
