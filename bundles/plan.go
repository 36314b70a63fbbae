package bundles

import (
	"hash/crc32"
	"io/fs"
	"strings"
	"sync"

	"sallyport/bundles/token"
	"sallyport/bundles/vm"
	"sallyport/internal/finding"
)

// A plan is what the tests have made of the built-in rules of one kind: their metadata, and their code for the
// machine. With it a run parses and compiles no Rego. Plans stand in plans/<kind>.plan of the built-in tree.
type plan struct {
	helpers []digest
	reads   []string
	shape   *vm.Shape // what of the input the rules can read
	rules   map[string]*planned
	program func() (*vm.Program, error)
}

// A planned rule counts while its source is the one that it was made of.
type planned struct {
	digest digest
	rule   finding.Rule
}

// A digest tells whether a plan is that of a file. It guards against a forgotten update, not against
// an attacker: plan and file are in the same binary.
type digest struct {
	file   string
	length int
	sum    int
}

// castagnoli is the polynomial that processors compute.
var castagnoli = sync.OnceValue(func() *crc32.Table { return crc32.MakeTable(crc32.Castagnoli) })

func digestOf(file, text string) digest {
	return digest{file, len(text), int(crc32.Checksum([]byte(text), castagnoli()))}
}

func (d digest) write(w *token.Writer) {
	w.String(d.file)
	w.Int(d.length)
	w.Int(d.sum)
}

func readDigest(r *token.Reader) digest { return digest{r.String(), r.Int(), r.Int()} }

// plans reads each plan once for all bundles that are derived from one another.
type plans struct {
	mu   sync.Mutex
	read map[string]*plan
}

// of returns the plan of a kind, or nil.
func (ps *plans) of(tree Tree, kind string) *plan {
	if !tree.BuiltIn {
		return nil
	}
	ps.mu.Lock()
	defer ps.mu.Unlock()
	p, ok := ps.read[kind]
	if !ok {
		if text, err := fs.ReadFile(tree.FS, planFile(kind)); err == nil {
			p = readPlan(string(text))
		}
		if ps.read == nil {
			ps.read = map[string]*plan{}
		}
		ps.read[kind] = p
	}
	return p
}

func planFile(kind string) string { return "plans/" + kind + ".plan" }

// planFormat changes whenever the machine reads its code in another way.
const planFormat = "sallyport plan 2"

// readPlan is nil for a text that is no plan: the rules are then compiled.
func readPlan(text string) *plan {
	r := token.NewReader(text)
	if r.String() != planFormat {
		return nil
	}
	p := &plan{helpers: make([]digest, r.Count())}
	for i := range p.helpers {
		p.helpers[i] = readDigest(r)
	}
	p.reads = r.Strings()
	n := r.Count()
	p.rules = make(map[string]*planned, n)
	for range n {
		rule := &planned{digest: readDigest(r)}
		readRule(r, &rule.rule)
		p.rules[rule.rule.Name] = rule
	}
	p.shape = vm.DecodeShape(r)
	if r.Err() != nil {
		return nil
	}
	rest := r.Rest()
	p.program = sync.OnceValues(func() (*vm.Program, error) { return vm.Decode(token.NewReader(rest)) })
	return p
}

// rule is the metadata of a source, or nil where the plan is not that of the source.
func (p *plan) rule(s *source) *finding.Rule {
	if p == nil || p.rules[s.name] == nil || p.rules[s.name].digest != digestOf(s.file, s.text()) {
		return nil
	}
	rule := p.rules[s.name].rule
	rule.Source = s.text()
	return &rule
}

// covers tells whether the plan is that of the rules and of every helper that they use.
func (p *plan) covers(s *set) bool {
	if p == nil {
		return false
	}
	for _, src := range s.sources {
		if p.rules[src.name] == nil || p.rules[src.name].digest != digestOf(src.file, src.text()) {
			return false
		}
	}
	for _, d := range p.helpers {
		found := false
		for _, h := range s.bundle.shared.modules {
			found = found || h.tree.BuiltIn && d == digestOf(h.file, h.text())
		}
		if !found {
			return false
		}
	}
	return true
}

// entry is the path of what a rule answers.
func entry(name string) string {
	return "data.policies." + strings.ReplaceAll(name, "/", ".") + ".deny"
}
