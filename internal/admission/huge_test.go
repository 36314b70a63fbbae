package admission

import (
	"context"
	"fmt"
	"syscall"
	"testing"
	"time"
)

// TestDeadlines ends the time for a review somewhere in its middle: a bad object is never let through, a good one is
// judged or refused.
func TestDeadlines(t *testing.T) {
	d := deciderWith(t, "", Options{Bundle: allRules(t).Profile})
	var many, evil []fields
	for i := range 30 {
		many = append(many, container(fmt.Sprintf("c%d", i), nil))
	}
	evil = append(append(evil, many...), container("evil", privileged))
	good, bad := sent(pod("api", many...), nil), sent(pod("api", evil...), nil)
	update := sent(pod("api", evil...), fields{"operation": "UPDATE", "oldObject": pod("api", many...)})
	seen := map[string]int{}
	for i := range 150 {
		after := time.Duration(i) * 50 * time.Microsecond
		review := func(body []byte) *Decision {
			ctx, cancel := context.WithTimeout(context.Background(), after)
			defer cancel()
			return d.Review(ctx, body)
		}
		for _, body := range [][]byte{bad, update} {
			if out := review(body); out.Allowed {
				t.Fatalf("after %s: %s", after, out.Body)
			}
		}
		seen[review(good).Outcome]++
	}
	if seen[Deny] > 0 {
		t.Errorf("a good object is denied for a rule: %v", seen)
	}
	t.Log(seen)
}

// TestHuge: nothing that somebody can write into an object costs more than in proportion to its size.
func TestHuge(t *testing.T) {
	d := deciderWith(t, "", Options{Bundle: allRules(t).Profile})
	list := func(n int, of func(i int) any) []any {
		all := make([]any, n)
		for i := range all {
			all[i] = of(i)
		}
		return all
	}
	named := func(i int) fields { return fields{"name": fmt.Sprintf("n%d", i)} }
	in := func(change fields) fields { return pod("api", container("app", change)) }
	for name, object := range map[string]func(n int) fields{
		"variables": func(n int) fields { return in(fields{"env": list(n, func(i int) any { return named(i) })}) },
		"mounts": func(n int) fields {
			volumes := list(n, func(i int) any { return set(named(i), fields{}, "emptyDir") })
			mounts := list(n, func(i int) any { return set(named(i), fmt.Sprint("/m/", i), "mountPath") })
			return set(in(fields{"volumeMounts": mounts}), volumes, "spec", "volumes")
		},
		"sysctls": func(n int) fields {
			return set(in(nil), list(n, func(i int) any { return set(named(i), "1", "value") }), "spec", "securityContext", "sysctls")
		},
		"arguments with secrets": func(n int) fields {
			return in(fields{"args": list(n, func(i int) any { return fmt.Sprintf("--password=a1B2%dc3D4", i*7919) })})
		},
		"hosts": func(n int) fields {
			host := func(i int) string { return fmt.Sprintf("h%d.example.com", i) }
			return fields{"apiVersion": "networking.k8s.io/v1", "kind": "Ingress", "metadata": fields{"name": "x"}, "spec": fields{
				"rules": list(n, func(i int) any { return fields{"host": host(i)} }), "tls": []any{fields{"hosts": list(n, func(i int) any { return host(i) })}},
			}}
		},
		"containers": func(n int) fields {
			return set(in(nil), list(n/10, func(i int) any { return container(fmt.Sprint("c", i), privileged) }), "spec", "containers")
		},
		"keys": func(n int) fields {
			data := fields{}
			for i := range n {
				data[fmt.Sprint("k", i)] = fmt.Sprintf("password=hunter%d-%d", i, i*7919)
			}
			return fields{"apiVersion": "v1", "kind": "ConfigMap", "metadata": fields{"name": "x"}, "data": data}
		},
		"labels of a selector": func(n int) fields {
			labels := fields{}
			for i := range n {
				labels[fmt.Sprint("k", i)] = "v"
			}
			return set(workload("Deployment", "x", in(nil)), labels, "spec", "selector", "matchLabels")
		},
	} {
		t.Run(name, func(t *testing.T) {
			cost := func(n int) time.Duration {
				body := sent(object(n), nil)
				start := used(t)
				d.Review(context.Background(), body)
				return used(t) - start
			}
			cost(100)
			few, many := cost(1500), cost(12000)
			if t.Logf("%s, %s", few, many); many > 24*few+100*time.Millisecond {
				t.Errorf("%s for 1500, %s for 12000", few, many)
			}
		})
	}
}

// used is the processor time of this process so far.
func used(t *testing.T) time.Duration {
	t.Helper()
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		t.Fatal(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}
