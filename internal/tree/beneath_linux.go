package tree

import (
	"os"
	"path/filepath"

	"golang.org/x/sys/unix"
)

// beneath opens a file or folder below a folder by one call of the kernel, which follows no link out of the folder
// (openat2(2)). os.Root takes a call or more for each folder on the way. ok is false for whatever cannot be opened so: os.Root
// has the last word.
func beneath(dir *os.File, name string, flags int) (fd int, ok bool) {
	if dir == nil {
		return 0, false
	}
	how := unix.OpenHow{Flags: uint64(unix.O_RDONLY | unix.O_CLOEXEC | unix.O_NOCTTY | flags), Resolve: unix.RESOLVE_BENEATH | unix.RESOLVE_NO_MAGICLINKS}
	fd, err := unix.Openat2(int(dir.Fd()), name, &how)
	return fd, err == nil
}

// readBeneath reads a regular file up to a limit, as long as it is of one size all the time.
func readBeneath(dir *os.File, name string, limit int64) (data []byte, ok bool) {
	fd, ok := beneath(dir, name, unix.O_NONBLOCK) // a pipe that took the file's place must not hold us up
	if !ok {
		return nil, false
	}
	defer unix.Close(fd)
	var info unix.Stat_t
	if err := unix.Fstat(fd, &info); err != nil || info.Mode&unix.S_IFMT != unix.S_IFREG || info.Size > limit {
		return nil, false
	}
	data = make([]byte, info.Size+1) // a byte more shows that the file has grown
	for n := 0; n <= int(info.Size); {
		more, err := unix.Read(fd, data[n:])
		if err == unix.EINTR {
			continue
		}
		if n += more; err != nil || more == 0 || n == int(info.Size) {
			return data[:n], err == nil
		}
	}
	return nil, false
}

// headBeneath reads the start of a regular file, as much of it as there is room for, and tells whether that is all of it.
func headBeneath(dir *os.File, name string, room []byte) (n int, whole, ok bool) {
	fd, ok := beneath(dir, name, unix.O_NONBLOCK)
	if !ok {
		return 0, false, false
	}
	defer unix.Close(fd)
	var info unix.Stat_t
	if err := unix.Fstat(fd, &info); err != nil || info.Mode&unix.S_IFMT != unix.S_IFREG {
		return 0, false, false
	}
	for n < len(room) {
		more, err := unix.Read(fd, room[n:])
		if err == unix.EINTR {
			continue
		}
		if err != nil {
			return 0, false, false
		}
		if n += more; more == 0 || int64(n) == info.Size {
			return n, int64(n) == info.Size, true
		}
	}
	return n, false, true
}

// openBeneath opens a folder.
func openBeneath(dir *os.File, name string) *os.File {
	fd, ok := beneath(dir, name, unix.O_DIRECTORY)
	if !ok {
		return nil
	}
	return os.NewFile(uintptr(fd), filepath.Join(dir.Name(), name))
}
