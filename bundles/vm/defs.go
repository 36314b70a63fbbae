package vm

import "slices"

// definitions finds, for each instruction of a function, where the values of its locals may come from: OPA
// uses a local for one thing in one body of a rule and for another in the next.
func (p *Program) definitions(f *function) [][][]int32 {
	states := make([][][]int32, len(f.code)+1)
	entry := make([][]int32, f.locals)
	for _, param := range f.params {
		entry[param] = []int32{-1 - param}
	}
	entry[0], entry[1] = []int32{-1}, []int32{-2}
	states[0] = entry
	for work := []int{0}; len(work) > 0; {
		pc := work[len(work)-1]
		work = work[:len(work)-1]
		if pc == len(f.code) {
			continue
		}
		in := &f.code[pc]
		after := states[pc]
		if in.op == opNext || in.op == opOnce || in.op == opReset || writes(in) {
			after = slices.Clone(after)
			after[in.c] = []int32{int32(pc)}
		}
		if in.op == opNext {
			after[in.a] = []int32{int32(pc) + keys}
		}
		if in.op != opJump && in.op != opReturn && merged(states, pc+1, after) {
			work = append(work, pc+1)
		}
		if parts[in.op]&partFail != 0 && merged(states, int(in.fail), after) {
			work = append(work, int(in.fail))
		}
	}
	return states
}

// keys tells the key that opNext writes from the value.
const keys = 1 << 24

// merged adds what holds before an instruction, and tells whether that is more than was known.
func merged(states [][][]int32, pc int, from [][]int32) bool {
	if states[pc] == nil {
		states[pc] = slices.Clone(from)
		return true
	}
	more := false
	for local, defs := range from {
		for _, d := range defs {
			if !slices.Contains(states[pc][local], d) {
				states[pc][local] = append(slices.Clone(states[pc][local]), d)
				more = true
			}
		}
	}
	return more
}
