package dockerfile

import "testing"

func TestOccurrence(t *testing.T) {
	for _, c := range []struct {
		text, value string
		want        int
	}{
		{"useradd testuser &&\n echo testuser:testuser | chpasswd", "testuser", 35},
		{"echo a:b | chpasswd\necho root:root | chpasswd", "root", 30},
		{"mysql -p hunter && echo --password=hunter", "hunter", 35},
		{"echo hunter", "hunter", 5},
		{"", "x", 0},
	} {
		if got := occurrence(c.text, c.value); got != c.want {
			t.Errorf("%q: %d, want %d", c.text, got, c.want)
		}
	}
}
