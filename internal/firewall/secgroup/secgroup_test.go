package secgroup

import (
	"errors"
	"strings"
	"testing"
	"testing/fstest"

	"sallyport/internal/fact"
	"sallyport/internal/firewall"
)

func read(text string) ([]Group, error) {
	return Read(fstest.MapFS{"groups.json": {Data: []byte(text)}}, "groups.json")
}

// outline writes the groups with their rules, one a line; what is unknown is marked.
func outline(groups []Group) string {
	var b strings.Builder
	for _, g := range groups {
		b.WriteString(g.Name + "\n")
		for _, c := range g.Ruleset.Chains {
			for _, r := range c.Rules[1:] {
				b.WriteString("  " + r.Text)
				if len(r.Steps) > 2 {
					b.WriteString(" (" + r.Steps[0].(firewall.When).Expr.(firewall.Unknown).Why + ")")
				}
				b.WriteString("\n")
			}
		}
		for _, p := range g.Ruleset.Partial {
			b.WriteString("  partial: " + p.Why + "\n")
		}
	}
	return b.String()
}

func TestDescribe(t *testing.T) {
	groups, err := read(`{"SecurityGroups": [
 {"GroupId": "sg-1", "GroupName": "web", "Description": "", "OwnerId": "1", "VpcId": "vpc-1",
  "IpPermissions": [
   {"IpProtocol": "tcp", "FromPort": 443, "ToPort": 443, "IpRanges": [{"CidrIp": "0.0.0.0/0", "Description": "all"}], "Ipv6Ranges": [{"CidrIpv6": "::/0"}], "PrefixListIds": [], "UserIdGroupPairs": []},
   {"IpProtocol": "icmp", "FromPort": 8, "ToPort": -1, "IpRanges": [{"CidrIp": "10.0.0.0/8"}]},
   {"IpProtocol": "icmpv6", "FromPort": -1, "ToPort": -1, "Ipv6Ranges": [{"CidrIpv6": "fd00::/8"}]},
   {"IpProtocol": "50", "IpRanges": [{"CidrIp": "10.1.2.3/32"}]},
   {"IpProtocol": "-1", "UserIdGroupPairs": [{"GroupId": "sg-1", "UserId": "1"}, {"GroupId": "sg-2", "UserId": "1"}]},
   {"IpProtocol": "udp", "FromPort": 0, "ToPort": 65535, "PrefixListIds": [{"PrefixListId": "pl-1"}]}],
  "IpPermissionsEgress": [{"IpProtocol": "-1", "IpRanges": [{"CidrIp": "0.0.0.0/0"}]}]}]}`)
	if err != nil {
		t.Fatal(err)
	}
	want := `web
  ingress tcp/443 from 0.0.0.0/0, ::/0
  ingress icmp type 8 from 10.0.0.0/8
  ingress icmpv6 from fd00::/8
  ingress protocol 50 from 10.1.2.3/32
  ingress everything from the group itself, group sg-2
  ingress udp/0-65535 from prefix list pl-1
  egress everything to 0.0.0.0/0
`
	if got := outline(groups); got != want {
		t.Errorf("got\n%swant\n%s", got, want)
	}
	first := groups[0].Ruleset.Chains[0].Rules[1]
	if (first.At != fact.Span{Line: 4, Column: 4, EndLine: 4, EndColumn: first.At.EndColumn}) || first.Comment != "all" {
		t.Errorf("%+v", first)
	}
}

