package bundles

import (
	"strings"
	"sync"

	"github.com/open-policy-agent/opa/v1/ast"
)

// allowed are the builtins that a rule may call: pure functions of their arguments, and the injected
// clock. Everything that dials, reads the environment, draws random numbers or can expand a short
// argument into gigabytes is left out; a rule that calls such a builtin does not load.
const allowed = `
abs all and any array.concat array.flatten array.reverse array.slice assign base64.decode base64.encode
base64.is_valid base64url.decode base64url.encode base64url.encode_no_pad bits.and bits.lsh bits.negate bits.or
bits.rsh bits.xor ceil concat contains count crypto.md5 crypto.sha1 crypto.sha256 div endswith eq equal floor
format_int glob.match glob.quote_meta graph.reachable graph.reachable_paths gt gte hex.decode hex.encode indexof
indexof_n internal.member_2 internal.member_3 internal.print internal.template_string intersection is_array
is_boolean is_null is_number is_object is_set is_string json.filter json.is_valid json.marshal json.patch
json.remove json.unmarshal lower lt lte max min minus mul neq net.cidr_contains net.cidr_contains_matches
net.cidr_intersects net.cidr_is_valid net.cidr_merge numbers.range numbers.range_step object.filter object.get
object.keys object.remove object.subset object.union object.union_n or plus print product regex.find_all_string_submatch_n
regex.find_n regex.is_valid regex.match regex.replace regex.split rem replace round semver.compare semver.is_valid
sort split sprintf startswith strings.any_prefix_match strings.any_suffix_match strings.count strings.replace_n
strings.reverse substring sum time.add_date time.clock time.date time.diff time.format time.now_ns
time.parse_duration_ns time.parse_ns time.parse_rfc3339_ns time.weekday to_number trace trim trim_left trim_prefix
trim_right trim_space trim_suffix type_name union units.parse units.parse_bytes upper uri.is_valid uri.parse
urlquery.decode urlquery.encode walk yaml.is_valid yaml.unmarshal`

// capabilities is one object for all parsers and compilers: each would build its own otherwise, which
// costs a third of the time that parsing takes.
var capabilities = sync.OnceValue(func() *ast.Capabilities {
	names := map[string]bool{}
	for _, name := range strings.Fields(allowed) {
		names[name] = true
	}
	caps := ast.CapabilitiesForThisVersion()
	builtins := make([]*ast.Builtin, 0, len(names))
	for _, b := range caps.Builtins {
		if names[b.Name] {
			builtins = append(builtins, b)
		}
	}
	caps.Builtins = builtins
	caps.AllowNet = []string{}
	return caps
})
