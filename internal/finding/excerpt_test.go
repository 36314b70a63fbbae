package finding

import (
	"strings"
	"testing"
	"unicode/utf8"
)

func TestExcerptKeepsTheFindingInSight(t *testing.T) {
	for _, before := range []int{0, 1, 100, 201, 900, 999, 1000, 5000, 1_000_000} {
		for _, after := range []int{0, 1, 500, 1000, 1_000_000} {
			line := strings.Repeat("ä", before) + "USER" + strings.Repeat("漢", after)
			text, column, end := Excerpt(line, before+1, before+5)
			if n := utf8.RuneCountInString(text); n > excerptMax {
				t.Fatalf("%d+4+%d: %d code points are left", before, after, n)
			}
			if got := string([]rune(text)[column-1 : end-1]); got != "USER" {
				t.Errorf("%d+4+%d: columns %d to %d hold %q", before, after, column, end, got)
			}
			if again, c, e := Excerpt(text, column, end); again != text || c != column || e != end {
				t.Errorf("%d+4+%d: cutting twice is not cutting once", before, after)
			}
		}
	}
}

func TestExcerptOfOddColumns(t *testing.T) {
	long := strings.Repeat("x", 5000)
	for _, c := range [][2]int{{0, 0}, {1, 5001}, {4000, 9000}, {9000, 9001}, {-3, -1}, {5, 2}} {
		text, column, end := Excerpt(long, c[0], c[1])
		if n := utf8.RuneCountInString(text); n > excerptMax || column > n+1 || end > n+1 {
			t.Errorf("%v: %d code points, columns %d to %d", c, n, column, end)
		}
	}
	if text, _, _ := Excerpt("\xff"+long+"\xff", 1, 2); len(text) > 4*excerptMax {
		t.Errorf("invalid UTF-8 leaves %d bytes", len(text))
	}
}