const plan = `{"format_version": "1.2", "terraform_version": "1.9.0",
 "planned_values": {"root_module": {
  "resources": [
   {"address": "aws_security_group.db", "mode": "managed", "type": "aws_security_group", "name": "db", "values": {
     "name": "db", "ingress": [{"cidr_blocks": ["10.0.0.0/8"], "description": "", "from_port": 5432, "ipv6_cidr_blocks": [], "prefix_list_ids": [], "protocol": "tcp", "security_groups": [], "self": true, "to_port": 5432}]}},
   {"address": "aws_security_group_rule.out", "mode": "managed", "type": "aws_security_group_rule", "name": "out", "values": {
     "type": "egress", "from_port": 0, "to_port": 0, "protocol": "-1", "cidr_blocks": ["0.0.0.0/0"], "ipv6_cidr_blocks": null, "prefix_list_ids": null, "self": false}},
   {"address": "aws_security_group_rule.elsewhere", "mode": "managed", "type": "aws_security_group_rule", "name": "elsewhere", "values": {
     "type": "ingress", "from_port": 22, "to_port": 22, "protocol": "tcp", "cidr_blocks": ["0.0.0.0/0"], "security_group_id": "sg-old"}},
   {"address": "aws_vpc_security_group_ingress_rule.mon", "mode": "managed", "type": "aws_vpc_security_group_ingress_rule", "name": "mon", "values": {
     "from_port": 9100, "to_port": 9100, "ip_protocol": "tcp", "cidr_ipv4": "10.9.0.0/16", "cidr_ipv6": null}}],
  "child_modules": [{"address": "module.web", "resources": [
   {"address": "module.web.aws_security_group.this[0]", "mode": "managed", "type": "aws_security_group", "name": "this", "index": 0, "values": {"name": "web"}},
   {"address": "module.web.aws_vpc_security_group_ingress_rule.any[0]", "mode": "managed", "type": "aws_vpc_security_group_ingress_rule", "name": "any", "index": 0, "values": {
     "from_port": 443, "to_port": 443, "ip_protocol": "tcp"}}]}]}},
 "resource_changes": [
  {"address": "aws_security_group.db", "mode": "managed", "type": "aws_security_group", "name": "db", "change": {"actions": ["create"], "after_unknown": {"id": true, "egress": true, "ingress": [{"cidr_blocks": [false]}]}}},
  {"address": "aws_security_group_rule.out", "mode": "managed", "type": "aws_security_group_rule", "name": "out", "change": {"actions": ["create"], "after_unknown": {"security_group_id": true, "source_security_group_id": true}}},
  {"address": "aws_vpc_security_group_ingress_rule.mon", "mode": "managed", "type": "aws_vpc_security_group_ingress_rule", "name": "mon", "change": {"actions": ["create"], "after_unknown": {"security_group_id": true}}},
  {"address": "module.web.aws_security_group.this[0]", "mode": "managed", "type": "aws_security_group", "name": "this", "change": {"actions": ["create"], "after_unknown": {"id": true, "egress": true, "ingress": true}}},
  {"address": "module.web.aws_vpc_security_group_ingress_rule.any[0]", "mode": "managed", "type": "aws_vpc_security_group_ingress_rule", "name": "any", "change": {"actions": ["create"], "after_unknown": {"security_group_id": true, "referenced_security_group_id": true}}}],
 "configuration": {"root_module": {
  "resources": [
   {"address": "aws_security_group.db", "mode": "managed", "type": "aws_security_group", "name": "db", "expressions": {"ingress": {}}},
   {"address": "aws_security_group_rule.out", "mode": "managed", "type": "aws_security_group_rule", "name": "out", "expressions": {"security_group_id": {"references": ["aws_security_group.db.id", "aws_security_group.db"]}}},
   {"address": "aws_security_group_rule.elsewhere", "mode": "managed", "type": "aws_security_group_rule", "name": "elsewhere", "expressions": {}},
   {"address": "aws_vpc_security_group_ingress_rule.mon", "mode": "managed", "type": "aws_vpc_security_group_ingress_rule", "name": "mon", "expressions": {"security_group_id": {"references": ["module.web.id", "module.web"]}}}],
  "module_calls": {"web": {"expressions": {"peer": {"references": ["aws_security_group.db.id"]}}, "module": {
   "outputs": {"id": {"expression": {"references": ["aws_security_group.this[0].id", "aws_security_group.this[0]", "aws_security_group.this"]}}},
   "resources": [
    {"address": "aws_security_group.this", "mode": "managed", "type": "aws_security_group", "name": "this", "expressions": {"egress": {"references": ["var.x"]}}},
    {"address": "aws_vpc_security_group_ingress_rule.any", "mode": "managed", "type": "aws_vpc_security_group_ingress_rule", "name": "any", "expressions": {"security_group_id": {"references": ["aws_security_group.this"]}, "referenced_security_group_id": {"references": ["var.peer"]}}}]}}}}}}`

