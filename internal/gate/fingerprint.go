package gate

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"

	"sallyport/internal/finding"
)

// Fingerprints gives each finding its fingerprint: rule, path of the document, logical place and evidence. It
// holds no line, no tag and no digest, so it survives reformatting and a new image. Findings that would
// still be alike are told apart by their messages, and those with equal messages by their order.
func Fingerprints(found []finding.Finding) {
	type sum [sha256.Size]byte
	sums, alike := make([]sum, len(found)), make(map[sum]int32, len(found))
	var key []byte
	for i := range found {
		key = appendBase(key[:0], &found[i])
		sums[i] = sha256.Sum256(key)
		alike[sums[i]]++
	}
	seen := map[sum]int{}
	for i := range found {
		if alike[sums[i]] > 1 {
			key = append(append(appendBase(key[:0], &found[i]), 0), unversioned(found[i].Message)...)
			said := sha256.Sum256(key)
			for range seen[said] {
				key = append(key, 0)
			}
			seen[said]++
			sums[i] = sha256.Sum256(key)
		}
		found[i].Fingerprint = hex.EncodeToString(sums[i][:16])
	}
}

func appendBase(b []byte, f *finding.Finding) []byte {
	b = append(append(b, f.Rule.Name...), 0)
	b = append(append(b, f.Document.Path...), 0)
	b = append(append(b, f.Logical...), 0)
	return append(b, evidence(f.Value)...)
}

// evidence is the fact at the place where it is a plain value; a collection is its own place.
func evidence(value []byte) string {
	if len(value) == 0 || value[0] == '{' || value[0] == '[' {
		return ""
	}
	if last := len(value) - 1; last > 0 && value[0] == '"' && bytes.IndexByte(value, '\\') < 0 {
		return unversioned(string(value[1:last]))
	}
	var v any
	if json.Unmarshal(value, &v) != nil {
		return ""
	}
	switch v := v.(type) {
	case string:
		return unversioned(v)
	case bool, float64:
		return string(value)
	}
	return ""
}
