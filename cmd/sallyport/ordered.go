package main

import (
	"io"
	"sync"
)

// An ordered output takes its parts from several goroutines in any order, and writes each as soon as those before it
// are written. An empty part is one of which nothing is written.
type ordered struct {
	out io.Writer
	// first takes the place of the first byte of all, which separates a part from those before it.
	first byte

	mu sync.Mutex
	// parts are those that wait, by number, and next is the number of the one that is written next.
	parts   map[int][]byte
	next    int
	begun   bool
	writing bool
	err     error
	// free is memory of parts that are written, and largest the size of the largest.
	free    [][]byte
	largest int
}

// buffer returns memory for a part.
func (o *ordered) buffer() []byte {
	o.mu.Lock()
	defer o.mu.Unlock()
	if n := len(o.free); n > 0 {
		part := o.free[n-1]
		o.free = o.free[:n-1]
		return part
	}
	return make([]byte, 0, o.largest+o.largest/8)
}

// put takes a part. Whoever brings the one that is next writes what there is; the others go on with their work.
func (o *ordered) put(i int, part []byte) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.parts == nil {
		o.parts = map[int][]byte{}
	}
	o.parts[i] = part
	o.largest = max(o.largest, min(len(part), maxPart))
	if o.writing {
		return
	}
	o.writing = true
	for {
		part, ok := o.parts[o.next]
		if !ok {
			break
		}
		delete(o.parts, o.next)
		o.next++
		if len(part) > 0 {
			o.mu.Unlock()
			o.write(part)
			o.mu.Lock()
		}
		if cap(part) > 0 && cap(part) < 2*maxPart && len(o.free) < maxFree {
			o.free = append(o.free, part[:0])
		}
	}
	o.writing = false
}

// The memory that is kept for parts: how many, and up to what size each.
const (
	maxFree = 128
	maxPart = 64 << 10
)

func (o *ordered) write(part []byte) {
	if !o.begun {
		part[0] = o.first
	}
	o.begun = true
	if o.err == nil {
		_, o.err = o.out.Write(part)
	}
}

// end writes the end, when all parts are there.
func (o *ordered) end(text []byte) error {
	if !o.begun {
		text = append([]byte{o.first}, text...)
	}
	if o.err == nil {
		_, o.err = o.out.Write(text)
	}
	return o.err
}
