package shell

import (
	"strconv"

	"mvdan.cc/sh/v3/expand"
	"mvdan.cc/sh/v3/syntax"
)

// judge is test(1) where its words are known and it asks about them, not about files.
func (r *tracer) judge(words []Arg) Status {
	if n := len(words); n > 0 && words[n-1].Text == "]" {
		words = words[:n-1]
	}
	if !known(words) {
		return Maybe
	}
	not := false
	for len(words) > 1 && words[0].Text == "!" {
		words, not = words[1:], !not
	}
	var ok bool
	switch len(words) {
	case 0:
	case 1:
		ok = words[0].Text != ""
	case 2:
		switch words[0].Text {
		case "-n":
			ok = words[1].Text != ""
		case "-z":
			ok = words[1].Text == ""
		default:
			return Maybe
		}
	case 3:
		var decided bool
		if ok, decided = compareWords(words[0].Text, words[1].Text, words[2].Text); !decided {
			return Maybe
		}
	default:
		return Maybe
	}
	if ok != not {
		return Done
	}
	return Failed
}

func compareWords(a, op, b string) (result, decided bool) {
	switch op {
	case "=", "==":
		return a == b, true
	case "!=":
		return a != b, true
	}
	x, err := strconv.Atoi(a)
	y, also := strconv.Atoi(b)
	if err != nil || also != nil {
		return false, false
	}
	switch op {
	case "-eq":
		return x == y, true
	case "-ne":
		return x != y, true
	case "-lt":
		return x < y, true
	case "-le":
		return x <= y, true
	case "-gt":
		return x > y, true
	case "-ge":
		return x >= y, true
	}
	return false, false
}

// test is [[ ]].
func (r *tracer) test(x syntax.TestExpr) Status {
	switch x := x.(type) {
	case *syntax.Word:
		a := r.one(x)
		return decide(a.Text != "", a.Unknown != "")
	case *syntax.ParenTest:
		return r.test(x.X)
	case *syntax.UnaryTest:
		if x.Op == syntax.TsNot {
			if s := r.test(x.X); s != Maybe {
				return Failed - s
			}
			return Maybe
		}
		w, ok := x.X.(*syntax.Word)
		if !ok || x.Op != syntax.TsEmpStr && x.Op != syntax.TsNempStr {
			return Maybe
		}
		a := r.one(w)
		return decide((a.Text == "") == (x.Op == syntax.TsEmpStr), a.Unknown != "")
	case *syntax.BinaryTest:
		return r.binaryTest(x)
	}
	return Maybe
}

func (r *tracer) binaryTest(x *syntax.BinaryTest) Status {
	switch x.Op {
	case syntax.AndTest, syntax.OrTest:
		a, b := r.test(x.X), r.test(x.Y)
		end := Failed
		if x.Op == syntax.OrTest {
			end = Done
		}
		switch {
		case a == end || b == end:
			return end
		case a == Maybe || b == Maybe:
			return Maybe
		}
		return b
	}
	left, ok := x.X.(*syntax.Word)
	right, also := x.Y.(*syntax.Word)
	if !ok || !also {
		return Maybe
	}
	a := r.one(left)
	switch x.Op {
	case syntax.TsMatch, syntax.TsMatchShort, syntax.TsNoMatch:
		glob, err := expand.Pattern(r.config(), right)
		if why := r.doubtful(right); why != "" || err != nil || a.Unknown != "" {
			return Maybe
		}
		return decide(matches(glob, a.Text) == (x.Op != syntax.TsNoMatch), false)
	}
	b := r.one(right)
	result, decided := compareWords(a.Text, x.Op.String(), b.Text)
	return decide(result, !decided || a.Unknown != "" || b.Unknown != "")
}

func decide(ok, unknown bool) Status {
	switch {
	case unknown:
		return Maybe
	case ok:
		return Done
	}
	return Failed
}
