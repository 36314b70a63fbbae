package compose

import (
	"strconv"
	"strings"
)

// bounds fills in what a service may use of its host, and when it is started again.
func (b *builder) bounds(s *Service, n *node, i int) {
	deploy := n.field("deploy").field("resources").field("limits")
	at := func(field string) []any { return []any{"services", i, "limits", field} }
	b.mark(n.field("deploy").field("resources"), "services", i, "limits")
	s.Limits = limits{
		Memory: b.limit(at("memory"), deploy.field("memory"), n.field("mem_limit")),
		CPU: b.limit(at("cpu"), deploy.field("cpus"), n.field("cpus"), n.field("cpu_quota"), n.field("cpu_shares"), n.field("cpuset"),
			n.field("cpu_count"), n.field("cpu_percent")),
		PIDs: b.limit(at("pids"), deploy.field("pids"), n.field("pids_limit")),
	}
	s.Restart = b.restart(n, i)
	s.Ulimits = []ulimit{}
	b.mark(n.field("ulimits"), "services", i, "ulimits")
	for j, name := range n.field("ulimits").names() {
		u := n.field("ulimits").fields[name]
		soft, hard := u, u
		if u.kind == mapping {
			soft, hard = u.field("soft"), u.field("hard")
		}
		s.Ulimits = append(s.Ulimits, ulimit{Name: name, Soft: b.text(soft), Hard: b.text(hard)})
		b.mark(u, "services", i, "ulimits", j)
	}
	s.OOMKillDisable = b.toggle(n.field("oom_kill_disable"))
	s.OOMScoreAdj, _ = strconv.Atoi(b.text(n.field("oom_score_adj")))
	b.mark(n.field("oom_kill_disable"), "services", i, "oom_kill_disable")
	b.mark(n.field("oom_score_adj"), "services", i, "oom_score_adj")
}

// limit is the first of the settings that bounds something.
func (b *builder) limit(at []any, nodes ...*node) limit {
	l := limit{Known: true}
	for _, n := range nodes {
		if n == nil {
			continue
		}
		text, known := b.vars.expand(n.text())
		b.mark(n, at...)
		l = limit{Value: text, Known: known, Set: known && bounded(text)}
		if l.Set {
			break
		}
	}
	return l
}

// bounded tells whether a value is a bound: 0 and what is below lift it.
func bounded(text string) bool {
	figure := strings.TrimRight(strings.ToLower(text), "kmgib")
	n, err := strconv.ParseFloat(figure, 64)
	return text != "" && (err != nil || n > 0)
}

// restart reads restart, and where that says nothing deploy.restart_policy.
func (b *builder) restart(n *node, i int) restart {
	if policy := n.field("restart"); policy != nil {
		b.mark(policy, "services", i, "restart")
		text, known := b.vars.expand(policy.text())
		condition, attempts, _ := strings.Cut(text, ":")
		r := restart{Set: true, Known: known, Condition: condition}
		r.Attempts, _ = strconv.Atoi(attempts)
		if text == "false" {
			r.Condition = "no" // YAML 1.1 reads an unquoted no as a boolean
		}
		return r
	}
	policy := n.field("deploy").field("restart_policy")
	if policy == nil {
		return restart{Known: true, Condition: "no"}
	}
	b.mark(policy, "services", i, "restart")
	text, known := b.vars.expand(policy.field("condition").text())
	attempts, same := b.vars.expand(policy.field("max_attempts").text())
	r := restart{Set: true, Known: known && same, Condition: text}
	switch text {
	case "", "any":
		r.Condition = "always"
	case "none":
		r.Condition = "no"
	}
	r.Attempts, _ = strconv.Atoi(attempts)
	return r
}

// settles fills in the settings that are told apart by their text alone.
func (b *builder) settles(s *Service, n *node, i int) {
	s.Init = b.toggle(n.field("init"))
	s.PullPolicy, s.Runtime, s.Isolation = b.text(n.field("pull_policy")), b.text(n.field("runtime")), b.text(n.field("isolation"))
	s.LogDriver, s.DeployMode = b.text(n.field("logging").field("driver")), b.text(n.field("deploy").field("mode"))
	s.DNS, s.Links, s.ExtraHosts = b.list(n, "dns", i), b.list(n, "links", i), []string{}
	hosts := n.field("extra_hosts")
	for _, name := range hosts.names() {
		addresses := hosts.fields[name].each()
		if host, address, ok := strings.Cut(name, ":"); ok && len(addresses) == 0 {
			b.mark(hosts.fields[name], "services", i, "extra_hosts", len(s.ExtraHosts))
			s.ExtraHosts = append(s.ExtraHosts, host+"="+address)
		}
		for _, address := range addresses {
			b.mark(address, "services", i, "extra_hosts", len(s.ExtraHosts))
			s.ExtraHosts = append(s.ExtraHosts, name+"="+b.text(address))
		}
	}
	for field, source := range map[string]*node{
		"init": n.field("init"), "pull_policy": n.field("pull_policy"), "runtime": n.field("runtime"), "isolation": n.field("isolation"),
		"log_driver": n.field("logging").field("driver"), "deploy_mode": n.field("deploy").field("mode"), "extra_hosts": hosts,
	} {
		b.mark(source, "services", i, field)
	}
}
