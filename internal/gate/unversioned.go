package gate

import "strings"

// unversioned takes digests and image tags out of a text.
func unversioned(s string) string {
	if !strings.Contains(s, ":") { // as every digest and tag does
		return s
	}
	return untagged(undigested(s))
}

// undigested takes out digests: @?sha(256|512):[0-9a-f]{8,128}.
func undigested(s string) string {
	var kept strings.Builder
	from := 0
	for at := 0; ; {
		i := strings.Index(s[at:], "sha")
		if i < 0 {
			break
		}
		i += at
		at = i + len("sha")
		if !strings.HasPrefix(s[at:], "256:") && !strings.HasPrefix(s[at:], "512:") {
			continue
		}
		end := run(s, at+len("256:"), isHex)
		if end = min(end, at+len("256:")+128); end < at+len("256:")+8 {
			continue
		}
		if i > from && s[i-1] == '@' {
			i--
		}
		kept.WriteString(s[from:i])
		from, at = end, end
	}
	if from == 0 {
		return s
	}
	kept.WriteString(s[from:])
	return kept.String()
}

// untagged takes out the tags of image references, which match
//
//	((?:[a-z0-9][a-z0-9._-]*(?::[0-9]+)?/)*[a-z][a-z0-9._-]*)(:[A-Za-z0-9_][A-Za-z0-9._-]*)
//
// path segments, then a colon and a tag. What goes on with a slash is a host and its port.
func untagged(s string) string {
	var kept strings.Builder
	from := 0
	for at := 0; at < len(s); {
		name, end := reference(s, at)
		if end == 0 {
			at = name
			continue
		}
		if at = end; end < len(s) && s[end] == '/' {
			at++
		} else {
			kept.WriteString(s[from:name])
			from = end
		}
	}
	if from == 0 {
		return s
	}
	kept.WriteString(s[from:])
	return kept.String()
}

// reference reads an image reference with a tag, and returns where its name and its tag end. Where there is none, end is 0, and
// none starts before next.
func reference(s string, at int) (next, end int) {
	port, portEnd := 0, 0 // of the last segment that is a name with a tag as well
	for {
		stop := run(s, at, inName)
		if stop == at || stop == len(s) || !isLower(s[at]) && !isDigit(s[at]) {
			break
		}
		if s[stop] == '/' {
			at = stop + 1
			continue
		}
		if s[stop] != ':' {
			break
		}
		if digits := run(s, stop+1, isDigit); digits > stop+1 && digits < len(s) && s[digits] == '/' {
			if isLower(s[at]) {
				port, portEnd = stop, digits
			}
			at = digits + 1
			continue
		}
		if isLower(s[at]) && startsTag(s[stop+1:]) {
			return stop, run(s, stop+1, inTag)
		}
		break
	}
	if portEnd > 0 {
		return port, portEnd
	}
	// Whatever starts later in the same run of characters ends as this one has, but for what may come first.
	stop := run(s, at, inName)
	for at++; at < stop; at++ {
		if isLower(s[at]) && stop < len(s) && (s[stop] == '/' || s[stop] == ':' && startsTag(s[stop+1:])) {
			return at, 0
		}
	}
	return stop + 1, 0
}

func startsTag(s string) bool { return s != "" && inTag(s[0]) && s[0] != '.' && s[0] != '-' }

// run is where the bytes of a class end.
func run(s string, at int, class func(byte) bool) int {
	for at < len(s) && class(s[at]) {
		at++
	}
	return at
}

func isDigit(c byte) bool { return c >= '0' && c <= '9' }
func isLower(c byte) bool { return c >= 'a' && c <= 'z' }
func isHex(c byte) bool   { return isDigit(c) || c >= 'a' && c <= 'f' }
func inName(c byte) bool  { return isLower(c) || isDigit(c) || c == '.' || c == '_' || c == '-' }
func inTag(c byte) bool   { return inName(c) || c >= 'A' && c <= 'Z' }
