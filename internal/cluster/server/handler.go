package server

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"mime"
	"net/http"
	"os"
	"strconv"
	"sync"
	"time"

	"sallyport/internal/admission"
)

// A rejection is a request that got no decision.
type rejection struct {
	status       int
	reason, text string // reason is a word for metrics
}

func (r *rejection) Error() string { return r.text }

func reject(status int, reason, text string, args ...any) *rejection {
	return &rejection{status, reason, fmt.Sprintf(text, args...)}
}

// keep bounds the buffers that are used again: one huge object need not be paid for ever.
const keep = 1 << 20

var buffers = sync.Pool{New: func() any { return &bytes.Buffer{} }}

func (s *Server) validate(w http.ResponseWriter, r *http.Request) {
	s.metrics.inFlight.Inc()
	defer s.metrics.inFlight.Dec()
	start := s.opts.Now()
	if s.draining.Load() {
		w.Header().Set("Connection", "close") // the next request is for somebody who stays
	}
	ctx, cancel := context.WithTimeout(r.Context(), s.patience(r))
	defer cancel()
	ctx, span := s.begin(ctx, r)
	body, free, err := s.admit(ctx, w, r)
	if err != nil {
		s.refuse(w, r, err)
		end(span, nil, err)
		return
	}
	rules := s.rules.Load()
	d := s.review(ctx, rules, body.Bytes())
	w.Header().Set("Content-Type", contentType(d))
	w.Header().Set("Content-Length", strconv.Itoa(len(d.Body)))
	w.WriteHeader(d.Status)
	_, _ = w.Write(d.Body)
	took := s.opts.Now().Sub(start)
	end(span, d, nil)
	s.decided(rules, d, start, took)
	if s.opts.Decided == nil {
		free()
		return
	}
	// The answer is on its way once this function returns. Until what is told has been heard, the memory stays reserved.
	s.telling.Go(func() {
		defer free()
		s.tell(context.WithoutCancel(ctx), d, body.Bytes(), start)
	})
}

func contentType(d *admission.Decision) string {
	if d.Status == http.StatusOK {
		return "application/json"
	}
	return "text/plain; charset=utf-8"
}

// patience is how long a review may take: as long as the API server waits and the server is told to, less what the answer needs on
// its way.
func (s *Server) patience(r *http.Request) time.Duration {
	limit := s.opts.Timeout
	if text := r.URL.Query().Get("timeout"); text != "" {
		if asked, err := time.ParseDuration(text); err == nil && asked > 0 {
			limit = min(limit, asked)
		}
	}
	return limit - min(limit/10, 500*time.Millisecond)
}

// admit reads the body of a request that may be judged. free is to be called when nothing of it is needed any more.
func (s *Server) admit(ctx context.Context, w http.ResponseWriter, r *http.Request) (body *bytes.Buffer, free func(), err *rejection) {
	if err := s.acceptable(r); err != nil {
		return nil, nil, err
	}
	length := r.ContentLength
	if length < 0 {
		length = s.opts.MaxBody // it does not say
	}
	if length > s.opts.MaxBody {
		return nil, nil, reject(http.StatusRequestEntityTooLarge, "too_large", "the body has %d bytes, and the limit is %d: see --max-body", length, s.opts.MaxBody)
	}
	release, wait := s.budget.reserve(ctx, length)
	if errors.Is(wait, context.Canceled) {
		return nil, nil, reject(http.StatusBadRequest, "aborted", "whoever asked has gone")
	}
	if wait != nil {
		return nil, nil, reject(http.StatusServiceUnavailable, "memory", "too many large reviews at a time, and none of them ended within the deadline: see --memory")
	}
	body = buffers.Get().(*bytes.Buffer)
	free = func() {
		if body.Cap() <= keep {
			body.Reset()
			buffers.Put(body)
		}
		release()
	}
	if err := s.read(ctx, w, r, body); err != nil {
		free()
		return nil, nil, err
	}
	return body, free, nil
}

// acceptable tells what is wrong about a request before its body is read.
func (s *Server) acceptable(r *http.Request) *rejection {
	if r.Method != http.MethodPost {
		return reject(http.StatusMethodNotAllowed, "method", "reviews are sent by POST, not by %s", r.Method)
	}
	if kind, _, err := mime.ParseMediaType(r.Header.Get("Content-Type")); err != nil || kind != "application/json" {
		return reject(http.StatusUnsupportedMediaType, "content_type", "the body must be application/json, not %q", r.Header.Get("Content-Type"))
	}
	if encoding := r.Header.Get("Content-Encoding"); encoding != "" && encoding != "identity" {
		return reject(http.StatusUnsupportedMediaType, "content_type", "the body must not be compressed: it is sent as %q", encoding)
	}
	if s.opts.Clients != nil {
		if err := s.opts.Clients.verify(r, s.opts.Now()); err != nil {
			return reject(http.StatusForbidden, "client", "%s", err)
		}
	}
	if s.rules.Load() == nil {
		return reject(http.StatusServiceUnavailable, "not_ready", "no rules have been loaded yet")
	}
	return nil
}

func (s *Server) read(ctx context.Context, w http.ResponseWriter, r *http.Request, body *bytes.Buffer) *rejection {
	if deadline, ok := ctx.Deadline(); ok {
		_ = http.NewResponseController(w).SetReadDeadline(deadline) // a test's writer has none
	}
	if r.ContentLength > 0 {
		body.Grow(int(r.ContentLength) + bytes.MinRead)
	}
	_, err := body.ReadFrom(http.MaxBytesReader(w, r.Body, s.opts.MaxBody))
	var large *http.MaxBytesError
	switch {
	case err == nil:
		return nil
	case errors.As(err, &large):
		return reject(http.StatusRequestEntityTooLarge, "too_large", "the body has more than %d bytes: see --max-body", s.opts.MaxBody)
	case errors.Is(err, os.ErrDeadlineExceeded), errors.Is(ctx.Err(), context.DeadlineExceeded):
		return reject(http.StatusRequestTimeout, "slow", "the body did not arrive within the deadline")
	case errors.Is(err, io.ErrUnexpectedEOF):
		return reject(http.StatusBadRequest, "aborted", "the body ends before its length")
	}
	return reject(http.StatusBadRequest, "aborted", "the body cannot be read: %s", err)
}

func (s *Server) refuse(w http.ResponseWriter, r *http.Request, err *rejection) {
	s.metrics.rejected.WithLabelValues(err.reason).Inc()
	s.opts.Log.Warn("request refused", "reason", err.reason, "status", err.status, "text", err.text, "remote", r.RemoteAddr)
	if err.status == http.StatusMethodNotAllowed {
		w.Header().Set("Allow", http.MethodPost)
	}
	http.Error(w, err.text, err.status)
}
