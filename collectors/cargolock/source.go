package cargolock

import (
	"net/url"
	"strings"

	"sallyport/internal/secret"
)

// readSource reads a source as the lock writes it: kind+url?branch=x#commit. Version 4 encodes the values
// of the query, earlier ones write them as they are.
func readSource(text string, encoded bool) Source {
	kind, address, ok := strings.Cut(text, "+")
	if !ok {
		return Source{Kind: "unknown", URL: clean(text), Repository: repository(clean(text))}
	}
	s := Source{Kind: kind}
	switch kind {
	case "registry", "sparse":
		s.Kind, s.Sparse = "registry", kind == "sparse"
		// cargo writes sparse+ in front of the address and takes both together for the name.
		s.CratesIO = text == "registry+https://github.com/rust-lang/crates.io-index" || text == "sparse+https://index.crates.io/"
	case "git":
		address, s.Commit, _ = strings.Cut(address, "#")
		var query string
		address, query, _ = strings.Cut(address, "?")
		s.reference(query, encoded)
	case "path", "directory", "local-registry":
	default:
		s.Kind = "unknown"
	}
	s.URL = clean(address)
	s.Repository = repository(s.URL)
	scheme, _, _ := strings.Cut(strings.ToLower(address), "://")
	s.Plaintext = (s.Kind == "registry" || s.Kind == "git") && (scheme == "http" || scheme == "git" || scheme == "ftp")
	return s
}

func (s *Source) reference(query string, encoded bool) {
	for pair := range strings.SplitSeq(query, "&") {
		key, value, _ := strings.Cut(pair, "=")
		if plain, err := url.QueryUnescape(value); encoded && err == nil {
			value = plain
		}
		switch key {
		case "branch":
			s.Branch = value
		case "tag":
			s.Tag = value
		case "rev", "ref":
			s.Rev = value
		}
	}
}

// repository names a place however it is reached.
func repository(address string) string {
	_, rest, ok := strings.Cut(address, "://")
	if !ok {
		rest = address
	}
	host, folder, _ := strings.Cut(rest, "/")
	host = strings.ToLower(host[strings.LastIndexByte(host, '@')+1:])
	return strings.TrimSuffix(host+"/"+strings.TrimSuffix(strings.TrimRight(folder, "/"), ".git"), "/")
}

// clean masks a password in an address.
func clean(address string) string { return secret.Variable("url", address).Value }
