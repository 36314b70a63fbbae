package systemd

import "sallyport/internal/fact"

// headers are the sections of a file or a unit in the order in which they begin, each with the place of its first line.
type headers struct {
	list []header
	// many finds them where there are more than units have.
	many map[string]int
}

type header struct {
	name string
	at   fact.Span
}

const maxHeaders = 16

// find is a section; nil for one that is not there.
func (h *headers) find(name string) *header {
	if h.many != nil {
		if i, ok := h.many[name]; ok {
			return &h.list[i]
		}
		return nil
	}
	for i := range h.list {
		if h.list[i].name == name {
			return &h.list[i]
		}
	}
	return nil
}

// add takes a section at its first line.
func (h *headers) add(name string, at fact.Span) {
	if h.find(name) != nil {
		return
	}
	h.list = append(h.list, header{name, at})
	if len(h.list) == maxHeaders {
		h.many = map[string]int{}
		for i := range h.list {
			h.many[h.list[i].name] = i
		}
	}
	if h.many != nil {
		h.many[name] = len(h.list) - 1
	}
}