func TestPlan(t *testing.T) {
	groups, err := read(plan)
	if err != nil {
		t.Fatal(err)
	}
	want := `aws_security_group.db
  ingress tcp/5432 from 10.0.0.0/8, the group itself
  egress everything to 0.0.0.0/0
module.web.aws_security_group.this[0]
  ingress tcp/9100 from 10.9.0.0/16
  ingress tcp/443 from referenced_security_group_id known after apply
  egress rules known after apply
sg-old
  ingress tcp/22 from 0.0.0.0/0
  partial: the plan does not make the group, and says what it adds to it alone
`
	if got := outline(groups); got != want {
		t.Errorf("got\n%swant\n%s", got, want)
	}
}

// TestUnsure is about a plan whose configuration is not there, so that nothing says whose the rules are.
func TestUnsure(t *testing.T) {
	cut := strings.Index(plan, ` "configuration"`)
	groups, err := read(strings.TrimSuffix(strings.TrimSpace(plan[:cut]), ",") + "}")
	if err != nil {
		t.Fatal(err)
	}
	got := outline(groups)
	for _, want := range []string{
		"the group of aws_security_group_rule.out\n", "aws_security_group.db\n  ingress tcp/5432", "  egress rules known after apply\n  partial: the group of the rule aws_security_group_rule.out is known after apply\n",
	} {
		if !strings.Contains(got, want) {
			t.Errorf("got\n%swithout %s", got, want)
		}
	}
}

func TestMistakes(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{`{}`, "groups.json:1:1: neither security groups nor a plan"},
		{`{"SecurityGroups": {}}`, "SecurityGroups is no list"},
		{`{"SecurityGroups": [{"GroupId": "sg-1", "IpPermission": []}]}`, `"IpPermission", which is not known here`},
		{`{"SecurityGroups": [{"GroupId": "sg-1", "IpPermissions": [{"IpProtocol": "tcpp"}]}]}`, `"tcpp" is no protocol`},
		{`{"SecurityGroups": [{"GroupId": "sg-1", "IpPermissions": [{}]}]}`, `"" is no protocol`},
		{`{"SecurityGroups": [{"GroupId": "sg-1", "IpPermissions": [{"IpProtocol": "tcp", "FromPort": 9, "ToPort": 8}]}]}`, "9 to 8 are no ports"},
		{`{"SecurityGroups": [{"GroupId": "sg-1", "IpPermissions": [{"IpProtocol": "tcp", "FromPort": "9"}]}]}`, "is no whole number"},
		{`{"SecurityGroups": [{"GroupId": "sg-1", "IpPermissions": [{"IpProtocol": "tcp", "IpRanges": [{"CidrIp": "10.0.0.0/33"}]}]}]}`, `"10.0.0.0/33" is no network`},
		{`{"format_version": "1.2"}`, "neither planned_values nor resource_changes"},
		{`{"SecurityGroups": [`, "groups.json:1:"},
	} {
		if _, err := read(c.text); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v, want %s", c.text, err, c.want)
		}
	}
}

func FuzzRead(f *testing.F) {
	f.Add(plan)
	f.Add("\ufeff{\r\n\"SecurityGroups\": [{\"GroupId\": \"sg-1\", \"IpPermissions\": [{\"IpProtocol\": \"6\", \"FromPort\": 1e3, \"ToPort\": 2000}]}]}\r\n")
	f.Add(`{"format_version": "1.2", "resource_changes": [{"address": "module.a[\"x.y\"].aws_security_group.s", "module_address": "module.a[\"x.y\"]", "mode": "managed", "type": "aws_security_group", "name": "s", "change": {"after": {"ingress": [{}]}, "after_unknown": {"ingress": [true]}}}]}`)
	f.Add("{\"SecurityGroups\": \x00}")
	f.Add(strings.Repeat(`{"format_version":[`, 500))
	f.Fuzz(func(t *testing.T, text string) {
		_, err := read(text)
		var mistake *fact.Error
		if err != nil && !errors.As(err, &mistake) {
			t.Fatalf("an error without a place: %v", err)
		}
	})
}
