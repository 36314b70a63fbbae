package gate

import "testing"

func TestUnnumbered(t *testing.T) {
	for logical, want := range map[string]string{
		`Pod/a/containers/"app"/ports/12/host_port`: `Pod/a/containers/"app"/ports/host_port`,
		`Pod/a/pods/0`: `Pod/a/pods`,
		`Pod/a/containers/"a\"/7/b"/env/"X/1/Y"#2`: `Pod/a/containers/"a\"/7/b"/env/"X/1/Y"#2`,
		`/rules/3/4/verbs`:                         `/rules/verbs`,
		`/labels/3x/x3`:                            `/labels/3x/x3`,
		``:                                         ``,
	} {
		if got := unnumbered(logical); got != want {
			t.Errorf("%s: %s, want %s", logical, got, want)
		}
	}
}
