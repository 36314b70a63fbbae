package secret

import (
	"path"
	"slices"
	"strings"
	"sync"
)

// short lists the short flags that take a password, by command. A flag in joined takes it without a blank.
var short = sync.OnceValue(func() map[string]struct{ flags, joined string } {
	return map[string]struct{ flags, joined string }{
		"mysql": {"", "-p"}, "mysqldump": {"", "-p"}, "mysqladmin": {"", "-p"}, "mysqlimport": {"", "-p"}, "mysqlshow": {"", "-p"},
		"mariadb": {"", "-p"}, "mariadb-dump": {"", "-p"}, "mariadb-admin": {"", "-p"}, "mysqlcheck": {"", "-p"}, "mysqlslap": {"", "-p"},
		"sshpass": {"-p", "-p"}, "redis-cli": {"-a", "-a"}, "docker": {"-p", ""}, "podman": {"-p", ""}, "buildah": {"-p", ""}, "skopeo": {"-p", ""},
		"helm": {"", ""}, "mongo": {"-p", ""}, "mongosh": {"-p", ""}, "mongodump": {"-p", ""}, "mongorestore": {"-p", ""}, "sqlcmd": {"-P", "-P"},
		"ldapsearch": {"-w", "-w"}, "ldapadd": {"-w", "-w"}, "ldapmodify": {"-w", "-w"}, "ldapwhoami": {"-w", "-w"}, "zip": {"-P", ""}, "unzip": {"-P", "-P"},
		"useradd": {"-p", ""}, "usermod": {"-p", ""}, "rabbitmqadmin": {"-p", ""}, "mosquitto_pub": {"-P", ""}, "mosquitto_sub": {"-P", ""},
		"oc": {"-p", ""}, "az": {"-p", ""}, "cqlsh": {"-p", ""}, "nats": {"", ""}, "vncserver": {"", ""}, "bcp": {"-P", "-P"},
	}
})

// A command is a program and where it stands among the words; at is negative before it came.
type command struct {
	first, at int
	program   string
}

// wrapper tells whether a word at the start of a command is not the program: an assignment, a flag, sudo.
func wrapper(w string) bool {
	if name, _, ok := strings.Cut(w, "="); ok && named(name) || strings.HasPrefix(w, "-") || len(w) > 1 && w[len(w)-1] == '$' {
		return true // an assignment, a flag, or the prompt of a shell in a transcript
	}
	switch path.Base(w) {
	case "sudo", "exec", "env", "nohup", "time", "then", "do", "gosu", "RUN", "!", "if", "{":
		return true
	}
	return false
}

// argument judges word i as an argument of the command.
func (c command) argument(words []word, i int) []Hit {
	w := words[i].text
	if i == c.at {
		return piped(words, c.first, c.program)
	}
	program, at := c.program, c.at
	next := ""
	if i+1 < len(words) && !words[i+1].operator {
		next = words[i+1].text
	}
	value := ""
	f, known := short()[program]
	login := (program != "docker" && program != "podman" && program != "oc" && program != "az") || hasWord(words[at:min(i, at+8)], "login")
	switch {
	case known && login && f.flags != "" && w == f.flags:
		value = next
	case known && login && f.joined != "" && len(w) > 2 && strings.HasPrefix(w, f.joined) && w[2] != '=':
		value = w[2:]
	case program == "curl" && (w == "-u" || w == "--user" || w == "--proxy-user" || w == "-U"):
		return pairHit(next, ":")
	case program == "curl" && strings.HasPrefix(w, "-u") && len(w) > 4:
		return pairHit(w[2:], ":")
	case program == "lftp" && w == "-u":
		return pairHit(next, ",")
	case program == "openssl" && strings.HasPrefix(w, "pass:"):
		value = w[len("pass:"):]
	case program == "htpasswd" && i == at+4 && strings.HasPrefix(words[at+1].text, "-") && strings.Contains(words[at+1].text, "b"):
		value = w
	case program == "rabbitmqctl" && i == at+3 && (words[at+1].text == "add_user" || words[at+1].text == "change_password"):
		value = w
	}
	if value != "" && judged(password, value) {
		return []Hit{hit(value, "name")}
	}
	return nil
}

func hasWord(words []word, text string) bool {
	return slices.ContainsFunc(words, func(w word) bool { return w.text == text })
}

// pairHit judges user:password as one word.
func pairHit(v, separator string) []Hit {
	user, pass, ok := strings.Cut(v, separator)
	switch {
	case ok && len(pass) >= 2 && credential(user, pass):
		return []Hit{hit(pass, "name")}
	case ok && pass == "" && randomish(user) && !reference(user) && !placeholder(user):
		return []Hit{hit(user, "name")} // a key that stands for the user, without a password
	}
	return nil
}

// piped finds the password that is piped into chpasswd or passwd: echo 'root:secret' | chpasswd.
func piped(words []word, first int, program string) []Hit {
	if program != "chpasswd" && program != "passwd" || first < 2 || words[first-1].text != "|" {
		return nil
	}
	var hits []Hit
	for j := first - 2; j >= 0 && !words[j].operator; j-- {
		w := strings.TrimSuffix(strings.TrimSpace(words[j].text), `\n`)
		if program == "passwd" {
			if j > 0 && !words[j-1].operator && !strings.HasPrefix(w, "-") && judged(password, w) {
				hits = append(hits, hit(w, "name"))
			}
			continue
		}
		for entry := range strings.SplitSeq(strings.ReplaceAll(w, `\n`, "\n"), "\n") {
			if user, pass, ok := strings.Cut(strings.TrimSpace(entry), ":"); ok && user != "" && judged(password, pass) {
				hits = append(hits, hit(pass, "name"))
			}
		}
	}
	return hits
}
