package secret

import (
	"encoding/base64"
	"math"
	"strings"
	"unicode/utf8"
)

// entropy is Shannon's, in bits per character, over the bytes of s.
func entropy(s string) float64 {
	if s == "" {
		return 0
	}
	var counts [256]int
	for i := range len(s) {
		counts[s[i]]++
	}
	bits, n := 0.0, float64(len(s))
	for _, c := range counts {
		if c > 0 {
			p := float64(c) / n
			bits -= p * math.Log2(p)
		}
	}
	return bits
}

// shape is what a string is made of.
type shape struct {
	upper, lower, digit, separator, other int
	// changes counts neighbours of different kinds. Random text changes at every second character;
	// words, versions and names that people make rarely do.
	changes int
	hex     bool
}

func shapeOf(s string) shape {
	sh := shape{hex: true}
	last := byte(0)
	for i := range len(s) {
		c, kind := s[i], byte(0)
		switch {
		case isDigit(c):
			sh.digit++
			kind = 'd'
		case isLower(c):
			sh.lower++
			kind = 'l'
			sh.hex = sh.hex && c <= 'f'
		case isUpper(c):
			sh.upper++
			kind = 'u'
			sh.hex = sh.hex && c <= 'F'
		case strings.IndexByte("-_.+/=~", c) >= 0:
			sh.separator++
			sh.hex = false
		default:
			sh.other++
			sh.hex = false
		}
		if kind != 0 && last != 0 && kind != last {
			sh.changes++
		}
		last = kind
	}
	return sh
}

// random tells whether a string under a name that says nothing looks like a generated secret. It is
// strict: digests, revisions, identifiers, versions, paths and encoded text all look random at a glance.
func random(s string) bool {
	if len(s) < 20 || len(s) > 512 {
		return false
	}
	sh := shapeOf(s)
	if sh.other > 0 || sh.hex || sh.digit < 2 || uuid(s) || looksPath(s) || publicForm(s) {
		return false
	}
	rate := float64(sh.changes) / float64(len(s)-1)
	switch {
	case sh.upper > 0 && sh.lower > 0:
		if rate < 0.38 || entropy(s) < 3.7 {
			return false
		}
	case len(s) < 24 || sh.separator > 2 || rate < 0.25 || entropy(s) < 3.6:
		return false
	}
	return !wordy(s) && !encodesText(s)
}

// randomish is random for a name that hints at a secret (SIGNING_SALT, COOKIE_KEY): shorter strings and
// hex count too, except for the 40 digits of a revision or of an OpenPGP fingerprint.
func randomish(s string) bool {
	if len(s) < 12 || len(s) > 4096 || uuid(s) || looksPath(s) || publicForm(s) {
		return false
	}
	sh := shapeOf(s)
	if strings.ContainsAny(s, " \t\n:,") || sh.digit == 0 || sh.lower+sh.upper == 0 {
		return false
	}
	if sh.hex {
		return len(s) != 40 && len(s) >= 16 && sh.changes >= 4 && (sh.lower == 0 || sh.upper == 0)
	}
	rate := float64(sh.changes) / float64(len(s)-1)
	return rate >= 0.2 && sh.separator*4 <= len(s) && entropy(s) >= 3 && !wordy(s) && !encodesText(s)
}

// wordy tells whether most of the string is made of words of one case with five letters or more.
func wordy(s string) bool {
	run, inWords := 0, 0
	flush := func() {
		if run >= 5 {
			inWords += run
		}
		run = 0
	}
	for i := range len(s) {
		switch c := s[i]; {
		case isLower(c) || isUpper(c) && i > 0 && isUpper(s[i-1]):
			run++
		case isUpper(c):
			flush()
			run = 1
		default:
			flush()
		}
	}
	flush()
	return inWords*2 >= len(s)
}

func uuid(s string) bool {
	if len(s) != 36 {
		return false
	}
	for i := range len(s) {
		dash := i == 8 || i == 13 || i == 18 || i == 23
		if dash != (s[i] == '-') || !dash && !isHex(s[i]) {
			return false
		}
	}
	return true
}

func isHex(c byte) bool { return isDigit(c) || c >= 'a' && c <= 'f' || c >= 'A' && c <= 'F' }

// publicForms start values that look random and are meant to be seen: digests with their algorithm,
// public keys and recipients, keyed references.
var publicForms = []string{
	"sha1-", "sha1:", "sha256-", "sha256:", "sha384-", "sha512-", "sha512:", "md5:", "md5-", "h1:",
	"ssh-", "ecdsa-", "sk-ssh-", "age1", "AAAAB3Nza", "AAAAC3Nza", "AAAAE2Vj", "RWQ", "RWR", "RWT", "MFkwEwYHKoZIzj0", "MCowBQYDK2Vw",
	"MIIBIjANBgkq", "MIICIjANBgkq", "npub1", "0x",
}

func publicForm(s string) bool {
	for _, p := range publicForms {
		if strings.HasPrefix(s, p) {
			return true
		}
	}
	return false
}

// encodesText tells whether s is base64 of plain text, which is an encoding and no secret by itself.
func encodesText(s string) bool {
	data, ok := decode64(s)
	return ok && len(s) >= 16 && printable(data)
}

// decode64 decodes base64 in the standard and in the URL alphabet, with or without padding.
func decode64(s string) (string, bool) {
	s = strings.TrimRight(s, "=")
	if len(s) < 8 || len(s)%4 == 1 {
		return "", false
	}
	encoding := base64.RawStdEncoding
	if strings.ContainsAny(s, "-_") {
		encoding = base64.RawURLEncoding
	}
	data, err := encoding.DecodeString(s)
	return string(data), err == nil
}

func printable(s string) bool {
	if s == "" || !utf8.ValidString(s) {
		return false
	}
	for _, r := range s {
		if r < ' ' && r != '\n' && r != '\r' && r != '\t' || r == 0x7f {
			return false
		}
	}
	return true
}
