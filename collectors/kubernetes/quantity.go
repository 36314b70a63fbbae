package kubernetes

import (
	"strconv"
	"strings"
)

// suffixes are those of https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/.
var suffixes = map[string]float64{
	"": 1, "n": 1e-9, "u": 1e-6, "m": 1e-3, "k": 1e3, "M": 1e6, "G": 1e9, "T": 1e12, "P": 1e15, "E": 1e18,
	"Ki": 1 << 10, "Mi": 1 << 20, "Gi": 1 << 30, "Ti": 1 << 40, "Pi": 1 << 50, "Ei": 1 << 60,
}

// quantity is the number that a quantity means, in cores or bytes; 0 for what is none.
func quantity(text string) float64 {
	if text == "" {
		return 0
	}
	number := strings.TrimRight(text, "numkMGTPEi")
	factor, known := suffixes[text[len(number):]]
	n, err := strconv.ParseFloat(number, 64)
	if err != nil || !known || n < 0 {
		return 0
	}
	return n * factor
}

// Resources are what a container asks for and may use at most, as quantities: "500m", "128Mi"; "" where nothing is said.
type Resources struct {
	RequestsCPU     string `json:"requests_cpu"`
	RequestsMemory  string `json:"requests_memory"`
	RequestsStorage string `json:"requests_storage"`
	LimitsCPU       string `json:"limits_cpu"`
	LimitsMemory    string `json:"limits_memory"`
	LimitsStorage   string `json:"limits_storage"`
	// Given are the names of those that apply, as in requests.cpu: a limit is a request as well where none is written, and
	// what the pod has is for all of its containers.
	Given []string `json:"given"`
	// Cores, Memory and Storage are the limits as numbers, in cores and bytes; 0 where there is none.
	Cores   float64 `json:"cores"`
	Memory  float64 `json:"memory"`
	Storage float64 `json:"storage"`
	// CPURatio and MemoryRatio are how often the request goes into the limit; 0 where one of them is missing.
	CPURatio    float64 `json:"cpu_ratio"`
	MemoryRatio float64 `json:"memory_ratio"`
}

var (
	kinds = []string{"cpu", "memory", "ephemeral-storage"}
	// given are the names of requests and limits, and what all of them are together.
	requestNames = map[string]string{"cpu": "requests.cpu", "memory": "requests.memory", "ephemeral-storage": "requests.ephemeral-storage"}
	limitNames   = map[string]string{"cpu": "limits.cpu", "memory": "limits.memory", "ephemeral-storage": "limits.ephemeral-storage"}
)

func (b *builder) resources(c map[string]any, at []any, pod map[string]any) Resources {
	m := b.mapping(c, at, "resources")
	if m == nil && pod == nil {
		return Resources{Given: noTexts}
	}
	where := append(at[:len(at):len(at)], "resources")
	requests, limits := b.mapping(m, where, "requests"), b.mapping(m, where, "limits")
	r := Resources{
		RequestsCPU: words(requests["cpu"]), RequestsMemory: words(requests["memory"]), RequestsStorage: words(requests["ephemeral-storage"]),
		LimitsCPU: words(limits["cpu"]), LimitsMemory: words(limits["memory"]), LimitsStorage: words(limits["ephemeral-storage"]),
		Given: make([]string, 0, 6),
	}
	shared, _ := pod["requests"].(map[string]any)
	most, _ := pod["limits"].(map[string]any)
	for _, kind := range kinds {
		limited := limits[kind] != nil || most[kind] != nil
		if limited || requests[kind] != nil || shared[kind] != nil {
			r.Given = append(r.Given, requestNames[kind])
		}
		if limited {
			r.Given = append(r.Given, limitNames[kind])
		}
	}
	r.Cores, r.Memory, r.Storage = quantity(r.LimitsCPU), quantity(r.LimitsMemory), quantity(r.LimitsStorage)
	r.CPURatio, r.MemoryRatio = ratio(r.Cores, r.RequestsCPU), ratio(r.Memory, r.RequestsMemory)
	return r
}

func ratio(limit float64, request string) float64 {
	if n := quantity(request); n > 0 {
		return limit / n
	}
	return 0
}
