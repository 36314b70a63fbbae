package fact

import "context"

type foundKey struct{}

// WithFound returns a context in which Found asks a function.
func WithFound(ctx context.Context, files func(kind string) []string) context.Context {
	return context.WithValue(ctx, foundKey{}, files)
}

// Found lists the files of the tree that are documents of a kind, for a collector whose documents say more where such a file
// lies beside them; nil where nobody knows.
func Found(ctx context.Context, kind string) []string {
	files, ok := ctx.Value(foundKey{}).(func(kind string) []string)
	if !ok {
		return nil
	}
	return files(kind)
}
