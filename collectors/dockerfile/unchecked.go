package dockerfile

import (
	"slices"
	"strings"
)

// unchecked notes the places that switch off the checks of certificates, signatures and host keys.
func (s *stageBuilder) unchecked() {
	f := &s.facts
	for i := range f.Env {
		s.variable(&f.Env[i], "env", s.at.env[i])
	}
	for i := range f.Args {
		a := &f.Args[i]
		s.variable(&Env{Name: a.Name, Value: a.Value, Known: a.Known}, "arg", s.at.args[i])
	}
	for i := range f.Runs {
		r, at := &f.Runs[i], &s.at.runs[i]
		for j := range r.Env {
			s.variable(&r.Env[j], "run", at.env[j])
		}
		packages := 0
		for j := range r.Commands {
			for packages < len(r.Packages) && r.Packages[packages].Command <= j {
				p := &r.Packages[packages]
				for _, text := range p.Unverified {
					s.notChecked(certificateOr(text), p.Program, text, "run", at.commands[p.Command])
				}
				packages++
			}
			if onlyShown(r.Commands, j) {
				continue
			}
			if check, text := switchedOff(&r.Commands[j]); check != "" && text != "" {
				s.notChecked(check, r.Commands[j].Program, text, "run", at.commands[j])
			}
		}
	}
}

func (s *stageBuilder) notChecked(check, name, text, instruction string, at anchor) {
	if slices.Contains(s.at.unchecked, at) {
		return // one place, one fact
	}
	s.facts.Unchecked = append(s.facts.Unchecked, unchecked{Check: check, Name: name, Text: text, Instruction: instruction})
	s.at.unchecked = append(s.at.unchecked, at)
}

// certificateOr tells what an option of a package manager switches off.
func certificateOr(text string) string {
	t := strings.ToLower(text)
	for _, word := range [...]string{"trusted-host", "trusted_host", "ssl", "insecure-host", "verify-peer", "verify-host", "http:"} {
		if strings.Contains(t, word) {
			return "certificate"
		}
	}
	return "signature"
}

// variable notes a variable that switches off a check.
func (s *stageBuilder) variable(e *Env, instruction string, at anchor) {
	check := ""
	switch strings.ToUpper(e.Name) {
	case "NODE_TLS_REJECT_UNAUTHORIZED", "PYTHONHTTPSVERIFY", "PERL_LWP_SSL_VERIFY_HOSTNAME":
		if e.Value == "0" {
			check = "certificate"
		}
	case "GIT_SSL_NO_VERIFY": // any value counts, even 0 (http.c of git)
		if instruction != "arg" || e.Value != "" {
			check = "certificate"
		}
	case "PIP_TRUSTED_HOST", "UV_INSECURE_HOST", "GOINSECURE":
		if e.Value != "" {
			check = "certificate"
		}
	case "NPM_CONFIG_STRICT_SSL", "YARN_STRICT_SSL", "YARN_ENABLE_STRICT_SSL":
		if off(e.Value) {
			check = "certificate"
		}
	case "GOSUMDB":
		if e.Value == "off" {
			check = "signature"
		}
	case "GONOSUMDB", "GONOSUMCHECK":
		if e.Value == "*" || e.Value == "1" {
			check = "signature"
		}
	case "GIT_SSH_COMMAND", "GIT_SSH", "RSYNC_RSH":
		if hostUnchecked(e.Value) {
			check = "host"
		}
	}
	if check != "" {
		s.notChecked(check, e.Name, e.Name+"="+e.Value, instruction, at)
	}
}

func off(value string) bool {
	switch strings.ToLower(value) {
	case "0", "false", "no", "off":
		return true
	}
	return false
}

// hostUnchecked tells whether a text lets ssh trust any host (ssh_config(5)).
func hostUnchecked(text string) bool {
	t := strings.ToLower(text)
	i := strings.Index(t, "stricthostkeychecking")
	if i < 0 {
		return false
	}
	value := strings.TrimLeft(t[i+len("stricthostkeychecking"):], " =\t")
	return strings.HasPrefix(value, "no") || strings.HasPrefix(value, "off") || strings.HasPrefix(value, "accept-new")
}

