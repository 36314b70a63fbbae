package fact

import "context"

type ignoredKey struct{}

// WithIgnored returns a context in which Ignored asks a function.
func WithIgnored(ctx context.Context, ignored func(path string) bool) context.Context {
	return context.WithValue(ctx, ignoredKey{}, ignored)
}

// Ignored tells a collector whether git leaves a file out of what is committed, though it is there; false
// where nobody knows. A secret in such a file is on this machine and not in the repository.
func Ignored(ctx context.Context, path string) bool {
	ignored, ok := ctx.Value(ignoredKey{}).(func(path string) bool)
	return ok && ignored(path)
}
