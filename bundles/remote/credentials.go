package remote

import (
	"encoding/base64"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"os"
	"strings"

	"github.com/open-policy-agent/opa/v1/plugins/rest"
	oras "oras.land/oras-go/v2/registry/remote/credentials"
)

// credentials are those of the flags, read anew for each request, since tokens are rotated.
type credentials struct {
	url                     string // of the service
	tokenFile, dockerConfig string
	oci                     bool
}

// NewClient implements rest.HTTPAuthPlugin: OPA's client without credentials.
func (c *credentials) NewClient(cfg rest.Config) (*http.Client, error) {
	plain, err := (&rest.Config{}).AuthPlugin(nil)
	if err != nil {
		return nil, err
	}
	return plain.NewClient(cfg)
}

// Prepare implements rest.HTTPAuthPlugin. A registry may send us to its token server, which needs the credentials as well,
// and by a redirect to where the blobs are, which must not see them.
func (c *credentials) Prepare(req *http.Request) error {
	if req.Response != nil || req.URL.Scheme != "https" && !loopback(req.URL.Hostname()) {
		return nil
	}
	u, err := url.Parse(c.url)
	if err != nil {
		return err
	}
	if !c.oci && req.URL.Host != u.Host {
		return nil
	}
	header, err := c.header(req, u.Host)
	if err == nil && header != "" {
		req.Header.Set("Authorization", header)
	}
	return err
}

func (c *credentials) header(req *http.Request, host string) (string, error) {
	if c.tokenFile != "" {
		text, err := os.ReadFile(c.tokenFile)
		if err != nil {
			return "", &Error{Reason: "source", Err: fmt.Errorf("token file: %w", err)}
		}
		token := strings.TrimSpace(string(text))
		switch {
		case token == "" || strings.ContainsAny(token, "\r\n"):
			return "", refusedf("source", "token file %s: one line with a token, or USER:PASSWORD", c.tokenFile)
		case strings.Contains(token, ":"):
			return "Basic " + base64.StdEncoding.EncodeToString([]byte(token)), nil
		}
		return "Bearer " + token, nil
	}
	if c.dockerConfig == "" || !c.oci {
		return "", nil
	}
	found, err := oras.NewStore(c.dockerConfig, oras.StoreOptions{})
	if err != nil {
		return "", &Error{Reason: "source", Err: fmt.Errorf("docker configuration: %w", err)}
	}
	if host == "registry-1.docker.io" {
		host = "docker.io"
	}
	cred, err := found.Get(req.Context(), oras.ServerAddressFromRegistry(host))
	switch {
	case err != nil:
		return "", &Error{Reason: "source", Err: fmt.Errorf("docker configuration: %w", err)}
	case cred.Password != "":
		return "Basic " + base64.StdEncoding.EncodeToString([]byte(cred.Username+":"+cred.Password)), nil
	case cred.AccessToken != "":
		return "Bearer " + cred.AccessToken, nil
	case cred.RefreshToken != "":
		return "", &Error{Reason: "source", Err: errors.New("docker configuration: an identity token is of no use here: log in with a password or an access token")}
	}
	return "", nil
}
