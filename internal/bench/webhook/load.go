package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"time"
)

// A sample is what one round took: microseconds of CPU for each review, and of waiting.
type sample struct{ cpu, p50, p99 float64 }

// load sends n reviews, some at a time.
func (p *process) load(ctx context.Context, n, at int, body func(i int) []byte) (sample, error) {
	before, err := cpu(p.cmd.Process.Pid)
	if err != nil {
		return sample{}, err
	}
	took := make([]time.Duration, n)
	var next atomic.Int64
	var broken atomic.Bool // one wrong answer is enough
	var all sync.WaitGroup
	errs := make([]error, at)
	for worker := range at {
		all.Go(func() {
			for {
				i := int(next.Add(1)) - 1
				if i >= n || broken.Load() {
					return
				}
				start := time.Now()
				if err := p.review(ctx, body(i)); err != nil {
					broken.Store(true)
					errs[worker] = fmt.Errorf("review %d: %w", i, err)
					return
				}
				took[i] = time.Since(start)
			}
		})
	}
	all.Wait()
	if err := errors.Join(errs...); err != nil {
		return sample{}, err
	}
	after, err := cpu(p.cmd.Process.Pid)
	slices.Sort(took)
	return sample{
		cpu: float64((after - before).Microseconds()) / float64(n),
		p50: float64(took[n/2].Microseconds()), p99: float64(took[n*99/100].Microseconds()),
	}, err
}

func (p *process) review(ctx context.Context, body []byte) error {
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, p.url+"/validate?timeout=10s", bytes.NewReader(body))
	if err != nil {
		return err
	}
	req.Header.Set("Content-Type", "application/json")
	resp, err := p.client.Do(req)
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	text, err := io.ReadAll(resp.Body)
	if err == nil && (resp.StatusCode != http.StatusOK || !bytes.Contains(text, []byte(`"allowed":`))) {
		err = fmt.Errorf("%s: %.300s", resp.Status, text)
	}
	return err
}

// cpu is the processor time of a process so far.
func cpu(pid int) (time.Duration, error) {
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	if err != nil {
		return 0, err
	}
	_, rest, _ := strings.Cut(string(text), ") ")
	fields := strings.Fields(rest)
	if len(fields) < 13 {
		return 0, errors.New("/proc has another shape than Linux gives it")
	}
	ticks := 0
	for _, f := range fields[11:13] {
		n, err := strconv.Atoi(f)
		if err != nil {
			return 0, err
		}
		ticks += n
	}
	return time.Duration(ticks) * 10 * time.Millisecond, nil
}

// metrics reads numbers from /metrics, by name.
func (p *process) metrics() (map[string]float64, error) {
	resp, err := http.Get(p.plain + "/metrics")
	if err != nil {
		return nil, err
	}
	defer resp.Body.Close()
	text, err := io.ReadAll(resp.Body)
	all := map[string]float64{}
	for line := range strings.SplitSeq(string(text), "\n") {
		if name, value, ok := strings.Cut(line, " "); ok && !strings.HasPrefix(line, "#") {
			if n, err := strconv.ParseFloat(value, 64); err == nil {
				all[name] = n
			}
		}
	}
	return all, err
}
