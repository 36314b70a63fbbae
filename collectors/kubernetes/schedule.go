package kubernetes

import (
	"path"
	"slices"
	"strings"

	"sallyport/internal/imageref"
	"sallyport/internal/shell"
)

var (
	noIndexes     = []int{}
	noTolerations = []Toleration{}
)

// longRunning tells whether pods are restarted when they are done: those of Jobs are not.
func (b *builder) longRunning(spec map[string]any) bool {
	switch b.facts.Kind {
	case "Job", "CronJob", "PodTemplate":
		return false
	case "Deployment", "StatefulSet", "DaemonSet", "ReplicaSet", "ReplicationController", "Rollout":
		return true
	case "Pod":
		return !b.facts.Owned && (spec["restartPolicy"] == nil || spec["restartPolicy"] == "Always")
	}
	return false
}

// spread tells whether the scheduler is told to keep the pods apart.
func spread(spec map[string]any) bool {
	constraints, _ := spec["topologySpreadConstraints"].([]any)
	apart, _ := within(spec, []any{"affinity", "podAntiAffinity"}).(map[string]any)
	return len(constraints) > 0 || len(apart) > 0
}

// aside are the names of ports that are not for requests, or parts of them.
var aside = []string{"health", "live", "ready", "probe", "metric", "prom", "monitor", "debug", "pprof", "admin"}

// serves tells whether a container has a port that is for requests, as far as its name tells.
func serves(ports []Port) bool {
	return slices.ContainsFunc(ports, func(p Port) bool {
		return !slices.ContainsFunc(aside, func(word string) bool { return strings.Contains(p.Name, word) })
	})
}

// controlPlane are the taints of the nodes that run the API server.
var controlPlane = []string{"", "node-role.kubernetes.io/control-plane", "node-role.kubernetes.io/master"}

func (b *builder) tolerations(spec map[string]any, at []any) []Toleration {
	list := b.list(spec, at, "tolerations")
	if len(list) == 0 {
		return noTolerations
	}
	all := make([]Toleration, len(list))
	for i, item := range list {
		m, _ := item.(map[string]any)
		t := Toleration{Key: text(m["key"]), Effect: text(m["effect"])}
		t.ControlPlane = slices.Contains(controlPlane, t.Key) && (t.Effect == "" || t.Effect == "NoSchedule")
		all[i] = t
	}
	return all
}

func reference(image string) Image {
	r, err := imageref.Parse(image)
	if err != nil {
		return Image{}
	}
	return Image{Known: true, Registry: r.Registry, Repository: r.Repository, Tag: r.Tag, Digest: r.Digest}
}

// sudo tells whether a command line starts sudo, itself or by a shell.
func sudo(line []any) bool {
	for i, v := range line {
		word := words(v)
		if i == 0 && path.Base(word) == "sudo" {
			return true
		}
		if i == 2 && strings.Contains(word, "sudo") && strings.HasSuffix(words(line[0]), "sh") && words(line[1])[:min(1, len(words(line[1])))] == "-" {
			return calls(word, "sudo")
		}
	}
	return false
}

// sockets are those by which container runtimes are told what to run.
var sockets = []string{
	"docker.sock", "containerd.sock", "crio.sock", "podman.sock", "dockershim.sock", "cri-dockerd.sock", "buildkitd.sock", "frakti.sock",
}

func socket(hostPath string) bool { return slices.Contains(sockets, path.Base(hostPath)) }

// owned are the directories of a node and what whoever writes there gets.
var owned = []struct{ dir, what string }{
	{"/etc/kubernetes", "the credentials and the static pods of the node"},
	{"/etc/cni", "the configuration of the node's network"},
	{"/etc", "the configuration and the accounts of the node"},
	{"/root", "root's login"},
	{"/home", "the logins of the node's accounts"},
	{"/boot", "the kernel"},
	{"/bin", "the programs of the node"},
	{"/sbin", "the programs of the node"},
	{"/usr", "the programs of the node"},
	{"/lib", "the libraries of the node"},
	{"/lib64", "the libraries of the node"},
	{"/opt/cni/bin", "the programs of the node's network"},
	{"/proc", "the kernel's settings"},
	{"/sys", "the kernel's settings"},
	{"/dev", "the devices of the node"},
	{"/run", "the sockets of the node's services"},
	{"/var/run", "the sockets of the node's services"},
	{"/var/lib/kubelet", "the volumes and tokens of all pods of the node"},
	{"/var/lib/docker", "the images and containers of the node"},
	{"/var/lib/containerd", "the images and containers of the node"},
	{"/var/lib/containers", "the images and containers of the node"},
	{"/var/lib/etcd", "the state of the cluster"},
	{"/var/lib", "the state of the node's services"},
	{"/var/spool/cron", "the scheduled commands of the node"},
}

// whole are directories that only count as they are, since many programs have a harmless one below them.
var whole = []string{"/var/lib/kubelet", "/usr", "/home", "/run", "/var/run", "/var/lib", "/etc", "/dev", "/sys"}

// serious are directories below those that count all the same.
var serious = []string{
	"/etc/cron", "/etc/kubernetes", "/etc/systemd", "/etc/sudoers", "/etc/ssh", "/etc/pam.d", "/etc/cni", "/etc/init.d", "/etc/passwd", "/etc/shadow",
	"/usr/bin", "/usr/sbin", "/usr/lib", "/usr/local/bin", "/usr/libexec", "/run/containerd", "/run/docker", "/run/crio", "/run/systemd", "/run/dbus",
	"/var/run/containerd", "/var/run/docker", "/var/run/crio", "/var/run/dbus", "/sys/fs/cgroup", "/sys/kernel",
}

func owns(hostPath string) string {
	clean := path.Clean("/" + hostPath)
	if clean == "/" {
		return "the whole node"
	}
	if clean == "/var" {
		return "the state of the node's services"
	}
	for _, o := range owned {
		if clean == o.dir || under(clean, o.dir) && (!slices.Contains(whole, o.dir) || slices.ContainsFunc(serious, func(s string) bool { return strings.HasPrefix(clean, s) })) {
			return o.what
		}
	}
	return ""
}

func under(p, dir string) bool { return strings.HasPrefix(p, dir+"/") }

func calls(script, program string) bool {
	parsed, err := shell.Parse(script, nil)
	return err == nil && slices.ContainsFunc(parsed.Commands, func(c shell.Command) bool { return path.Base(c.Name) == program })
}
