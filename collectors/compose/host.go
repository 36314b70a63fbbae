package compose

import (
	"path"
	"slices"
	"strings"
)

// sockets are the names under which container engines and their parts listen: whoever reaches one starts
// privileged containers on the host.
var sockets = []string{
	"docker.sock", "docker-raw.sock", "docker-cli.sock", "podman.sock", "containerd.sock", "containerd.sock.ttrpc", "crio.sock",
	"cri-dockerd.sock", "dockershim.sock", "buildkitd.sock", "balena.sock", "balena-engine.sock", "docker_engine", "incus.socket",
	"unix.socket", // LXD and Incus, whose folders bear their names
}

// engineFolders hold such sockets.
var engineFolders = []string{
	"/run", "/var/run", "/run/docker", "/var/run/docker", "/run/podman", "/var/run/podman", "/run/containerd", "/var/run/containerd", "/run/crio",
	"/var/run/crio", "/run/user", "/var",
}

// systemFolders belong to the system: whoever writes them decides what runs on the host (CIS Docker 5.6
// names /, /boot, /dev, /etc, /lib, /proc, /sys and /usr). Folders within them count where they do the same.
var systemFolders = []string{
	"/bin", "/boot", "/boot/efi", "/dev", "/etc", "/lib", "/lib32", "/lib64", "/proc", "/sbin", "/sys", "/usr", "/opt", "/var/lib",
	"/etc/cron.d", "/etc/cron.daily", "/etc/crontab", "/etc/default", "/etc/docker", "/etc/init.d", "/etc/kubernetes", "/etc/ld.so.conf.d",
	"/etc/ld.so.preload", "/etc/pam.d", "/etc/passwd", "/etc/group", "/etc/profile.d", "/etc/security", "/etc/systemd", "/etc/systemd/system",
	"/etc/udev", "/lib/systemd", "/lib/systemd/system", "/proc/1", "/proc/sys", "/proc/sys/kernel", "/proc/sysrq-trigger", "/sys/firmware",
	"/sys/fs", "/sys/fs/bpf", "/sys/fs/cgroup", "/sys/kernel", "/sys/kernel/debug", "/sys/kernel/security", "/sys/module", "/usr/bin", "/usr/lib",
	"/usr/lib/systemd", "/usr/local", "/usr/local/bin", "/usr/local/sbin", "/usr/sbin", "/var/spool/cron", "/var/spool/cron/crontabs",
}

// credentialFolders hold keys and logins, or what other containers keep.
var credentialFolders = []string{
	"/root", "/home", "/etc/shadow", "/etc/gshadow", "/etc/sudoers", "/etc/sudoers.d", "/etc/ssh", "/etc/ssl/private", "/etc/kubernetes/pki",
	"/etc/kubernetes/admin.conf", "/var/lib/docker", "/var/lib/docker/volumes", "/var/lib/containerd", "/var/lib/containers", "/var/lib/kubelet",
	"/var/lib/etcd", "/var/lib/rancher", "/proc/kcore", "/dev/mem", "/dev/kmem",
}

// ofHome are the parts of a home folder that hold credentials; "" is the whole of it.
var ofHome = []string{
	"", ".ssh", ".aws", ".azure", ".config", ".config/gcloud", ".config/gh", ".docker", ".docker/config.json", ".gnupg", ".kube", ".kube/config", ".netrc",
	".pgpass", ".git-credentials", ".npmrc", ".pypirc", ".cargo/credentials.toml", ".vault-token", ".password-store", ".local/share/keyrings",
}

// holds says what a path of the host gives away.
func holds(p string) string {
	base := path.Base(p)
	switch {
	case p == "/":
		return "root"
	case slices.Contains(sockets, base) && (base != "unix.socket" || strings.Contains(p, "lxd") || strings.Contains(p, "incus")),
		slices.Contains(engineFolders, p), strings.HasPrefix(p, "/run/user/") && strings.Count(p, "/") == 3:
		return "engine"
	case slices.Contains(credentialFolders, p), home(p):
		return "credentials"
	case slices.Contains(systemFolders, p):
		return "system"
	}
	return ""
}

// home tells whether p is a home folder, or a part of one that holds credentials.
func home(p string) bool {
	var rest string
	switch {
	case p == "~" || strings.HasPrefix(p, "~/"):
		rest = strings.TrimPrefix(p[1:], "/")
	case strings.HasPrefix(p, "/root/"):
		rest = p[len("/root/"):]
	case strings.HasPrefix(p, "/home/"), strings.HasPrefix(p, "/Users/"):
		_, rest, _ = strings.Cut(strings.SplitN(p, "/", 3)[2], "/")
	default:
		return false
	}
	return slices.Contains(ofHome, rest)
}

// hostPath is a path on the host in one form: cleaned, with the home folder as "~".
func hostPath(p string) string {
	for _, h := range []string{"${HOME}", "$HOME", "${HOME:?}", "~"} {
		if rest, ok := strings.CutPrefix(p, h); ok && (rest == "" || rest[0] == '/') {
			return strings.TrimSuffix("~"+path.Clean("/"+rest), "/")
		}
	}
	if strings.Contains(p, `\`) {
		p = strings.ReplaceAll(p, `\`, "/")
	}
	if strings.HasPrefix(p, "/") {
		p = "/" + strings.TrimLeft(p, "/") // path.Clean leaves nothing of it; "//var" is how Windows shells write "/var"
	}
	return path.Clean(p)
}

var (
	// rawDisks start the names of disks and of what is mapped on them.
	rawDisks = []string{
		"/dev/sd", "/dev/hd", "/dev/vd", "/dev/xvd", "/dev/nvme", "/dev/mmcblk", "/dev/dm-", "/dev/md", "/dev/mapper", "/dev/disk", "/dev/loop", "/dev/block",
		"/dev/sg", "/dev/zd", "/dev/nbd",
	}
	rawMemory = []string{"/dev/mem", "/dev/kmem", "/dev/port", "/dev/cpu", "/dev/vfio", "/dev/kmsg"}
	harmless  = []string{
		"/dev/null", "/dev/zero", "/dev/full", "/dev/random", "/dev/urandom", "/dev/tty", "/dev/stdin", "/dev/stdout", "/dev/stderr", "/dev/shm", "/dev/ptmx",
		"/dev/pts",
	}
)

// deviceClass says what a device gives away.
func deviceClass(name string) string {
	name = path.Clean(name)
	under := func(list []string) bool {
		return slices.ContainsFunc(list, func(d string) bool { return name == d || strings.HasPrefix(name, d+"/") })
	}
	switch {
	case name == "/dev" || name == "/":
		return "all"
	case under(rawMemory):
		return "memory"
	case under(harmless):
		return "harmless"
	}
	// The letters or digits behind the prefix make the name: sda, nvme0n1, but not sgx_enclave.
	for _, d := range rawDisks {
		rest, ok := strings.CutPrefix(name, d)
		if ok && (rest == "" || rest[0] == '/' || strings.HasSuffix(d, "-") || disk(d, rest)) {
			return "disk"
		}
	}
	return ""
}

// disk tells whether rest makes the name of a disk behind a prefix: a letter and a partition, or a number.
func disk(prefix, rest string) bool {
	switch prefix {
	case "/dev/sd", "/dev/hd", "/dev/vd", "/dev/xvd":
		bare := strings.TrimRight(rest, "0123456789")
		return len(bare) > 0 && len(bare) <= 2 && strings.Trim(bare, "abcdefghijklmnopqrstuvwxyz") == ""
	}
	return rest[0] >= '0' && rest[0] <= '9'
}
