package server

import (
	"errors"
	"fmt"
	"net/http"
	"strings"
)

func (s *Server) routes(metrics, reviews bool) http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("/healthz", func(w http.ResponseWriter, r *http.Request) { probe(w, r, nil) })
	mux.HandleFunc("/readyz", func(w http.ResponseWriter, r *http.Request) { probe(w, r, s.Ready()) })
	paths := "/healthz and /readyz"
	if metrics {
		mux.Handle("/metrics", s.metrics.handler())
		paths = "/healthz, /readyz and /metrics"
	}
	if reviews {
		mux.HandleFunc("/validate", s.validate)
		paths = "/validate, " + paths
	}
	mux.HandleFunc("/", func(w http.ResponseWriter, _ *http.Request) {
		s.metrics.rejected.WithLabelValues("path").Inc()
		http.Error(w, "there is nothing here: the paths are "+paths, http.StatusNotFound)
	})
	return mux
}

func probe(w http.ResponseWriter, r *http.Request, err error) {
	w.Header().Set("Cache-Control", "no-store")
	switch {
	case r.Method != http.MethodGet && r.Method != http.MethodHead:
		w.Header().Set("Allow", "GET, HEAD")
		http.Error(w, "use GET", http.StatusMethodNotAllowed)
	case err != nil:
		http.Error(w, "not ready: "+strings.ReplaceAll(err.Error(), "\n", "\nnot ready: "), http.StatusServiceUnavailable)
	default:
		_, _ = fmt.Fprintln(w, "ok")
	}
}

// Ready says why the server should not be asked: one line for each reason.
func (s *Server) Ready() error {
	var errs []error
	if s.draining.Load() {
		errs = append(errs, errors.New("the server is shutting down"))
	}
	if s.rules.Load() == nil {
		text := "no rules have been loaded yet"
		if s.opts.Source != nil {
			if _, problem := s.opts.Source(); problem != "" {
				text += ": " + strings.ReplaceAll(problem, "\n", "; ")
			}
		}
		errs = append(errs, errors.New(text))
	}
	errs = append(errs, s.opts.Certificates.Ready(s.opts.Expiry))
	if c := s.opts.Clients; c != nil && c.roots.Load() == nil {
		errs = append(errs, errors.New("the authorities of clients have not been read yet"))
	}
	for _, reason := range s.opts.Ready {
		errs = append(errs, reason())
	}
	return errors.Join(errs...)
}
