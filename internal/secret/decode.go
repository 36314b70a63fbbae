package secret

import "strings"

// maxDecode bounds how often text inside of base64 is decoded again.
const maxDecode = 3

// minEncoded is the length from which a run is decoded: eighteen characters of text.
const minEncoded = 24

// maxEncoded is the part of a run that is decoded: a key takes a few kilobytes.
const maxEncoded = 32 << 10

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
			if inner, ok := decode64(text[start:min(end, start+maxEncoded)]); ok && printable(inner) {
				for padding := 0; padding < 2 && end < len(text) && text[end] == '='; padding++ {
					end++
				}
				if found := inside(inner, depth+1); len(found) > 0 {
					hits = append(hits, hit(text[start:end], found[0].Verdict.Reason))
				} else if n := botToken(inner, text[end:]); n > 0 {
					end += n
					hits = append(hits, hit(text[start:end], "discord-bot-token"))
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
	for _, w := range windows(text) {
		if hits := genuine(known("", w)); len(hits) > 0 {
			return hits
		}
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

// botToken is the length of the two parts that make a token of Discord of the number of an account in front
// of them; 0 where they are none.
func botToken(account, rest string) int {
	if len(account) < 17 || len(account) > 20 || strings.Trim(account, "0123456789") != "" {
		return 0
	}
	n := 0
	for n < len(rest) && (encodedByte[rest[n]] || rest[n] == '.') {
		n++
	}
	parts := strings.Split(rest[:n], ".")
	if len(parts) != 3 || parts[0] != "" || len(parts[1]) != 6 || len(parts[2]) < 27 {
		return 0
	}
	return n
}

// registryLogin tells whether text is the configuration in which docker login keeps its passwords.
func registryLogin(text string) bool {
	_, logins, ok := strings.Cut(text, `"auths"`)
	_, auth, found := strings.Cut(logins, `"auth"`)
	auth = strings.TrimLeft(auth, ": \t\n")
	return ok && found && strings.HasPrefix(auth, `"`) && !strings.HasPrefix(auth, `""`)
}
