package rusttoolchain

import (
	"strconv"
	"strings"
	"time"

	"sallyport/internal/shell"
)

func newToolchain(file string, s section) Toolchain {
	t := Toolchain{
		Path: file, Channel: strings.TrimSpace(s.Channel), Directory: s.Path, Profile: s.Profile,
		Components: append([]string{}, s.Components...), Targets: append([]string{}, s.Targets...),
	}
	switch {
	case t.Channel != "":
		t.Kind = shell.ParseToolchain(t.Channel).Kind
		if t.Kind == "unknown" { // a file has no variables
			t.Kind = "custom"
		}
		t.parts()
	case t.Directory != "":
		t.Kind = "path"
	default:
		t.Kind = "none"
	}
	return t
}

// parts takes the name of a toolchain apart: channel[-date][-host].
func (t *Toolchain) parts() {
	if t.Kind == "custom" {
		return
	}
	channel, rest, _ := strings.Cut(t.Channel, "-")
	switch channel {
	case "stable", "beta", "nightly":
		t.Release = channel
	default:
		t.Release = "stable"
		t.numbers(channel)
		if beta, after, _ := strings.Cut(rest, "-"); beta == "beta" || strings.HasPrefix(beta, "beta.") {
			t.Release, t.Version, rest = "beta", t.Version+"-"+beta, after
		}
	}
	if n := len(time.DateOnly); len(rest) >= n {
		if _, err := time.Parse(time.DateOnly, rest[:n]); err == nil {
			t.Date, rest = rest[:n], strings.TrimPrefix(rest[n:], "-")
		}
	}
	t.Host = rest
}

// numbers reads 1, 1.82 or 1.82.0; anything else that begins with a digit names no toolchain of rustup's.
func (t *Toolchain) numbers(version string) {
	fields := strings.Split(version, ".")
	var n [3]int
	for i, field := range fields {
		v, err := strconv.Atoi(field)
		if i >= len(n) || err != nil || field[0] < '0' || field[0] > '9' {
			t.Kind = "custom"
			t.Release = ""
			return
		}
		n[i] = v
	}
	t.Version, t.Parts, t.Major, t.Minor, t.Patch = version, len(fields), n[0], n[1], n[2]
}
