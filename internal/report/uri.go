package report

import (
	"net/url"
	"path"
	"strings"
)

// uriOf writes a path as a URI reference of RFC 3986. Every byte outside the characters that a path may
// hold is escaped, ":" too: it would make a scheme of the first segment. The tree itself is "./".
func uriOf(file string) string {
	if file == "" || file == "." {
		return "./"
	}
	const hex = "0123456789ABCDEF"
	var b strings.Builder
	for i := range len(file) {
		c := file[i]
		if c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || strings.IndexByte("-._~!$&'()*+,;=@/", c) >= 0 {
			b.WriteByte(c)
			continue
		}
		b.WriteByte('%')
		b.WriteByte(hex[c>>4])
		b.WriteByte(hex[c&15])
	}
	return b.String()
}

// locationOf is the location of a file: relative to the top of the repository, or absolute where the
// file is outside the tree, such as configuration that the caller named.
func locationOf(prefix, file string) artifactLocation {
	if path.IsAbs(file) {
		return artifactLocation{URI: "file://" + uriOf(file)}
	}
	if prefix != "" {
		file = path.Join(prefix, file)
	}
	return artifactLocation{URI: uriOf(file), BaseID: srcRoot}
}

// publicRemote writes the address of a repository as a URI without credentials; an address that names
// no host is "": a folder of this machine tells nobody anything.
func publicRemote(remote string) string {
	if !strings.Contains(remote, "://") {
		host, rest, ok := strings.Cut(remote, ":") // user@host:path, as ssh has it
		if !ok || strings.Contains(host, "/") {
			return ""
		}
		remote = "ssh://" + host + "/" + strings.TrimPrefix(rest, "/")
	}
	u, err := url.Parse(remote)
	if err != nil || u.Host == "" {
		return ""
	}
	switch u.Scheme {
	case "ssh":
		if u.User != nil {
			u.User = url.User(u.User.Username())
		}
	case "http", "https", "git":
		u.User = nil
	default:
		return ""
	}
	u.RawQuery, u.Fragment = "", ""
	return u.String()
}
