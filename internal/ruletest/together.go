package ruletest

import (
	"path"
	"testing/fstest"

	"sallyport/internal/finding"
)

// Together are the files of a repository with the examples of all rules, each twice: a repository with many services has much
// of the same name, and no rule may fail for that.
func (p *Prover) Together(rules []*finding.Rule) (map[string][]byte, error) {
	all := map[string][]byte{}
	for _, r := range rules {
		for name, text := range map[string]string{"bad": r.Bad, "good": r.Good} {
			fsys, err := p.files(r.Kind, text)
			if err != nil {
				return nil, err
			}
			for file, data := range fsys.(fstest.MapFS) {
				all[path.Join("one", r.Name, name, file)] = data.Data
				all[path.Join("two", r.Name, name, file)] = data.Data
			}
		}
	}
	return all, nil
}
