package admission

import (
	"hash/maphash"
	"math"
	"strings"
	"sync"
)

// maxMemory bounds the controllers that are remembered, twice over.
const maxMemory = 4096

// A memory knows by which templates controllers were judged, so that the pods made of them are not told of again. It decides
// nothing: every object is judged.
type memory struct {
	seed maphash.Seed

	mu          sync.Mutex
	young, aged map[string]template // by namespace, kind and name
}

// A template is what a controller makes pods of, and what was said about it.
type template struct {
	digest   uint64
	outcome  string
	findings int
}

func newMemory() *memory { return &memory{seed: maphash.MakeSeed(), young: map[string]template{}} }

// generated tells whether an object is equal to the template of its controller, and was decided in the same way. It
// remembers the object's own template.
func (m *memory) generated(r *request, s *subject, out *Decision) bool {
	o := &s.docs[0].Object
	spec := podSpec(r.object)
	if spec == nil || !out.Allowed || r.dryRun {
		return false
	}
	own := template{m.spec(spec), out.Outcome, len(out.Judged)}
	m.mu.Lock()
	defer m.mu.Unlock()
	known := false
	if r.operation == "CREATE" && len(o.Owners) > 0 {
		above, ok := m.recall(r.namespace + "/" + o.Owners[0])
		known = ok && above == own
	}
	if r.kind != "Pod" {
		m.keep(r.namespace+"/"+r.kind+"/"+o.Name, own)
	}
	return known
}

func (m *memory) recall(key string) (template, bool) {
	t, ok := m.young[key]
	if !ok {
		t, ok = m.aged[key]
	}
	return t, ok
}

func (m *memory) keep(key string, t template) {
	if len(m.young) >= maxMemory {
		m.young, m.aged = map[string]template{}, m.young
	}
	m.young[key] = t
}

// podSpec is the specification of the pod that an object is or makes; nil for any other object.
func podSpec(object map[string]any) map[string]any {
	spec, _ := object["spec"].(map[string]any)
	for _, key := range []string{"jobTemplate", "template"} {
		if inner, ok := spec[key].(map[string]any); ok {
			spec, _ = inner["spec"].(map[string]any)
		}
	}
	if _, ok := spec["containers"].([]any); !ok {
		return nil
	}
	return spec
}

// shared are the fields that a pod has as its template has them. The API server adds to the others.
var shared = []string{
	"containers", "initContainers", "securityContext", "volumes", "hostNetwork", "hostPID", "hostIPC", "hostUsers", "shareProcessNamespace",
	"automountServiceAccountToken", "os", "runtimeClassName", "hostAliases",
}

func (m *memory) spec(spec map[string]any) uint64 {
	var sum uint64
	for i, key := range shared {
		if v, ok := spec[key]; ok {
			sum += uint64(i+1) * m.digest(v)
		}
	}
	return sum
}

// digest is the same for equal values, whatever the order of their keys. What the API server adds to a pod is left out: the
// volume with the token of the service account and its mounts, and the volumes of claims.
func (m *memory) digest(v any) uint64 {
	var h maphash.Hash
	h.SetSeed(m.seed)
	switch v := v.(type) {
	case string:
		h.WriteString(v)
	case map[string]any:
		sum := uint64(len(v))
		for key, inner := range v {
			sum += mix(maphash.String(m.seed, key) ^ mix(m.digest(inner)))
		}
		maphash.WriteComparable(&h, sum)
	case []any:
		h.WriteByte('[')
		for _, inner := range v {
			if !added(inner) {
				maphash.WriteComparable(&h, m.digest(inner))
			}
		}
	case int64:
		maphash.WriteComparable(&h, v)
	case float64:
		maphash.WriteComparable(&h, math.Float64bits(v))
	case bool:
		maphash.WriteComparable(&h, v)
	}
	return h.Sum64()
}

func mix(x uint64) uint64 {
	x = (x ^ x>>32) * 0xd6e8feb86659fd93
	return x ^ x>>32
}

// added is true for a volume or a mount that a controller or the API server adds to what the template says.
func added(v any) bool {
	m, _ := v.(map[string]any)
	return m["persistentVolumeClaim"] != nil || strings.HasPrefix(text(m["name"]), "kube-api-access-") && (m["projected"] != nil || m["mountPath"] != nil)
}
