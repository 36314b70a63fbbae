package remote

import (
	"path/filepath"
	"strings"
	"testing"
)

func TestOptions(t *testing.T) {
	k := newSigner(t).key("default")
	for _, c := range []struct {
		opts Options
		want string
	}{
		{Options{Source: "ftp://x/y"}, "a bundle comes from"},
		{Options{Source: "https://u:p@x/y"}, "would end up in logs"},
		{Options{Source: "http://bundles.example/x"}, "anybody on the way"},
		{Options{Source: "oci://registry.example"}, "write oci://"},
		{Options{Source: "https://"}, "is no URL"},
		{Options{Keys: []Key{k, k}}, "twice"},
		{Options{Config: []byte("discovery: {}")}, "discovery is not supported"},
		{Options{Config: []byte("{")}, "configuration of OPA"},
		{Options{Config: []byte("services: {a: {url: https://x, credentials: {plugin: p}}}")}, "no such plugins"},
		{Options{Config: []byte("bundles: {a: {service: none, resource: x}}")}, `service name "none" not found`},
		{Options{Source: "https://x/y", Config: []byte("bundles: {a: {resource: file:///x}}")}, "in one place"},
		{Options{Config: []byte("services: {a: {url: https://x}}\nbundles: {a: {service: a, polling: {min_delay_seconds: 0, max_delay_seconds: 1}}}")}, "whole seconds"},
	} {
		_, err := New(c.opts)
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%+v: %v, want %q", c.opts, err, c.want)
		}
	}
}

func TestReadKey(t *testing.T) {
	dir := t.TempDir()
	s := newSigner(t)
	write(t, filepath.Join(dir, "k.pem"), s.public)
	write(t, filepath.Join(dir, "private.pem"), s.private)
	k, err := ReadKey("ci=" + filepath.Join(dir, "k.pem"))
	if err != nil || k != (Key{ID: "ci", PEM: s.public, Algorithm: "ES256"}) {
		t.Errorf("%+v, %v", k, err)
	}
	if _, err := ReadKey(filepath.Join(dir, "private.pem")); err == nil || !strings.Contains(err.Error(), "public key") {
		t.Errorf("a private key: %v", err)
	}
	if _, err := ReadKey(filepath.Join(dir, "none")); err == nil {
		t.Error("no error for a file that is not there")
	}
}
