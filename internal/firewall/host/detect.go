// Package host finds out which files configure a packet filter, and reads those of one host together.
package host

import (
	"bytes"
	"path"
	"regexp"
	"slices"
	"strings"
	"sync"
)

// A Format is a notation that a packet filter is configured in.
type Format string

// The formats.
const (
	Nftables     Format = "nftables"       // a script for nft -f, or what nft list ruleset prints
	NftablesJSON Format = "nftables_json"  // what nft -j list ruleset prints
	Iptables     Format = "iptables"       // what iptables-save prints
	Ip6tables    Format = "ip6tables"      // what ip6tables-save prints
	Script       Format = "script"         // a shell script that calls iptables
	IPSet        Format = "ipset"          // what ipset save prints
	UFW          Format = "ufw"            // ufw's folder, /etc/ufw
	UFWStatus    Format = "ufw_status"     // what ufw status verbose prints
	Firewalld    Format = "firewalld"      // firewalld's folder, /etc/firewalld
	Policy       Format = "network_policy" // Kubernetes' NetworkPolicy
	Terraform    Format = "terraform"      // what terraform show -json prints of a plan
	AWS          Format = "aws"            // what aws ec2 describe-security-groups prints
)

// A pattern is compiled when a file first asks for it: most runs see none.
type pattern func() *regexp.Regexp

func lazily(expr string) pattern {
	return sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(expr) })
}

// match tells whether the text has the pattern somewhere.
func (p pattern) match(text []byte) bool { return p().Match(text) }

var (
	nftCommand    = lazily(`(?m)^\s*(#!\s*\S*/nft\b|(add |create )?table\s+((inet|ip|ip6|arp|bridge|netdev)\s+)?[\w./-]+\s*\{|flush\s+ruleset\s*;?\s*$|add\s+(table|chain|rule|set|map|element)\s)`)
	nftJSON       = lazily(`^\s*\{\s*"nftables"\s*:`)
	saveTable     = lazily(`(?m)^\*(filter|nat|mangle|raw|security)\s*$`)
	saveBanner6   = lazily(`(?m)^# (Generated|Completed) by ip6tables`)
	only6         = lazily(`(?m)^(\[\d+:\d+\] )?-[AI] .*(-p (ipv6-icmp|icmpv6)\b|--icmpv6-type|icmp6-|-[sd] [0-9a-fA-F]*:[0-9a-fA-F:]*)`)
	ipsetCreate   = lazily(`(?m)^create \S+ (hash|bitmap|list):`)
	scriptCommand = lazily(`(?m)^\s*(sudo\s+)?("?\$\{?\w*(IPT|ipt)\w*\}?"?|(/\S*/)?ip6?tables(-legacy|-nft)?)\s+(-\w+\s+\S+\s+)*-{1,2}[A-Za-z]`)
	ufwStatus     = lazily(`^(\xef\xbb\xbf)?Status: (in)?active\s*(\n|$)`)
	policyKind    = lazily(`(?m)^kind:\s*"?NetworkPolicy"?\s*$`)
	planJSON      = lazily(`^\s*\{\s*"format_version"\s*:`)
	awsJSON       = lazily(`^\s*\{\s*"SecurityGroups"\s*:`)
)

// Detect tells the format of a file by its path and its first bytes; ok is false for a file that configures no packet
// filter by itself. With no bytes the path alone decides.
func Detect(file string, head []byte) (format Format, ok bool) {
	base := strings.ToLower(path.Base(file))
	if f := byFolder(file, base); f != "" {
		return f, true
	}
	switch ext := path.Ext(base); ext {
	case ".nft", ".iptables", ".ip6tables":
		if nftJSON.match(head) {
			return NftablesJSON, true
		}
		return map[string]Format{".nft": Nftables, ".iptables": Iptables, ".ip6tables": Ip6tables}[ext], true
	}
	switch base {
	case "nftables.conf", "nftables.rules":
		return Nftables, true
	}
	return byContent(base, head)
}

// ufwFiles are the files of ufw's folder that say which rules there are; the first that is there stands for all.
var ufwFiles = []string{"ufw.conf", "user.rules", "user6.rules", "before.rules", "before6.rules", "after.rules", "after6.rules"}

// byFolder knows the folders that are read as a whole, by the files that every one of them has.
func byFolder(file, base string) Format {
	folder := path.Base(path.Dir(file))
	switch {
	case folder == "ufw" && slices.Contains(ufwFiles, base):
		return UFW
	case base == "firewalld.conf", path.Base(path.Dir(path.Dir(file))) == "firewalld" && path.Ext(base) == ".xml" && (folder == "zones" || folder == "policies"):
		return Firewalld
	}
	return ""
}

// words are some of what each pattern wants, and cost little to look for: most files have none.
var words = [][]byte{[]byte("table"), []byte("ruleset"), []byte("*"), []byte("create "), []byte("IPT"), []byte("ipt"), []byte("Status: "), []byte(`_version"`), []byte(`"SecurityGroups"`)}

func byContent(base string, head []byte) (Format, bool) {
	if ext := path.Ext(base); ext == ".yaml" || ext == ".yml" {
		if bytes.Contains(head, []byte("NetworkPolicy")) && policyKind.match(head) && !bytes.Contains(head, []byte("{{")) {
			return Policy, true
		}
		return "", false
	}
	if !slices.ContainsFunc(words, func(w []byte) bool { return bytes.Contains(head, w) }) {
		return "", false
	}
	switch {
	case nftJSON.match(head):
		return NftablesJSON, true
	case awsJSON.match(head):
		return AWS, true
	case planJSON.match(head) && bytes.Contains(head, []byte(`"terraform_version"`)):
		return Terraform, true
	case ufwStatus.match(head):
		return UFWStatus, true
	case saveTable.match(head):
		if slices.Contains(ufwFiles, base) && bytes.Contains(head, []byte("ufw")) {
			return UFW, true
		}
		if !shell(head) {
			return saved(base, head), true
		}
		return Script, bytes.Contains(head, []byte("tables"))
	case ipsetCreate.match(head) && !shell(head):
		return IPSet, true
	case nftCommand.match(head) && plain(base):
		return Nftables, true
	case scriptCommand.match(head) && plain(base):
		return Script, true
	}
	return "", false
}

// saved tells the family of a save file: by its banner, by its name, by what it says.
func saved(base string, head []byte) Format {
	switch {
	case saveBanner6.match(head), strings.Contains(base, "ip6"), strings.Contains(base, "v6"), only6.match(head):
		return Ip6tables
	}
	return Iptables
}

func shell(head []byte) bool {
	first, _, _ := bytes.Cut(head, []byte("\n"))
	return bytes.HasPrefix(first, []byte("#!")) && bytes.Contains(first, []byte("sh"))
}

// plain tells of names that a configuration or a script has; a page of documentation quotes such lines too.
func plain(base string) bool {
	switch path.Ext(base) {
	case "", ".sh", ".bash", ".conf", ".rules", ".txt", ".fw", ".ruleset", ".up":
		return true
	}
	return false
}
