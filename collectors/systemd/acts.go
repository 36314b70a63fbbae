package systemd

import (
	"path"
	"slices"
	"strings"

	"sallyport/internal/shell"
)

// Act is something that a command of a unit does, found in its words and in the text that it gives to a shell.
type Act struct {
	// Name is "runs_download", "opens_mode", "switches_user", "privileged_container" or "open_engine".
	Name string `json:"name"`
	// Setting is the setting of the command, and Command its index in exec.
	Setting string `json:"setting"`
	Command int    `json:"command"`
	// What is the telling part: "curl | sh", "chmod 777", "sudo", "--privileged".
	What string `json:"what"`
}

var shells = strings.Fields("sh bash dash ash zsh ksh")

// telling are the programs for which a command line is read further.
var telling = append(strings.Fields(`env nice ionice timeout sudo su runuser gosu chpst setuidgid start-stop-daemon daemonize chmod install mkdir
	docker podman nerdctl dockerd busybox xargs find`), shells...)

// acts are what the commands of a unit do beyond starting a program.
func (b *builder) acts(n node, f *Unit) []Act {
	list := []Act{}
	for i, c := range f.Exec {
		if len(c.Argv) == 0 || !slices.Contains(telling, path.Base(c.Path)) {
			continue
		}
		words := append([]string{path.Base(c.Path)}, c.Argv[1:]...)
		for j, w := range words {
			words[j] = "'" + strings.ReplaceAll(w, "'", `'\''`) + "'"
		}
		script, err := shell.Parse(strings.Join(words, " "), nil)
		if err != nil {
			continue
		}
		for j, cmd := range script.Commands {
			for _, act := range doing(script.Commands[:j], cmd) {
				if act[0] == "switches_user" && c.Setting != "ExecStart" {
					continue
				}
				b.like(n.index(len(list)), "exec", i)
				list = append(list, Act{Name: act[0], Setting: c.Setting, Command: i, What: act[1]})
			}
		}
	}
	return list
}

// doing is what one command does, given those before it: names and telling parts.
func doing(before []shell.Command, c shell.Command) [][2]string {
	name := path.Base(c.Name)
	switch {
	case slices.Contains(shells, name):
		if from := fetched(before, c); from != "" {
			return [][2]string{{"runs_download", from + " | " + name}}
		}
	case name == "chmod":
		if i := slices.IndexFunc(c.Args, func(a string) bool { return a != "" && a[0] != '-' }); i >= 0 && opensMode(c.Args[i]) {
			return [][2]string{{"opens_mode", "chmod " + c.Args[i]}}
		}
	case name == "install" || name == "mkdir":
		if mode := valueOf(c.Args, "-m", "--mode"); opensMode(mode) {
			return [][2]string{{"opens_mode", name + " -m " + mode}}
		}
	case slices.Contains([]string{"sudo", "su", "runuser", "gosu", "chpst", "setuidgid"}, name):
		return [][2]string{{"switches_user", name}}
	case name == "start-stop-daemon" && valueOf(c.Args, "-c", "--chuid") != "":
		return [][2]string{{"switches_user", name + " --chuid"}}
	case name == "docker" || name == "podman" || name == "nerdctl":
		return container(c.Args)
	case name == "dockerd":
		return engine(c.Args)
	}
	return nil
}

// maxPipe bounds how far a pipe is followed back.
const maxPipe = 16

// fetched is the program that downloads what a shell runs: through a pipe, or in a substitution.
func fetched(before []shell.Command, c shell.Command) string {
	for _, fetcher := range []string{"curl", "wget"} {
		for i := len(before) - 1; i >= max(0, len(before)-maxPipe) && before[i].Pipeline == c.Pipeline && c.Joined == "|"; i-- {
			if path.Base(before[i].Name) == fetcher {
				return fetcher
			}
		}
		for _, a := range c.Args {
			if strings.HasPrefix(a, "$("+fetcher+" ") || strings.HasPrefix(a, "<("+fetcher+" ") {
				return fetcher
			}
		}
	}
	return ""
}

// valueOf is the value of an option, in the next word or behind "=".
func valueOf(args []string, short, long string) string {
	for i, a := range args {
		if (a == short || a == long) && i+1 < len(args) {
			return args[i+1]
		}
		if v, ok := strings.CutPrefix(a, long+"="); ok {
			return v
		}
	}
	return ""
}

// opensMode tells whether a mode lets everybody write; with the sticky bit a folder is meant to be shared.
func opensMode(mode string) bool {
	if mode != "" && strings.Trim(mode, "01234567") == "" {
		sticky := len(mode) > 3 && (mode[len(mode)-4]-'0')&1 == 1
		return len(mode) >= 3 && (mode[len(mode)-1]-'0')&2 == 2 && !sticky
	}
	for clause := range strings.SplitSeq(mode, ",") {
		who, what, ok := strings.Cut(clause, "+")
		if !ok {
			who, what, ok = strings.Cut(clause, "=")
		}
		if ok && strings.ContainsAny(who, "oa") && strings.Trim(who, "ugoa") == "" && strings.Contains(what, "w") && !strings.Contains(what, "t") {
			return true
		}
	}
	return false
}

// container finds what opens the machine to a container that is run.
func container(args []string) [][2]string {
	if !slices.ContainsFunc(args, func(a string) bool { return a == "run" || a == "create" }) {
		return nil
	}
	var found [][2]string
	for i, a := range args {
		option, value, has := strings.Cut(a, "=")
		if !has && i+1 < len(args) {
			value = args[i+1]
		}
		host, _, _ := strings.Cut(value, ":")
		open := false
		switch option {
		case "--privileged":
			open = !has || value == "true"
			value = ""
		case "-v", "--volume":
			open = host == "/" || strings.HasSuffix(host, "/docker.sock") || strings.HasSuffix(host, "/containerd.sock")
		case "--pid", "--userns", "--ipc":
			open = value == "host"
		case "--cap-add":
			open = slices.Contains([]string{"ALL", "SYS_ADMIN", "CAP_SYS_ADMIN", "SYS_MODULE", "CAP_SYS_MODULE", "SYS_PTRACE", "CAP_SYS_PTRACE"}, strings.ToUpper(value))
		}
		if open {
			found = append(found, [2]string{"privileged_container", strings.TrimSpace(option + " " + value)})
		}
	}
	return found
}

// engine finds a port over which a Docker engine obeys everybody: TCP without certificates of its clients.
func engine(args []string) [][2]string {
	if slices.Contains(args, "--tlsverify") || slices.Contains(args, "--tlsverify=true") {
		return nil
	}
	for i, a := range args {
		option, value, has := strings.Cut(a, "=")
		if !has && i+1 < len(args) {
			value = args[i+1]
		}
		address, tcp := strings.CutPrefix(value, "tcp://")
		if option != "-H" && option != "--host" || !tcp {
			continue
		}
		if strings.HasPrefix(address, "127.") || strings.HasPrefix(address, "localhost") || strings.HasPrefix(address, "[::1]") {
			continue
		}
		return [][2]string{{"open_engine", option + " " + value}}
	}
	return nil
}
