package kubernetes

import "strings"

// A Workload is what a controller of pods says about their number and their replacement. In other kinds all of it is empty.
type Workload struct {
	// Replicas is spec.replicas.
	Replicas Number `json:"replicas"`
	// Strategy is how pods are replaced: RollingUpdate, Recreate or OnDelete; "" where nothing is said.
	Strategy string `json:"strategy"`
	// History is revisionHistoryLimit, how many earlier versions stay.
	History Number `json:"history"`
	// Selector picks its pods; Mismatch are the labels of it that its template does not have.
	Selector Selector `json:"selector"`
	Mismatch []string `json:"mismatch"`
	// TTL is ttlSecondsAfterFinished, of a Job.
	TTL Number `json:"ttl"`
	// Deadline is startingDeadlineSeconds, of a CronJob.
	Deadline Number `json:"deadline"`
}

// A Number is one that may be left open.
type Number struct {
	// Set is false where it is not written.
	Set bool `json:"set"`
	// Value is what it says; 0 where it is not written.
	Value int64 `json:"value"`
}

// A Budget is a PodDisruptionBudget.
type Budget struct {
	// Selector picks its pods.
	Selector Selector `json:"selector"`
	// MinAvailable and MaxUnavailable are a number or a percentage; "" where it is not written.
	MinAvailable   string `json:"min_available"`
	MaxUnavailable string `json:"max_unavailable"`
	// Blocks is true where no pod may ever be evicted, whatever their number is.
	Blocks bool `json:"blocks"`
	// UnhealthyPolicy is unhealthyPodEvictionPolicy.
	UnhealthyPolicy string `json:"unhealthy_policy"`
}

// An Autoscaler is a HorizontalPodAutoscaler.
type Autoscaler struct {
	// TargetKind and Target name what it scales.
	TargetKind string `json:"target_kind"`
	Target     string `json:"target"`
	// Min and Max are the bounds; Min is 1 where it is not written.
	Min int64 `json:"min"`
	Max int64 `json:"max"`
}

func (b *builder) numeric(m map[string]any, at []any, key string) Number {
	return Number{Set: m[key] != nil, Value: b.number(m, at, key)}
}

var noWorkload = Workload{Selector: noSelector, Mismatch: noTexts}

// workload reads the controllers of apps and batch, and of kinds that are made like them.
func (b *builder) workload(object map[string]any) {
	spec, _ := object["spec"].(map[string]any)
	if len(spec) == 0 {
		return
	}
	at := []any{"object", "spec"}
	w := &b.facts.Workload
	w.Replicas, w.History = b.numeric(spec, at, "replicas"), b.numeric(spec, at, "revisionHistoryLimit")
	w.TTL, w.Deadline = b.numeric(spec, at, "ttlSecondsAfterFinished"), b.numeric(spec, at, "startingDeadlineSeconds")
	for _, key := range []string{"strategy", "updateStrategy"} {
		if m, ok := spec[key].(map[string]any); ok {
			w.Strategy = text(m["type"])
		}
	}
	if s, ok := spec["selector"].(map[string]any); ok {
		if b.facts.Kind == "ReplicationController" {
			s = map[string]any{"matchLabels": s}
		}
		w.Selector = selector(s)
		for _, key := range sortedKeys(w.Selector.Labels) {
			if len(b.facts.Pods) == 1 && b.facts.Pods[0].Labels[key] != w.Selector.Labels[key] {
				w.Mismatch = append(w.Mismatch, key)
			}
		}
	}
}

func (b *builder) budget(object map[string]any) {
	spec := b.mapping(object, []any{"object"}, "spec")
	p := Budget{
		Selector: selector(spec["selector"]), MinAvailable: words(spec["minAvailable"]), MaxUnavailable: words(spec["maxUnavailable"]),
		UnhealthyPolicy: text(spec["unhealthyPodEvictionPolicy"]),
	}
	p.Blocks = p.MinAvailable == "100%" || strings.TrimSuffix(p.MaxUnavailable, "%") == "0"
	b.facts.Budgets = []Budget{p}
}

func (b *builder) autoscaler(object map[string]any) {
	spec := b.mapping(object, []any{"object"}, "spec")
	at := []any{"object", "spec"}
	ref, _ := spec["scaleTargetRef"].(map[string]any)
	a := Autoscaler{TargetKind: text(ref["kind"]), Target: text(ref["name"]), Min: b.number(spec, at, "minReplicas"), Max: b.number(spec, at, "maxReplicas")}
	if spec["minReplicas"] == nil {
		a.Min = 1
	}
	b.facts.Autoscalers = []Autoscaler{a}
}
