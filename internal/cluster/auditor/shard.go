package auditor

import (
	"fmt"
	"hash/fnv"
	"strconv"
	"strings"
)

// A Shard is one of several equal parts of a cluster's objects. Together they are all of them, and none is in two. What a
// controller made is in the part of its controller.
type Shard struct{ Index, Of int }

// ParseShard reads i/n, with i from 0 to n-1, which is how an Indexed Job counts.
func ParseShard(text string) (Shard, error) {
	i, n, ok := strings.Cut(text, "/")
	index, err := strconv.Atoi(i)
	of, err2 := strconv.Atoi(n)
	if !ok || err != nil || err2 != nil || index < 0 || of < 1 || index >= of {
		return Shard{}, fmt.Errorf("%q is no shard: write i/n, such as 0/4 for the first of four", text)
	}
	return Shard{index, of}, nil
}

// has tells whether an object is of the shard, by what names it or its outermost owner.
func (s Shard) has(namespace, key string) bool {
	if s.Of <= 1 {
		return true
	}
	h := fnv.New64a()
	_, _ = h.Write([]byte(namespace + "\x00" + key))
	return int(h.Sum64()%uint64(s.Of)) == s.Index
}
