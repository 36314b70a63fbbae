package systemd

import (
	_ "embed"
	"maps"
	"slices"
	"strconv"
	"strings"
	"sync"
)

//go:embed syscalls.txt
var syscallText string

// A callSet is a set of system calls, by their places in the table.
type callSet [maxCalls / 64]uint64

const maxCalls = 640

func (s *callSet) has(i int) bool { return s[i/64]&(1<<(i%64)) != 0 }
func (s *callSet) add(i int)      { s[i/64] |= 1 << (i % 64) }

func (s *callSet) join(other *callSet) {
	for i := range s {
		s[i] |= other[i]
	}
}

func (s *callSet) drop(other *callSet) {
	for i := range s {
		s[i] &^= other[i]
	}
}

// A syscallTable holds the groups of systemd.exec(5), "System Call Filtering", and which names have a number.
type syscallTable struct {
	// names are all calls, sorted; index finds them.
	names []string
	index map[string]int
	// groups are the calls of each group with those of the groups in it, and sets the same as sets.
	groups map[string][]string
	sets   map[string]*callSet
	native callSet
}

var syscalls = sync.OnceValue(func() *syscallTable {
	t := &syscallTable{index: map[string]int{}, groups: map[string][]string{}, sets: map[string]*callSet{}}
	members := map[string][]string{}
	for line := range strings.Lines(syscallText) {
		if names := strings.Fields(line); len(names) > 0 && names[0] != "#" {
			members[names[0]] = names[1:]
			for _, name := range names[1:] {
				if name[0] != '@' {
					t.index[name] = 0
				}
			}
		}
	}
	t.names = slices.Sorted(maps.Keys(t.index))
	for i, name := range t.names {
		t.index[name] = i
	}
	for group := range members {
		if group[0] == '@' {
			t.groups[group] = expand(members, group)
			t.sets[group] = t.set(t.groups[group])
		}
	}
	t.native = *t.set(members["native"])
	return t
})

// expand returns the calls of a group with those of the groups in it, or the call itself.
func expand(members map[string][]string, name string) []string {
	if name[0] != '@' {
		return []string{name}
	}
	var all []string
	for _, member := range members[name] {
		all = append(all, expand(members, member)...)
	}
	return all
}

func (t *syscallTable) set(names []string) *callSet {
	var s callSet
	for _, name := range names {
		s.add(t.index[name])
	}
	return &s
}

// of is the set of a group or of a call. What has no name in the table does not matter to any group.
func (t *syscallTable) of(name string) *callSet {
	if s := t.sets[name]; s != nil {
		return s
	}
	var s callSet
	if i, ok := t.index[name]; ok {
		s.add(i)
	}
	return &s
}

// A callFilter is what SystemCallFilter= comes to.
type callFilter struct {
	// set is false where there is no filter, and allow is true for a list of what is allowed.
	set, allow bool
	listed     callSet
	// failing are the calls that the list gives an error of their own; an allow list has them beside the listed.
	failing map[string]string
}

func (s *sandbox) readCalls() {
	t, f := syscalls(), &s.calls
	for _, e := range s.all("SystemCallFilter") {
		if e.value == "" {
			*f = callFilter{}
			continue
		}
		value, invert := strings.CutPrefix(e.value, "~")
		if !f.set {
			*f = callFilter{set: true, allow: !invert}
			if !invert {
				f.listed = *t.sets["@default"]
			}
		}
		list, _ := words(value, bare)
		for _, w := range list {
			name, number, errs := strings.Cut(w.text, ":")
			if errs && (!invert || !errorNumber(number)) {
				continue
			}
			calls := t.of(name)
			if invert != f.allow {
				f.listed.join(calls)
			} else {
				f.listed.drop(calls)
			}
			f.fail(t, calls, map[bool]string{true: number}[errs])
		}
	}
}

// fail notes the error that calls get, or with "" that they get none of their own.
func (f *callFilter) fail(t *syscallTable, calls *callSet, number string) {
	if number == "" && len(f.failing) == 0 {
		return
	}
	if f.failing == nil {
		f.failing = map[string]string{}
	}
	for i, name := range t.names {
		switch {
		case !calls.has(i):
		case number == "":
			delete(f.failing, name)
		default:
			f.failing[name] = number
		}
	}
}

// errorNumber tells whether the text behind a colon can be read: a number, a name such as EPERM, or kill.
func errorNumber(s string) bool {
	n, err := strconv.Atoi(s)
	return err == nil && n >= 0 && n <= 4095 || s == "kill" || slices.Contains(errorNames, strings.ToUpper(s))
}

// errorNames are those of errno(3) on Linux.
var errorNames = strings.Fields(`EPERM ENOENT ESRCH EINTR EIO ENXIO E2BIG ENOEXEC EBADF ECHILD EAGAIN EWOULDBLOCK ENOMEM EACCES EFAULT
	ENOTBLK EBUSY EEXIST EXDEV ENODEV ENOTDIR EISDIR EINVAL ENFILE EMFILE ENOTTY ETXTBSY EFBIG ENOSPC ESPIPE EROFS EMLINK EPIPE
	EDOM ERANGE EDEADLK EDEADLOCK ENAMETOOLONG ENOLCK ENOSYS ENOTEMPTY ELOOP ENOMSG EIDRM ECHRNG EL2NSYNC EL3HLT EL3RST ELNRNG
	EUNATCH ENOCSI EL2HLT EBADE EBADR EXFULL ENOANO EBADRQC EBADSLT EBFONT ENOSTR ENODATA ETIME ENOSR ENONET ENOPKG EREMOTE
	ENOLINK EADV ESRMNT ECOMM EPROTO EMULTIHOP EDOTDOT EBADMSG EOVERFLOW ENOTUNIQ EBADFD EREMCHG ELIBACC ELIBBAD ELIBSCN
	ELIBMAX ELIBEXEC EILSEQ ERESTART ESTRPIPE EUSERS ENOTSOCK EDESTADDRREQ EMSGSIZE EPROTOTYPE ENOPROTOOPT EPROTONOSUPPORT
	ESOCKTNOSUPPORT EOPNOTSUPP ENOTSUP EPFNOSUPPORT EAFNOSUPPORT EADDRINUSE EADDRNOTAVAIL ENETDOWN ENETUNREACH ENETRESET
	ECONNABORTED ECONNRESET ENOBUFS EISCONN ENOTCONN ESHUTDOWN ETOOMANYREFS ETIMEDOUT ECONNREFUSED EHOSTDOWN EHOSTUNREACH
	EALREADY EINPROGRESS ESTALE EUCLEAN ENOTNAM ENAVAIL EISNAM EREMOTEIO EDQUOT ENOMEDIUM EMEDIUMTYPE ECANCELED ENOKEY
	EKEYEXPIRED EKEYREVOKED EKEYREJECTED EOWNERDEAD ENOTRECOVERABLE ERFKILL EHWPOISON`)

// filtered is the badness of a group of system calls.
func (s *sandbox) filtered(group func() *callSet) int {
	if !s.calls.set {
		return 10
	}
	t, calls := syscalls(), group()
	for i, listed := range s.calls.listed {
		known := calls[i] & t.native[i]
		switch {
		case s.calls.allow && known&listed != 0:
			return 9
		case !s.calls.allow && known&^listed != 0:
			return 10
		}
	}
	return 0
}

// passes is a call of a group that the filter lets through.
func (s *sandbox) passes(group string) string {
	t := syscalls()
	for _, call := range t.groups[group] {
		if i := t.index[call]; t.native.has(i) && s.calls.listed.has(i) == s.calls.allow {
			return call
		}
	}
	return group
}
