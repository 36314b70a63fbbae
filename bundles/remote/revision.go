package remote

import (
	"cmp"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/open-policy-agent/opa/v1/bundle"
	"golang.org/x/mod/semver"
)

// rollback refuses a revision that is lower than the last one: whoever can answer in the place of the source could
// else bring back rules with a hole that was closed since, signature and all.
func (s *Source) rollback(name string, fresh *active) error {
	last := s.state.last(name)
	if s.opts.AllowRollback || last == "" || last == fresh.revision {
		return nil
	}
	order, ok := compare(fresh.revision, last)
	switch {
	case !ok:
		return refusedf("rollback", "revision %q cannot be compared with %q, the last one, so it could be an older one: "+
			"build with --revision \"$(date +%%s)-$(git rev-parse --short HEAD)\", or allow rollbacks once", fresh.revision, last)
	case order < 0:
		return refusedf("rollback", "revision %q is lower than %q, the last one: build it anew with a higher revision, or allow rollbacks once", fresh.revision, last)
	}
	return nil
}

var (
	number = regexp.MustCompile(`^([0-9]{1,18})(-.*)?$`)
	date   = regexp.MustCompile(`^([0-9]{4}-[0-9]{2}-[0-9]{2})(?:[-.]([0-9]{1,9}))?$`)
)

// compare orders two revisions of one notation: an integer, perhaps with a suffix after "-"; a date with a count; a time
// of RFC 3339; a version of semver. ok is false for any other two.
func compare(a, b string) (order int, ok bool) {
	if x, err := time.Parse(time.RFC3339Nano, a); err == nil {
		y, err := time.Parse(time.RFC3339Nano, b)
		return x.Compare(y), err == nil
	}
	if x, y := date.FindStringSubmatch(a), date.FindStringSubmatch(b); x != nil || y != nil {
		if x == nil || y == nil {
			return 0, false
		}
		m, _ := strconv.Atoi(x[2])
		n, _ := strconv.Atoi(y[2])
		return cmp.Or(strings.Compare(x[1], y[1]), cmp.Compare(m, n)), true
	}
	if x, y := number.FindStringSubmatch(a), number.FindStringSubmatch(b); x != nil && y != nil {
		m, _ := strconv.ParseInt(x[1], 10, 64)
		n, _ := strconv.ParseInt(y[1], 10, 64)
		return cmp.Compare(m, n), true
	}
	v, w := version(a), version(b)
	return semver.Compare(v, w), semver.IsValid(v) && semver.IsValid(w)
}

// version is a version of three numbers in the notation of x/mod, or "".
func version(s string) string {
	v := "v" + strings.TrimPrefix(s, "v")
	if core, _, _ := strings.Cut(strings.ReplaceAll(v, "+", "-"), "-"); strings.Count(core, ".") != 2 {
		return ""
	}
	return v
}

// expired looks at the claims exp and nbf of a signature, which OPA does not. The signature has been verified.
func expired(sigs bundle.SignaturesConfig, now time.Time) error {
	for _, token := range sigs.Signatures {
		parts := strings.Split(token, ".")
		if len(parts) != 3 {
			return errors.New(".signatures.json: no JWT")
		}
		payload, err := base64.RawURLEncoding.DecodeString(parts[1])
		if err != nil {
			return fmt.Errorf(".signatures.json: %w", err)
		}
		var claims struct {
			Exp, Nbf *float64
		}
		if err := json.Unmarshal(payload, &claims); err != nil {
			return fmt.Errorf(".signatures.json: %w", err)
		}
		seconds := float64(now.Unix())
		switch {
		case claims.Exp != nil && seconds >= *claims.Exp:
			return fmt.Errorf("the signature has expired at %s", time.Unix(int64(*claims.Exp), 0).UTC().Format(time.RFC3339))
		case claims.Nbf != nil && seconds < *claims.Nbf:
			return fmt.Errorf("the signature is valid from %s on", time.Unix(int64(*claims.Nbf), 0).UTC().Format(time.RFC3339))
		}
	}
	return nil
}
