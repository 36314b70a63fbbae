package secret

import (
	"regexp"
	"slices"
	"strings"
	"sync"

	"github.com/BurntSushi/toml"
	"github.com/zricethezav/gitleaks/v8/config"
)

// The rules of gitleaks are a text of 100 kB with 222 regular expressions. Compiling all of them takes
// longer than judging a repository, so the text is cut into rules when the first candidate appears, and
// a rule is decoded and compiled when one of its keywords does.

// ownRules are not used: they judge what this package judges itself, by name and entropy, and the
// arguments of curl.
var ownRules = []string{`id = "generic-api-key"`, `id = "curl-auth-user"`, `id = "curl-auth-header"`}

type rule struct {
	block    string
	keywords []string
	compile  sync.Once
	// What follows is set by compile; re is nil for a rule that judges files by their names alone.
	id      string
	re      *regexp.Regexp
	path    *regexp.Regexp
	entropy float64
	group   int
	allow   []allowlist
}

// allowSource and ruleSource are the parts of the format that concern text and the file that it is in.
type allowSource struct {
	Condition, RegexTarget             string
	Regexes, StopWords, Paths, Commits []string
}

type ruleSource struct {
	ID, Regex, Path string
	Entropy         float64
	SecretGroup     int
	Keywords        []string
	Allowlists      []allowSource
}

type ruleset struct {
	rules []*rule
	// pairs marks the first two bytes of all keywords; byPair lists the keywords that start with them.
	pairs  [1 << 16 / 64]uint64
	byPair map[uint16][]keyword
	global func() []allowlist
}

type keyword struct {
	text  string
	rules []int
}

var rules = sync.OnceValue(func() *ruleset { return scanRules(config.DefaultConfig + forms) })

func scanRules(text string) *ruleset {
	blocks := strings.Split("\n"+text, "\n[[rules]]\n")
	set := &ruleset{byPair: make(map[uint16][]keyword)}
	set.global = sync.OnceValue(func() []allowlist { return globalAllowlists(blocks[0]) })
	owners := make(map[string][]int)
	for _, block := range blocks[1:] {
		r := &rule{block: "[[rules]]\n" + block, keywords: scanKeywords(block)}
		own := slices.ContainsFunc(ownRules, func(id string) bool { return strings.HasPrefix(block, id) })
		if own || len(r.keywords) == 0 {
			continue
		}
		for _, k := range r.keywords {
			owners[k] = append(owners[k], len(set.rules))
		}
		set.rules = append(set.rules, r)
	}
	for k, indices := range owners {
		pair := uint16(k[0])<<8 | uint16(k[1])
		set.pairs[pair/64] |= 1 << (pair % 64)
		set.byPair[pair] = append(set.byPair[pair], keyword{k, indices})
	}
	return set
}

// scanKeywords reads the keywords of a rule without decoding it.
func scanKeywords(block string) []string {
	if i := strings.Index(block, "\n[["); i >= 0 {
		block = block[:i]
	}
	_, list, ok := strings.Cut(block, "\nkeywords = [")
	if !ok {
		return nil
	}
	list, _, _ = strings.Cut(list, "]")
	var found []string
	for i, part := range strings.Split(list, `"`) {
		if i%2 == 1 && len(part) >= 2 {
			found = append(found, strings.ToLower(part))
		}
	}
	return found
}

func globalAllowlists(head string) []allowlist {
	var source struct {
		Allowlist  allowSource
		Allowlists []allowSource
	}
	if _, err := toml.Decode(head, &source); err != nil {
		return nil
	}
	return compileAllowlists(append(source.Allowlists, source.Allowlist))
}

func (r *rule) ready() bool {
	r.compile.Do(func() {
		var source struct{ Rules []ruleSource }
		if _, err := toml.Decode(r.block, &source); err != nil || len(source.Rules) != 1 {
			return
		}
		s := source.Rules[0]
		if s.Regex == "" {
			return
		}
		if s.Path != "" {
			if r.path, _ = regexp.Compile(s.Path); r.path == nil {
				return
			}
		}
		r.id, r.entropy, r.group, r.allow = s.ID, s.Entropy, s.SecretGroup, compileAllowlists(s.Allowlists)
		text := s.Regex
		if rest, ok := strings.CutPrefix(text, anyPrefix); ok && !slices.ContainsFunc(s.Allowlists, func(a allowSource) bool { return a.RegexTarget != "" }) {
			text = "(?i)" + rest
		}
		r.re, _ = regexp.Compile(text)
	})
	return r.re != nil
}

// anyPrefix starts many rules: up to fifty characters of a name in front of a keyword. They may be none, no
// group holds them, and they make a search ten times slower.
const anyPrefix = `(?i)[\w.-]{0,50}?`

// known finds what the rules know in a text of a file: the secrets, in order of the rules. The file is ""
// where there is none.
func known(file, text string) []Hit {
	set := rules()
	var hits []Hit
	for _, i := range set.candidates(strings.ToLower(text)) {
		if r := set.rules[i]; r.ready() && (r.path == nil || file != "" && r.path.MatchString(file)) {
			hits = append(hits, set.matches(r, file, text)...)
		}
	}
	return hits
}

// candidates are the rules of which a keyword occurs in the lower-case text.
func (set *ruleset) candidates(lower string) []int {
	var found []int
	for i := 0; i+1 < len(lower); i++ {
		pair := uint16(lower[i])<<8 | uint16(lower[i+1])
		if set.pairs[pair/64]&(1<<(pair%64)) == 0 {
			continue
		}
		for _, k := range set.byPair[pair] {
			if strings.HasPrefix(lower[i:], k.text) {
				found = append(found, k.rules...)
			}
		}
	}
	slices.Sort(found)
	return slices.Compact(found)
}

func (set *ruleset) matches(r *rule, file, text string) []Hit {
	var hits []Hit
	for _, m := range r.re.FindAllStringSubmatchIndex(text, -1) {
		match := strings.Trim(text[m[0]:m[1]], "\n")
		secret := r.secret(text, m)
		if secret == "" || r.entropy > 0 && entropy(secret) <= r.entropy {
			continue
		}
		line := lineAround(text, m[0], m[1])
		allows := func(a allowlist) bool { return a.allows(file, secret, match, line) }
		if slices.ContainsFunc(set.global(), allows) || slices.ContainsFunc(r.allow, allows) {
			continue
		}
		hits = append(hits, hit(secret, r.id))
	}
	return hits
}

// secret is the group that holds the secret: the rule's own, else the first that is not empty, else all.
func (r *rule) secret(text string, m []int) string {
	if r.group > 0 && 2*r.group+1 < len(m) && m[2*r.group] >= 0 {
		return text[m[2*r.group]:m[2*r.group+1]]
	}
	for g := 2; g+1 < len(m); g += 2 {
		if m[g] >= 0 && m[g+1] > m[g] {
			return text[m[g]:m[g+1]]
		}
	}
	return strings.Trim(text[m[0]:m[1]], "\n")
}

func lineAround(text string, start, end int) string {
	from := strings.LastIndexByte(text[:start], '\n') + 1
	if i := strings.IndexByte(text[end:], '\n'); i >= 0 {
		return text[from : end+i]
	}
	return text[from:]
}
