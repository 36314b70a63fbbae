package kubernetes

import "slices"

// A Volume is a volume of a pod.
type Volume struct {
	// Name is the volume's name.
	Name string `json:"name"`
	// Type is the field that says what it is: configMap, hostPath, emptyDir (which is also what one without any is).
	Type string `json:"type"`
	// HostPath is the path on the node, of a hostPath.
	HostPath string `json:"host_path"`
	// Source is the name of the ConfigMap, Secret or claim.
	Source string `json:"source"`
	// Socket is true for a hostPath by which a container runtime is told what to run.
	Socket bool `json:"socket"`
	// Owns says what whoever may write below a hostPath gets of its node; "" for a path that is not known for it.
	Owns string `json:"owns"`
}

// A Mount is a volume in a container.
type Mount struct {
	// Name is the volume's name.
	Name string `json:"name"`
	// Path is where it is mounted.
	Path string `json:"path"`
	// SubPath is the part of the volume that is mounted; "" is all of it.
	SubPath string `json:"sub_path"`
	// ReadOnly is readOnly.
	ReadOnly bool `json:"read_only"`
	// Propagation is mountPropagation; "" is None.
	Propagation string `json:"propagation"`
	// Volume is the index of the volume among those of the pod; -1 where there is none of that name.
	Volume int `json:"volume"`
}

// A Port is a port that a container says it listens on.
type Port struct {
	// Name is the port's name; "" for none.
	Name string `json:"name"`
	// Number is containerPort.
	Number int64 `json:"number"`
	// Protocol is TCP, UDP or SCTP.
	Protocol string `json:"protocol"`
	// HostPort is the port of the node that leads to it; 0 for none.
	HostPort int64 `json:"host_port"`
	// HostIP is the node's address that the host port is bound to; "" is all of them.
	HostIP string `json:"host_ip"`
}

// A Handler is a probe or a hook of a container.
type Handler struct {
	// Name is livenessProbe, readinessProbe, startupProbe, postStart or preStop.
	Name string `json:"name"`
	// Type is what it does: httpGet, tcpSocket, grpc, exec or sleep; "" where nothing is said.
	Type string `json:"type"`
	// Host is the host of httpGet or tcpSocket; "" is the pod itself.
	Host string `json:"host"`
	// Port is the port's name or number.
	Port string `json:"port"`
	// Path is httpGet's.
	Path string `json:"path"`
	// Command is exec's.
	Command []string `json:"command"`
}

var (
	noVolumes  = []Volume{}
	noMounts   = []Mount{}
	noPorts    = []Port{}
	noHandlers = []Handler{}
)

func (b *builder) volumes(spec map[string]any, at []any) []Volume {
	list := b.list(spec, at, "volumes")
	if len(list) == 0 {
		return noVolumes
	}
	all := make([]Volume, len(list))
	for i, item := range list {
		m, ok := item.(map[string]any)
		if !ok {
			b.wrong(append(slices.Clip(at), "volumes", i), "a volume", "a mapping", item)
		}
		all[i] = volume(m)
	}
	return all
}

// volume takes the one field besides the name for the type. The API server makes an emptyDir of a volume without one, and
// refuses one with two: then the last in the alphabet stands, but hostPath beats all.
func volume(m map[string]any) Volume {
	v := Volume{Name: text(m["name"]), Type: "emptyDir"}
	for key, value := range m {
		if key != "name" && value != nil && (v.Type == "emptyDir" || key > v.Type || key == "hostPath") && v.Type != "hostPath" {
			v.Type = key
		}
	}
	source, _ := m[v.Type].(map[string]any)
	if v.Type == "hostPath" {
		v.HostPath = text(source["path"])
		v.Socket, v.Owns = socket(v.HostPath), owns(v.HostPath)
	}
	for _, key := range []string{"secretName", "claimName", "name"} {
		if v.Source == "" {
			v.Source = text(source[key])
		}
	}
	return v
}

// byName has the first volume of each name.
func byName(volumes []Volume) map[string]int {
	all := make(map[string]int, len(volumes))
	for i := len(volumes) - 1; i >= 0; i-- {
		all[volumes[i].Name] = i
	}
	return all
}

func (b *builder) mounts(c map[string]any, at []any, volumes map[string]int) []Mount {
	list := b.list(c, at, "volumeMounts")
	if len(list) == 0 {
		return noMounts
	}
	all := make([]Mount, len(list))
	for i, item := range list {
		m, _ := item.(map[string]any)
		all[i] = Mount{
			Name: text(m["name"]), Path: text(m["mountPath"]), SubPath: text(m["subPath"]),
			ReadOnly: m["readOnly"] == true, Propagation: text(m["mountPropagation"]),
			Volume: -1,
		}
		if name, ok := m["name"].(string); ok {
			if v, ok := volumes[name]; ok {
				all[i].Volume = v
			}
		}
	}
	return all
}

func (b *builder) ports(c map[string]any, at []any) []Port {
	list := b.list(c, at, "ports")
	if len(list) == 0 {
		return noPorts
	}
	all := make([]Port, len(list))
	for i, item := range list {
		m, _ := item.(map[string]any)
		p := Port{Name: text(m["name"]), Protocol: text(m["protocol"]), HostIP: text(m["hostIP"])}
		p.Number, p.HostPort = b.number(m, append(slices.Clip(at), "ports", i), "containerPort"), b.number(m, append(slices.Clip(at), "ports", i), "hostPort")
		if p.Protocol == "" {
			p.Protocol = "TCP"
		}
		all[i] = p
	}
	return all
}

func (b *builder) number(m map[string]any, at []any, key string) int64 {
	v := m[key]
	n, ok := integer(v)
	if v != nil && !ok {
		b.wrong(append(at, key), key, "an integer", v)
	}
	return n
}

// probes are the fields of a container that hold a handler; hooks stand one deeper.
var probes = [][]any{{"livenessProbe"}, {"readinessProbe"}, {"startupProbe"}, {"lifecycle", "postStart"}, {"lifecycle", "preStop"}}

func (b *builder) handlers(c map[string]any) []Handler {
	all := noHandlers
	for _, where := range probes {
		m, ok := within(c, where).(map[string]any)
		if !ok {
			continue
		}
		h := Handler{Name: where[len(where)-1].(string), Command: noTexts}
		for _, key := range []string{"exec", "grpc", "httpGet", "sleep", "tcpSocket"} {
			how, ok := m[key].(map[string]any)
			if !ok {
				continue
			}
			h.Type = key
			h.Host, h.Port, h.Path = text(how["host"]), words(how["port"]), text(how["path"])
			if list, ok := how["command"].([]any); ok {
				h.Command = make([]string, len(list))
				for i, v := range list {
					h.Command[i] = words(v)
				}
			}
			if h.Host != "" {
				break
			}
		}
		all = append(slices.Clip(all), h)
	}
	return all
}
