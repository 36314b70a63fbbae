package admission

// A memory knows what controllers were judged by.
type memory struct{}

func newMemory() *memory { return &memory{} }

func (m *memory) generated(*request, *Decision) bool { return false }
