package remote

import (
	"fmt"
	"net"
	"net/url"
	"strings"
)

// addSource makes a service and a bundle of Options.Source.
func (c *configured) addSource(opts Options) error {
	svc := map[string]any{}
	bundle := map[string]any{"service": bundleName, "persist": opts.StateDir != ""}
	scheme, rest, remote := strings.Cut(opts.Source, "://")
	c.shown, _, _ = strings.Cut(opts.Source, "?")
	switch {
	case !remote:
		bundle["resource"] = "file://" + opts.Source
	case scheme == "file":
		bundle["resource"] = opts.Source
	case scheme == "https" || scheme == "http":
		u, err := url.Parse(opts.Source)
		if err != nil || u.Host == "" {
			return fmt.Errorf("%s is no URL: write https://HOST/PATH", c.shown)
		}
		if u.User != nil {
			return fmt.Errorf("a password in the URL of the bundle would end up in logs: put USER:PASSWORD into a file (token file)")
		}
		if scheme == "http" && !loopback(u.Hostname()) && len(c.section("keys")) == 0 {
			return fmt.Errorf("%s: anybody on the way could answer: use https, or sign the bundle and name the key", c.shown)
		}
		svc["url"], bundle["resource"] = scheme+"://"+u.Host, strings.TrimPrefix(u.RequestURI(), "/")
	case scheme == "oci":
		host, _, ok := strings.Cut(rest, "/")
		if !ok || host == "" {
			return fmt.Errorf("%s: write oci://REGISTRY/REPOSITORY:TAG, or @sha256:DIGEST", opts.Source)
		}
		svc["url"], svc["type"], bundle["resource"] = registryURL(host), "oci", rest
	default:
		return fmt.Errorf("%s: a bundle comes from %s, a directory, a tar.gz, https:// or oci://", c.shown, BuiltIn)
	}
	if svc["url"] != nil {
		c.auth[bundleName] = &credentials{url: svc["url"].(string), tokenFile: opts.TokenFile, dockerConfig: opts.DockerConfig, oci: scheme == "oci"}
	}
	if opts.CAFile != "" {
		svc["tls"] = map[string]any{"ca_cert": opts.CAFile}
	}
	c.section("services")[bundleName] = svc
	c.raw["bundles"] = map[string]any{bundleName: bundle}
	return nil
}

func registryURL(host string) string {
	name := host
	if h, _, err := net.SplitHostPort(host); err == nil {
		name = h
	}
	switch {
	case host == "docker.io":
		return "https://registry-1.docker.io"
	case loopback(name):
		return "http://" + host
	}
	return "https://" + host
}

func loopback(host string) bool {
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}
