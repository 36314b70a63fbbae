//go:build !linux || !(amd64 || arm64)

package main

import (
	"errors"
	"runtime"
)

// confine has nothing to offer here; the memory limit of the runtime and the configuration hold.
func confine(int64) error { return errors.New("not on " + runtime.GOOS + "/" + runtime.GOARCH) }
