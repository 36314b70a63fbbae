// Command review answers one admission review, over and over. "measure FILE" prints the CPU time that a request takes in nanoseconds: of a
// handler that decodes the review and allows, and of the gate with all its rules. "serve FILE" serves both by HTTP, as /floor and
// /review, and prints its port; /facts is the input that the same rules get from somebody else.
package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net"
	"net/http"
	"os"
	"syscall"
	"time"

	"sallyport/bundles"
	"sallyport/collectors/kubernetes"
	"sallyport/internal/admission"
	"sallyport/policies"
)

func main() {
	if err := run(os.Args[1], os.Args[2]); err != nil {
		fmt.Fprintln(os.Stderr, "review:", err)
		os.Exit(1)
	}
}

func run(mode, file string) error {
	body, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	d, err := decider()
	if err != nil {
		return err
	}
	if out := d.Review(context.Background(), body); out.Status != http.StatusOK || len(out.Errors) > 0 {
		return fmt.Errorf("the review is not decided: %s", out.Body)
	}
	if mode == "serve" {
		return serve(d, body)
	}
	measure(d, body)
	return nil
}

func decider() (*admission.Decider, error) {
	schemas, err := fs.Sub(policies.FS, "schemas")
	if err != nil {
		return nil, err
	}
	all, err := bundles.Load(bundles.Options{Schemas: schemas, Brief: true}, bundles.Tree{Name: "policies", FS: policies.FS, BuiltIn: true})
	if err != nil {
		return nil, err
	}
	return admission.New(admission.Options{Bundle: all.Profile})
}

// rounds is how often each is measured; the least time counts.
const (
	rounds   = 5
	requests = 4000
)

func measure(d *admission.Decider, body []byte) {
	var least [2]time.Duration
	for range rounds {
		for i, answer := range []func(){
			func() { _, _ = floor(body) },
			func() { d.Review(context.Background(), body) },
		} {
			start := cpu()
			for range requests {
				answer()
			}
			if took := (cpu() - start) / requests; least[i] == 0 || took < least[i] {
				least[i] = took
			}
		}
	}
	fmt.Println(least[0].Nanoseconds(), least[1].Nanoseconds())
}

func cpu() time.Duration {
	var u syscall.Rusage
	_ = syscall.Getrusage(syscall.RUSAGE_SELF, &u) // cannot err for the process itself
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// floor decodes a review into the fields that a handler needs, the objects as they are, and allows.
func floor(body []byte) ([]byte, error) {
	var in struct {
		APIVersion string `json:"apiVersion"`
		Kind       string `json:"kind"`
		Request    struct {
			UID       string          `json:"uid"`
			Operation string          `json:"operation"`
			Namespace string          `json:"namespace"`
			Name      string          `json:"name"`
			Object    json.RawMessage `json:"object"`
			OldObject json.RawMessage `json:"oldObject"`
		} `json:"request"`
	}
	if err := json.Unmarshal(body, &in); err != nil || in.Request.UID == "" {
		return nil, errors.Join(err, errors.New("no review"))
	}
	type response struct {
		UID     string `json:"uid"`
		Allowed bool   `json:"allowed"`
	}
	return json.Marshal(map[string]any{"apiVersion": in.APIVersion, "kind": in.Kind, "response": response{in.Request.UID, true}})
}

func serve(d *admission.Decider, body []byte) error {
	facts, err := factsOf(body)
	if err != nil {
		return err
	}
	handle := func(answer func([]byte) ([]byte, error)) http.HandlerFunc {
		return func(w http.ResponseWriter, r *http.Request) {
			var in bytes.Buffer
			in.Grow(int(max(r.ContentLength, 0)))
			if _, err := io.Copy(&in, r.Body); err != nil {
				http.Error(w, err.Error(), http.StatusBadRequest)
				return
			}
			out, err := answer(in.Bytes())
			if err != nil {
				http.Error(w, err.Error(), http.StatusBadRequest)
				return
			}
			w.Header().Set("Content-Type", "application/json")
			_, _ = w.Write(out)
		}
	}
	http.Handle("POST /floor", handle(floor))
	http.Handle("POST /review", handle(func(in []byte) ([]byte, error) { return d.Review(context.Background(), in).Body, nil }))
	http.Handle("GET /facts", handle(func([]byte) ([]byte, error) { return facts, nil }))
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	fmt.Println(l.Addr())
	return http.Serve(l, nil)
}

func factsOf(body []byte) ([]byte, error) {
	var in struct {
		Request struct {
			Object map[string]any `json:"object"`
		} `json:"request"`
	}
	if err := json.Unmarshal(body, &in); err != nil {
		return nil, err
	}
	doc, err := kubernetes.FromObject("object", in.Request.Object, false)
	if err != nil {
		return nil, err
	}
	return json.Marshal(map[string]any{"input": doc.Facts})
}
