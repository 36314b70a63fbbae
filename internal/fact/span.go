package fact

// A Span is a region of a file. Lines and columns count from 1; columns count Unicode code points, as
// SARIF does with columnKind "unicodeCodePoints". EndColumn is the column after the last character.
// The zero Span is "unknown".
type Span struct {
	// File is the file of the span where it is not the document's own, as for drop-ins; else "".
	File               string
	Line, Column       int
	EndLine, EndColumn int
}

// A Locator answers where the fact at a path stands; ok is false for a path that it does not know.
type Locator func(Path) (span Span, ok bool)

// Spans is a Locator as a tree that a collector fills beside its facts. The zero value is an empty tree.
type Spans struct {
	span  Span
	known bool
	keys  map[string]*Spans
	items []*Spans
}

// Set says where the fact at this node stands, and returns the node.
func (s *Spans) Set(span Span) *Spans {
	s.span, s.known = span, true
	return s
}

// Key returns the node of a field, made when it is not there yet.
func (s *Spans) Key(name string) *Spans {
	if n := s.keys[name]; n != nil {
		return n
	}
	if s.keys == nil {
		s.keys = make(map[string]*Spans)
	}
	n := new(Spans)
	s.keys[name] = n
	return n
}

// Index returns the node of a list element, made when it is not there yet.
func (s *Spans) Index(i int) *Spans {
	for len(s.items) <= i {
		s.items = append(s.items, nil)
	}
	if s.items[i] == nil {
		s.items[i] = new(Spans)
	}
	return s.items[i]
}

// Find is the Locator of the tree.
func (s *Spans) Find(p Path) (Span, bool) {
	for _, step := range p {
		var next *Spans
		switch step := step.(type) {
		case string:
			next = s.keys[step]
		case int:
			if step >= 0 && step < len(s.items) {
				next = s.items[step]
			}
		}
		if next == nil {
			return Span{}, false
		}
		s = next
	}
	return s.span, s.known
}

// Locate resolves a path to the span of the fact, or of its nearest ancestor that is known; a document
// without any known ancestor is blamed at its first line.
func (d *Document) Locate(p Path) Span {
	if d.Spans != nil {
		for n := len(p); n >= 0; n-- {
			if span, ok := d.Spans(p[:n]); ok && span.Line > 0 {
				return span
			}
		}
	}
	return Span{Line: 1, Column: 1, EndLine: 1, EndColumn: 1}
}
