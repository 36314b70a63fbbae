package server

import (
	"bytes"
	"context"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"sallyport/internal/admission"
)

// TestLargeOnesBlockNobody: whoever sends large objects by the dozen, on the one connection that all reviews come by, holds up no
// ordinary review.
func TestLargeOnesBlockNobody(t *testing.T) {
	for name, http2 := range map[string]bool{"HTTP/2": true, "HTTP/1.1": false} {
		t.Run(name, func(t *testing.T) {
			done := make(chan struct{})
			r := start(t, func(ctx context.Context, body []byte) *admission.Decision {
				if len(body) > ordinary {
					<-done // as long as all ordinary ones take
				}
				return allow(ctx, body)
			}, func(o *Options) { o.Memory = 64 << 20 })
			c := client(t, http2, nil, r.ca)
			large := []byte(strings.Repeat(" ", 4<<20)) // of which the budget has room for one
			var all sync.WaitGroup
			for range 20 {
				all.Go(func() {
					if status, text, err := post(c, r.url, bytes.NewReader(large)); err != nil || status != http.StatusOK {
						t.Errorf("a large one: %d %s %v", status, text, err)
					}
				})
			}
			time.Sleep(200 * time.Millisecond) // until they wait
			for range 50 {
				if status, text, err := post(c, r.url, reviewBody()); err != nil || status != http.StatusOK {
					t.Errorf("an ordinary one: %d %s %v", status, text, err)
					break
				}
			}
			close(done)
			all.Wait()
			// More at a time than a connection takes find another one.
			fresh := client(t, http2, nil, r.ca)
			for range 200 {
				all.Go(func() {
					if status, text, err := post(fresh, r.url, reviewBody()); err != nil || status != http.StatusOK {
						t.Errorf("one of many: %d %s %v", status, text, err)
					}
				})
			}
			all.Wait()
		})
	}
}
