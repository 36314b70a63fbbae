package tree

import (
	"bytes"
	"sync"

	"sallyport/internal/fact"
)

// heldSize bounds the small files that are held, in bytes.
const heldSize = 4 << 20

// small holds files of which the head was all there is, until they are read: a file that is told by its content would else be
// opened twice.
type small struct {
	mu    sync.Mutex
	files map[string][]byte
	size  int
}

func (s *small) hold(name string, data []byte) {
	if s == nil {
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.size+len(data) > heldSize || s.files[name] != nil {
		return
	}
	if s.files == nil {
		s.files = map[string][]byte{}
	}
	s.files[name] = data
	s.size += len(data)
}

// take returns a file and lets go of it.
func (s *small) take(name string) ([]byte, bool) {
	if s == nil {
		return nil, false
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	data, ok := s.files[name]
	if ok {
		delete(s.files, name)
		s.size -= len(data)
	}
	return data, ok
}

var heads = sync.Pool{New: func() any { return new([fact.HeadSize]byte) }}

// head reads the head of a file that the walk has seen.
func (b *bounded) head(name string) ([]byte, bool) {
	if mode, known, _ := b.look(name); !known || !mode.IsRegular() {
		return nil, false
	}
	room := heads.Get().(*[fact.HeadSize]byte)
	defer heads.Put(room)
	n, whole, ok := headBeneath(b.folders.dir, name, room[:])
	if !ok {
		return nil, false
	}
	head := bytes.Clone(room[:n])
	if whole {
		b.small.hold(name, head)
	}
	return head, true
}
