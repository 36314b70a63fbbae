// Command webhook measures the admission webhook as a process of its own, over TLS on loopback: against a floor that decodes each
// AdmissionReview and allows it, and with -soak over many reviews while rules and configuration change.
package main

import (
	"cmp"
	"context"
	"crypto/tls"
	"crypto/x509"
	"flag"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"syscall"
	"time"
)

func main() {
	dir := flag.String("dir", ".cache/webhook", "folder for binaries and certificates")
	n := flag.Int("n", 0, "reviews: of each round (default 4000), or of a soak (default 200000)")
	rounds := flag.Int("rounds", 7, "counted rounds of each server, in turn")
	program := flag.String("program", "", "sallyport-cluster to measure (default: built into -dir)")
	soaking := flag.Bool("soak", false, "watch memory and goroutines over many reviews, while rules and configuration change")
	floor := flag.String("floor", "", "be the floor, listening on this address, with the certificate of -dir")
	flag.Parse()
	err := func() error {
		switch {
		case *floor != "":
			return serveFloor(*floor, *dir)
		case *soaking:
			return soak(*dir, *program, cmp.Or(*n, 200_000))
		}
		return compare(*dir, *program, cmp.Or(*n, 4000), *rounds)
	}()
	if err != nil {
		fmt.Fprintln(os.Stderr, "webhook:", err)
		os.Exit(1)
	}
}

// A process is a server under test.
type process struct {
	name, url, plain string
	cmd              *exec.Cmd
	client           *http.Client
}

// prepare builds the program where there is none, and makes a certificate.
func prepare(dir string, program *string) (string, error) {
	dir, err := filepath.Abs(dir)
	if err != nil {
		return "", err
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return "", err
	}
	if *program != "" {
		return dir, certificate(dir)
	}
	*program = filepath.Join(dir, "sallyport-cluster")
	build := exec.Command("go", "build", "-trimpath", "-ldflags", "-s -w", "-o", *program, "./cmd/sallyport-cluster")
	build.Env = append(os.Environ(), "CGO_ENABLED=0") // as the Makefile builds
	build.Stderr = os.Stderr
	if err := build.Run(); err != nil {
		return "", fmt.Errorf("build: %w", err)
	}
	return dir, certificate(dir)
}

// start runs a server on one core and waits until it answers.
func start(name, program, dir string, args ...string) (*process, error) {
	p := &process{name: name}
	reviews, err := port()
	if err != nil {
		return nil, err
	}
	p.url = "https://" + reviews
	if name == "floor" {
		if program, err = os.Executable(); err != nil {
			return nil, err
		}
		args = append(args, "-floor", reviews, "-dir", dir)
	} else {
		plain, err := port()
		if err != nil {
			return nil, err
		}
		p.plain = "http://" + plain
		args = append([]string{
			"serve", "--listen", reviews, "--metrics-listen", plain, "--tls-cert", filepath.Join(dir, "tls.crt"), "--tls-key", filepath.Join(dir, "tls.key"),
			"--log-level", "warn", "--shutdown-delay", "0s",
		}, args...)
	}
	p.cmd = exec.Command(program, args...)
	p.cmd.Env = append(os.Environ(), "GOMAXPROCS=1")
	p.cmd.Stderr = os.Stderr
	if err := p.cmd.Start(); err != nil {
		return nil, err
	}
	text, err := os.ReadFile(filepath.Join(dir, "tls.crt"))
	if err != nil {
		return nil, err
	}
	roots := x509.NewCertPool()
	roots.AppendCertsFromPEM(text)
	p.client = &http.Client{
		Transport: &http.Transport{TLSClientConfig: &tls.Config{RootCAs: roots, ServerName: "localhost"}, ForceAttemptHTTP2: true},
		Timeout:   30 * time.Second,
	}
	return p, p.wait()
}

func (p *process) wait() error {
	var err error
	for range 200 {
		var resp *http.Response
		if resp, err = p.client.Get(p.url + "/readyz"); err == nil {
			resp.Body.Close()
			if resp.StatusCode == http.StatusOK {
				return nil
			}
			err = fmt.Errorf("%s", resp.Status)
		}
		time.Sleep(100 * time.Millisecond)
	}
	p.stop()
	return fmt.Errorf("%s is not ready: %w", p.name, err)
}

func (p *process) stop() {
	_ = p.cmd.Process.Signal(syscall.SIGTERM)
	_ = p.cmd.Wait()
}

// port is a free one on loopback.
func port() (string, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", err
	}
	defer l.Close()
	return l.Addr().String(), nil
}

// compare measures floor and webhook in turn, and prints medians of rounds.
func compare(dir, program string, n, rounds int) error {
	dir, err := prepare(dir, &program)
	if err != nil {
		return err
	}
	allowed, denied := hardened(), careless()
	floor, err := start("floor", "", dir)
	if err != nil {
		return err
	}
	defer floor.stop()
	gate, err := start("webhook", program, dir)
	if err != nil {
		return err
	}
	defer gate.stop()
	kinds := []struct {
		name string
		of   *process
		body []byte
	}{{"floor: decode and allow", floor, allowed}, {"webhook: allowed", gate, allowed}, {"webhook: denied", gate, denied}}
	results := make([][]sample, len(kinds))
	for round := range rounds + 1 {
		for i, k := range kinds {
			s, err := k.of.load(context.Background(), n, 8, func(int) []byte { return k.body })
			if err != nil {
				return fmt.Errorf("%s: %w", k.name, err)
			}
			if round > 0 { // the first warms up
				results[i] = append(results[i], s)
			}
		}
	}
	fmt.Printf("a review of a Pod of %d bytes, over TLS 1.3 and HTTP/2 on loopback, 8 at a time, server and client on a core each; medians of %d rounds of %d\n\n", len(allowed), rounds, n)
	fmt.Printf("%-26s %12s %8s %9s %9s %8s\n", "", "CPU us/review", "x floor", "p50 us", "p99 us", "x floor")
	for i, k := range kinds {
		cpu, base := median(results[i], func(s sample) float64 { return s.cpu }), median(results[0], func(s sample) float64 { return s.cpu })
		p99, base99 := median(results[i], func(s sample) float64 { return s.p99 }), median(results[0], func(s sample) float64 { return s.p99 })
		fmt.Printf("%-26s %12.0f %8.1f %9.0f %9.0f %8.1f\n", k.name, cpu, cpu/base, median(results[i], func(s sample) float64 { return s.p50 }), p99, p99/base99)
	}
	fmt.Println("\nbounds: 10 x the floor's CPU and p99")
	return nil
}

func median(samples []sample, of func(sample) float64) float64 {
	values := make([]float64, len(samples))
	for i, s := range samples {
		values[i] = of(s)
	}
	slices.Sort(values)
	return values[len(values)/2]
}
