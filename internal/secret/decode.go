package secret

import "strings"

// maxDecode bounds how often text inside of base64 is decoded again.
const maxDecode = 3

// minEncoded is the length from which a run is decoded: eighteen characters of text.
const minEncoded = 24

// encodedByte marks the characters of base64 in both alphabets.
var encodedByte = func() (marks [256]bool) {
	for c := range marks {
		marks[c] = isAlnum(byte(c)) || c == '+' || c == '/' || c == '-' || c == '_'
	}
	return marks
}()

// encoded finds secrets inside of base64: keys, tokens, passwords in URLs and assignments. The secret is
// the encoded text, since that is what stands in the file.
func encoded(text string, depth int) []Hit {
	var hits []Hit
	for start := 0; start < len(text); {
		if !encodedByte[text[start]] {
			start++
			continue
		}
		end, upper, lower := start, false, false
		for end < len(text) && encodedByte[text[end]] {
			upper, lower = upper || isUpper(text[end]), lower || isLower(text[end])
			end++
		}
		if end-start >= minEncoded && upper && lower {
			if inner, ok := decode64(text[start:end]); ok && printable(inner) {
				for padding := 0; padding < 2 && end < len(text) && text[end] == '='; padding++ {
					end++
				}
				if found := inside(inner, depth+1); len(found) > 0 {
					hits = append(hits, hit(text[start:end], found[0].Verdict.Reason))
				}
			}
		}
		start = end
	}
	return hits
}

// inside finds the secrets of decoded text.
func inside(text string, depth int) []Hit {
	if pem(text, "PRIVATE KEY") {
		return []Hit{hit(text, "private-key")}
	}
	if hits := genuine(known("", text)); len(hits) > 0 {
		return hits
	}
	if found := urlPasswords(text); len(found) > 0 {
		return []Hit{hit(found[0], "url")}
	}
	if found := jsonPasswords(text); len(found) > 0 || registryLogin(text) {
		return []Hit{hit(text, "name")}
	}
	if hits := inWords(text, maxDepth-1); len(hits) > 0 {
		return hits
	}
	if depth < maxDecode {
		return encoded(text, depth)
	}
	return nil
}

// registryLogin tells whether text is the configuration in which docker login keeps its passwords.
func registryLogin(text string) bool {
	_, logins, ok := strings.Cut(text, `"auths"`)
	_, auth, found := strings.Cut(logins, `"auth"`)
	auth = strings.TrimLeft(auth, ": \t\n")
	return ok && found && strings.HasPrefix(auth, `"`) && !strings.HasPrefix(auth, `""`)
}
