package main

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"time"
)

// podReview is what an API server sends about a pod.
const podReview = "internal/admission/testdata/pod.json"

// reviews holds a decision about a pod, by all rules for objects of a cluster, against a handler that decodes the review and allows,
// and against a server of OPA with the same rules, which gets the facts ready-made.
func (b *benchmark) reviews() error {
	out, err := exec.Command(b.bin("review"), "measure", podReview).Output()
	if err != nil {
		return fmt.Errorf("review: %w", err)
	}
	var floor, ours time.Duration
	if _, err := fmt.Sscan(string(out), &floor, &ours); err != nil {
		return fmt.Errorf("review: %w", err)
	}
	r := ratio(ours, floor)
	line("a Pod's review: CPU against decoding and allowing it", fmt.Sprintf("%.1f (%s, %s)", r, us(ours), us(floor)), "10.0", r <= 10)
	return b.served()
}

func (b *benchmark) served() error {
	gate := exec.Command(b.bin("review"), "serve", podReview)
	pipe, err := gate.StdoutPipe()
	if err != nil {
		return err
	}
	if err := gate.Start(); err != nil {
		return err
	}
	defer stop(gate)
	address, err := bufio.NewReader(pipe).ReadString('\n')
	if err != nil {
		return fmt.Errorf("review serve: %w", err)
	}
	base := "http://" + strings.TrimSpace(address)
	opa, err := b.opaServer()
	if err != nil {
		return err
	}
	defer stop(opa.cmd)
	body, err := os.ReadFile(podReview)
	if err != nil {
		return err
	}
	facts, err := get(base + "/facts")
	if err != nil {
		return err
	}
	var least [3]time.Duration
	for range 3 {
		for i, c := range []struct {
			cmd  *exec.Cmd
			url  string
			body []byte
		}{{gate, base + "/floor", body}, {gate, base + "/review", body}, {opa.cmd, opa.url, facts}} {
			took, err := perRequest(c.cmd.Process.Pid, c.url, c.body)
			if err != nil {
				return err
			}
			if least[i] == 0 || took < least[i] {
				least[i] = took
			}
		}
	}
	r := ratio(least[1], least[2])
	line("a Pod's review by HTTP: CPU against opa run --server", fmt.Sprintf("%.2f (%s, %s; floor %s)", r, us(least[1]), us(least[2]), us(least[0])), "1.00", r < 1)
	return nil
}

type server struct {
	cmd *exec.Cmd
	url string
}

func (b *benchmark) opaServer() (*server, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	address := l.Addr().String()
	l.Close()
	s := &server{exec.Command(b.bin("opa"), "run", "--server", "--addr", address, "--log-level", "error", "--bundle", "policies"), "http://" + address + "/v1/data/policies/kubernetes"}
	s.cmd.Stderr = os.Stderr
	if err := s.cmd.Start(); err != nil {
		return nil, err
	}
	for range 300 {
		if _, err := get("http://" + address + "/health"); err == nil {
			return s, nil
		}
		time.Sleep(100 * time.Millisecond)
	}
	stop(s.cmd)
	return nil, fmt.Errorf("opa run --server is not ready after 30 s")
}

func stop(cmd *exec.Cmd) {
	_ = cmd.Process.Kill()
	_ = cmd.Wait()
}

func get(url string) ([]byte, error) {
	res, err := http.Get(url)
	if err != nil {
		return nil, err
	}
	defer res.Body.Close()
	return io.ReadAll(res.Body)
}

// perRequest is the CPU time that a process takes for one request.
func perRequest(pid int, url string, body []byte) (time.Duration, error) {
	const n = 2000
	start, err := spent(pid)
	if err != nil {
		return 0, err
	}
	for range n {
		res, err := http.Post(url, "application/json", bytes.NewReader(body))
		if err != nil {
			return 0, err
		}
		_, err = io.Copy(io.Discard, res.Body)
		res.Body.Close()
		if err != nil || res.StatusCode != http.StatusOK {
			return 0, fmt.Errorf("%s: %s: %w", url, res.Status, err)
		}
	}
	end, err := spent(pid)
	return (end - start) / n, err
}

// spent is the CPU time of a process so far (proc(5): utime and stime, in hundredths of a second).
func spent(pid int) (time.Duration, error) {
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	if err != nil {
		return 0, err
	}
	_, rest, _ := strings.Cut(string(text), ") ") // the name before it may hold anything
	fields := strings.Fields(rest)
	var ticks int
	for _, f := range fields[11:13] {
		n, err := strconv.Atoi(f)
		if err != nil {
			return 0, err
		}
		ticks += n
	}
	return time.Duration(ticks) * 10 * time.Millisecond, nil
}
