package secret

import (
	"slices"
	"strings"
	"unicode"
)

// placeholderWords are whole values that say that the value is still to come, or is none.
var placeholderWords = wordSet(`change changes replace placeholder todo fixme tbd tba none null nil undefined unset notset empty
	blank na redacted hidden masked removed optional required dummy fake sample example foo bar baz foobar foobarbaz xxx yyy zzz
	abc secretkeyref missing unknown unused ignored notused notneeded void`)

// placeholderParts mark a placeholder wherever they stand in a value, once separators are dropped.
var placeholderParts = []string{
	"changeme", "changeit", "changethis", "changepassword", "pleasechange", "mustchange", "tobechanged", "replaceme", "replacethis",
	"replacewith", "tobereplaced", "placeholder", "example", "yourpass", "yoursecret", "yourtoken", "yourkey", "yourapi", "yourown",
	"yourdb", "youraws", "yourgithub", "yourprivate", "insertyour", "inserthere", "putyour", "enteryour", "setme", "fillme", "fillin",
	"addyour", "goeshere", "xxxxx", "redacted", "notasecret", "notarealsecret", "notreal", "notsecret", "dummy", "somefake",
	"fakekey", "faketoken", "fakepass", "fakesecret", "generateme", "generatewith", "generatedat", "tobegenerated", "overrideme",
	"insecurekeyfor", "undefined",
}

// placeholder tells whether a value says of itself that it is no secret.
func placeholder(v string) bool {
	if sameCharacter(v) || strings.Contains(v, "****") || strings.Contains(v, "...") || strings.Contains(v, "…") {
		return true
	}
	if len(v) > 256 {
		return false
	}
	lower := strings.ToLower(v)
	if lower == "your" || strings.HasPrefix(lower, "your_") || strings.HasPrefix(lower, "your-") || strings.HasPrefix(lower, "your ") ||
		strings.HasPrefix(lower, "my-placeholder") || strings.HasSuffix(lower, "_here") || strings.HasSuffix(lower, "-here") ||
		strings.HasSuffix(lower, " here") || strings.Contains(lower, "_your_") || strings.Contains(lower, "-your-") {
		return true
	}
	if strings.Contains(lower, "fake") && slices.Contains(words(v), "fake") || strings.Contains(v, "%s") {
		return true
	}
	bare := strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return r
		}
		return -1
	}, lower)
	if bare == "" || len(v) == 2 && v[0] == '%' || placeholderWords(bare) {
		return true
	}
	for _, p := range placeholderParts {
		if strings.Contains(bare, p) {
			return true
		}
	}
	// The key of Azure's storage emulator is the same everywhere, and documented.
	if strings.HasPrefix(v, "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq") {
		return true
	}
	// The alphabet is nobody's secret; with digits about it, it may be a token all the same.
	return strings.Contains(bare, "abcdefghijklmnop") && !strings.ContainsAny(bare, "0123456789")
}
