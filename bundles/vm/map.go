package vm

import (
	"reflect"
	"slices"
)

// A mapView is the view of a Go map. Most rules look up a key or two; the pairs are made and sorted when somebody
// goes through them.
type mapView struct {
	facts reflect.Value
	found *Object // what was looked up
	all   *Object // nil until it is asked for
}

// Len is the number of keys.
func (m *mapView) Len() int { return m.facts.Len() }

// Get returns the value of a key, or nil.
func (m *mapView) Get(key Value) Value {
	if m.all != nil {
		return m.all.Get(key)
	}
	if _, ok := key.(string); !ok {
		return nil
	}
	if m.found != nil {
		if v := m.found.Get(key); v != nil {
			return v
		}
	}
	name := reflect.ValueOf(key)
	if t := m.facts.Type().Key(); t != name.Type() {
		name = name.Convert(t)
	}
	fact := m.facts.MapIndex(name)
	if !fact.IsValid() {
		return nil
	}
	if m.found == nil {
		m.found = &Object{}
	}
	v := view(fact)
	m.found.Put(key, v)
	return v
}

func (m *mapView) pair(i int) (key, value Value) {
	if m.all == nil {
		m.all = m.whole()
	}
	return m.all.pair(i)
}

func (m *mapView) whole() *Object {
	o := &Object{keys: make([]Value, 0, m.Len()), values: make([]Value, 0, m.Len())}
	names := make([]string, 0, m.Len())
	for it := m.facts.MapRange(); it.Next(); {
		names = append(names, it.Key().String())
	}
	slices.Sort(names)
	for _, name := range names {
		o.keys, o.values = append(o.keys, name), append(o.values, m.Get(name))
	}
	if len(o.keys) > small {
		o.index = newIndex(o.keys)
	}
	return o
}
