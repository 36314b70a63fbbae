package certs

import (
	"context"
	"time"

	"sallyport/internal/cluster/watch"
)

// Files serves the pair in two files, and each new pair that they hold, until the context ends.
func Files(ctx context.Context, s *Store, certificate, key string, every time.Duration) {
	watch.Files(ctx, every, func(contents [][]byte, err error) {
		if err != nil {
			s.Refuse(err)
			return
		}
		_ = s.Use(contents[0], contents[1]) // Store.Changed is told
	}, certificate, key)
}
