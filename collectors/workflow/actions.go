package workflow

import "strings"

// An installer is an action that installs a Rust toolchain: the input that names it, and what is meant
// without the input; "" is left to the toolchain file of the repository.
type installer struct{ input, otherwise string }

var installers = map[string]installer{
	"actions-rs/toolchain":                   {"toolchain", ""},
	"actions-rust-lang/setup-rust-toolchain": {"toolchain", ""},
	"brndnmtthws/rust-action":                {"toolchain", "stable"},
	"brndnmtthws/rust-action-rustup":         {"toolchain", "stable"},
	"dsherret/rust-toolchain-file":           {"", ""},
	"hecrj/setup-rust-action":                {"rust-version", "stable"},
	"houseabsolute/actions-rust-cross":       {"toolchain", "stable"},
	"ironcorelabs/rust-toolchain":            {"toolchain", ""},
	"moonrepo/setup-rust":                    {"channel", ""},
	"raftario/setup-rust-action":             {"rust-channel", "stable"},
	"ructions/toolchain":                     {"toolchain", ""},
	"taiki-e/setup-cross-toolchain-action":   {"", ""},
}

// actionToolchains reads the toolchain that an action installs. dtolnay/rust-toolchain takes it from its
// own ref, unless it is a commit, the branch master or a release, which want the input.
func (r *reader) actionToolchains(u uses, n node, sc scope) {
	name := strings.ToLower(u.Name)
	with := n.key("with")
	from, input := n.key("uses"), ""
	switch known, ok := installers[name]; {
	case name == "dtolnay/rust-toolchain":
		input = u.Ref
		if u.Pinned || u.Ref == "master" || u.Ref == "v1" {
			input = "${{ unknown }}"
		}
		if field := with.key("toolchain"); !field.absent() {
			from, input = field, field.text()
		}
	case ok:
		input = known.otherwise
		if field := with.key(known.input); !field.absent() {
			from, input = field, field.text()
		}
	default:
		return
	}
	options := sc.options(from, input)
	for _, o := range options {
		for name := range strings.SplitSeq(o.text, ",") {
			channel, kind := classify(name)
			if !o.known {
				kind = "unknown"
			}
			text := u.Name + "@" + u.Ref
			if from.path.String() != n.key("uses").path.String() {
				text += " with " + strings.TrimSpace(name)
			}
			if channel == "${{ unknown }}" {
				channel = ""
			}
			r.choose(choice{
				from: place{path: o.from.path}, spread: len(options) > 1,
				Toolchain: Toolchain{Channel: channel, Kind: kind, Source: "action", Text: text, Job: sc.job},
			})
		}
	}
}