// switchedOff tells which check a command switches off, and how.
func switchedOff(c *runCommand) (check, text string) {
	switch c.Program {
	case "curl":
		for name := range getopt(c.Args, curlValues()) {
			if name == "-k" || name == "--insecure" {
				return "certificate", name
			}
		}
	case "wget":
		return "certificate", word(c, func(a string) bool { return a == "--no-check-certificate" })
	case "git", "npm", "yarn", "pnpm", "yum", "dnf", "tdnf", "microdnf", "yum-config-manager", "dnf-config-manager", "composer", "conda", "bundle", "pip", "pip3":
		return "certificate", configured(c)
	case "ssh", "scp", "sftp", "rsync":
		return "host", word(c, hostUnchecked)
	case "echo", "printf", "sed", "tee":
		return written(c)
	}
	return "", ""
}

// word is the first argument that holds for a test.
func word(c *runCommand, test func(string) bool) string {
	for _, a := range c.Args {
		if test(a) {
			return a
		}
	}
	return ""
}

var unsafeOption = compile(`(?i)^(?:--setopt=(?:\S+\.)?|--|-c)?(?:http(?:\.\S+)?\.sslverify|sslverify|strict-ssl|ssl_verify|disable-tls|ssl_verify_mode|global\.trusted-host)[= ]?`)

// configured is the setting of a tool that switches off the check of certificates: strict-ssl false,
// http.sslVerify=false, --setopt=main.sslverify=0.
func configured(c *runCommand) string {
	for i, a := range c.Args {
		if a == "--no-strict-ssl" {
			return a
		}
		m := unsafeOption.FindString(a)
		if m == "" {
			continue
		}
		value, setting := a[len(m):], strings.HasPrefix(a, "-") || c.Program == "git" || slices.Contains(c.Args[:i], "set") ||
			slices.Contains(c.Args[:i], "config") || slices.Contains(c.Args[:i], "--set")
		if value == "" && i+1 < len(c.Args) && !strings.HasSuffix(m, "=") {
			value = c.Args[i+1]
		}
		if !setting {
			continue
		}
		switch l := strings.ToLower(m); {
		case strings.Contains(l, "trusted-host"):
			return a
		case strings.Contains(l, "disable-tls"):
			if strings.EqualFold(value, "true") || value == "1" {
				return a + " " + value
			}
		case off(value):
			if strings.Contains(a, value) {
				return a
			}
			return a + " " + value
		}
	}
	return ""
}

// settings are the lines of configuration files that switch off checks.
var settings = []struct {
	check string
	line  pattern
}{
	{"host", compile(`(?i)StrictHostKeyChecking[ =]+["']?(?:no\b|off\b|accept-new\b)`)},
	{"signature", compile(`(?i)\[[^\]]*\b(?:trusted|allow-insecure)=yes\b[^\]]*\] +"?(?:[^"cf\s]|c[^o]|f[^i])`)}, // but for file: and copy:, what the build has made
	{"signature", compile(`(?i)APT::Get::AllowUnauthenticated[ "]+(?:true|1|yes)|Acquire::Allow(?:Insecure|Weak)Repositories[ "]+(?:true|1|yes)`)},
	{"signature", compile(`(?i)\b(?:repo_)?gpgcheck=(?:0|false|no)\b`)},
	{"signature", compile(`\bSigLevel *= *(?:Never|TrustAll)\b`)},
	{"certificate", compile(`(?i)\bsslverify *= *(?:0|false|no)\b|\bstrict-ssl *= *false\b|\bcheck_certificate *= *(?:off|no)\b|Acquire::https?::(?:\S+::)?Verify-(?:Peer|Host)[ "]+(?:false|0|no)|^insecure$`)},
}

// onlyShown tells whether a text goes to the log of the build and nowhere else. What stands inside of a group may
// be redirected with it.
func onlyShown(commands []runCommand, i int) bool {
	c := &commands[i]
	if c.Program != "echo" && c.Program != "printf" || len(c.Redirects) > 0 || c.Nested {
		return false
	}
	return i+1 == len(commands) || commands[i+1].Pipeline != c.Pipeline
}

// written tells which check a line switches off that a command writes or changes.
func written(c *runCommand) (check, text string) {
	for _, a := range c.Args {
		if c.Program == "sed" {
			if parts := strings.Split(a, a[min(1, max(0, len(a)-1)):min(2, len(a))]); len(parts) >= 3 && strings.HasPrefix(a, "s") {
				a = parts[2] // what it puts in the place
			} else {
				continue
			}
		}
		if c.Program == "printf" || c.Program == "echo" {
			a = strings.ReplaceAll(a, `\n`, "\n")
		}
		for _, s := range settings {
			if m := s.line.FindString(a); m != "" {
				if i := strings.IndexByte(m, ']'); i >= 0 {
					m = m[:i+1]
				}
				return s.check, m
			}
		}
	}
	return "", ""
}
