package remote

import (
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"time"

	"github.com/open-policy-agent/opa/v1/plugins/rest"
	"github.com/open-policy-agent/opa/v1/util"

	"sallyport/bundles"
)

// bundleName is what OPA calls the bundle of Options.Source, and the service that it comes from.
const bundleName = "sallyport"

// configured is the configuration for OPA, made of the options.
type configured struct {
	raw   map[string]any
	auth  map[string]rest.HTTPAuthPlugin // of services that we make, by the service's name
	watch map[string]string              // the path of a bundle that is a file or a folder, by the bundle's name
	shown string                         // the source as logs call it
}

// configuration puts what the flags say into the configuration of OPA.
func (s *Source) configuration() (*configured, error) {
	c := &configured{raw: map[string]any{}, auth: map[string]rest.HTTPAuthPlugin{}, watch: map[string]string{}, shown: BuiltIn}
	if err := c.parse(s.opts); err != nil {
		return nil, fmt.Errorf("configuration of OPA: %w", err)
	}
	if err := c.addKeys(s.opts.Keys); err != nil {
		return nil, err
	}
	if src := s.opts.Source; src != "" && src != BuiltIn {
		if len(c.section("bundles")) > 0 {
			return nil, fmt.Errorf("%s: the configuration of OPA names bundles, too: name them in one place", src)
		}
		if err := c.addSource(s.opts); err != nil {
			return nil, err
		}
	}
	if dir, ok := c.raw["persistence_directory"].(string); ok && s.opts.StateDir == "" {
		s.opts.StateDir = dir
	}
	if s.opts.StateDir != "" {
		c.raw["persistence_directory"] = s.opts.StateDir
	}
	return c, c.tightenBundles(s)
}

var variable = regexp.MustCompile(`\$\{(\w+)\}`)

// parse reads the configuration file.
func (c *configured) parse(opts Options) error {
	text := string(opts.Config)
	if opts.Getenv != nil {
		text = variable.ReplaceAllStringFunc(text, func(name string) string { return opts.Getenv(name[2 : len(name)-1]) })
	}
	if strings.TrimSpace(text) != "" {
		if err := util.Unmarshal([]byte(text), &c.raw); err != nil {
			return err
		}
	}
	if c.raw == nil {
		c.raw = map[string]any{}
	}
	for _, name := range []string{"discovery", "bundle", "plugins"} {
		if c.raw[name] != nil {
			return fmt.Errorf("%s is not supported: write bundles, services, keys, status, decision_logs and labels", name)
		}
	}
	boundLogs(c.raw)
	services, err := byName(c.raw["services"])
	c.raw["services"] = services
	return err
}

// maxWaiting bounds the decisions that wait to be sent, in bytes. OPA has no bound where none is configured.
const maxWaiting = 64 << 20

func boundLogs(raw map[string]any) {
	logs, ok := raw["decision_logs"].(map[string]any)
	if !ok {
		return
	}
	reporting, ok := logs["reporting"].(map[string]any)
	if !ok {
		reporting = map[string]any{}
		logs["reporting"] = reporting
	}
	for _, bound := range []string{"buffer_size_limit_bytes", "max_decisions_per_second", "buffer_size_limit_events"} {
		if reporting[bound] != nil {
			return
		}
	}
	if reporting["buffer_type"] != "event" {
		reporting["buffer_size_limit_bytes"] = maxWaiting
	}
}

// byName makes a map of services, which may be a list with names.
func byName(services any) (map[string]any, error) {
	switch services := services.(type) {
	case nil:
		return map[string]any{}, nil
	case map[string]any:
		return services, nil
	case []any:
		all := map[string]any{}
		for _, svc := range services {
			m, _ := svc.(map[string]any)
			name, _ := m["name"].(string)
			if name == "" || all[name] != nil {
				return nil, errors.New("services: each needs a name of its own")
			}
			all[name] = m
		}
		return all, nil
	}
	return nil, errors.New("services: write them as a map by name")
}

// section is a part of the configuration, made where it is not there.
func (c *configured) section(name string) map[string]any {
	m, ok := c.raw[name].(map[string]any)
	if !ok {
		m = map[string]any{}
		if c.raw[name] == nil {
			c.raw[name] = m
		}
	}
	return m
}

func (c *configured) addKeys(keys []Key) error {
	if len(keys) == 0 {
		return nil
	}
	section := c.section("keys")
	for _, k := range keys {
		if section[k.ID] != nil {
			return fmt.Errorf("key %s is there twice: give each an id of its own, as ID=FILE", k.ID)
		}
		section[k.ID] = map[string]any{"key": k.PEM, "algorithm": k.Algorithm, "scope": k.Scope}
	}
	return nil
}

// tightenBundles makes each bundle one that we ask for ourselves, within our limits, and a file one that comes through a
// service as well.
func (c *configured) tightenBundles(s *Source) error {
	for name, v := range c.section("bundles") {
		b, ok := v.(map[string]any)
		if !ok {
			return fmt.Errorf("configuration of OPA: bundles.%s is no map", name)
		}
		if resource, _ := b["resource"].(string); strings.HasPrefix(resource, "file://") {
			file, err := filepath.Abs(strings.TrimPrefix(resource, "file://"))
			if err != nil {
				return err
			}
			svc := "file-" + name
			c.section("services")[svc] = map[string]any{"url": "http://" + svc + ".invalid"}
			c.auth[svc] = &folder{path: file}
			c.watch[name], b["service"], b["resource"] = file, svc, "bundle.tar.gz"
		}
		p, err := polling(b, s.opts.Poll, c.watch[name] != "")
		if err != nil {
			return fmt.Errorf("configuration of OPA: bundles.%s: %w", name, err)
		}
		p.file = c.watch[name]
		s.polls[name] = p
		b["trigger"] = "manual"
		if size, ok := b["size_limit_bytes"].(json.Number); !ok || len(size) > 8 {
			b["size_limit_bytes"] = bundles.MaxSize
		}
	}
	s.wanted = len(c.section("bundles"))
	return c.writable(s)
}

// writable sees to it that OPA has a place for what it fetches from a registry: it panics where it has none.
func (c *configured) writable(s *Source) error {
	for _, svc := range c.section("services") {
		m, _ := svc.(map[string]any)
		if kind, _ := m["type"].(string); !strings.EqualFold(kind, "oci") {
			continue
		}
		dir := s.opts.StateDir
		if dir == "" {
			dir = os.TempDir()
		} else if err := os.RemoveAll(filepath.Join(dir, "oci")); err != nil { // OPA adds to it and takes nothing away
			return err
		} else if err := os.MkdirAll(dir, 0o700); err != nil {
			return err
		}
		probe, err := os.MkdirTemp(dir, "probe-*")
		if err != nil {
			return fmt.Errorf("a registry's layers need a place: %w: name a state directory that can be written", err)
		}
		return os.Remove(probe)
	}
	return nil
}

// polling is how often the bundle is asked for: as OPA's configuration says, or as the options do.
func polling(b map[string]any, every time.Duration, file bool) (poll, error) {
	switch {
	case every == 0 && file:
		every = 10 * time.Second
	case every == 0:
		every = time.Minute
	}
	p := poll{min: every - every/10, max: every + every/10}
	cfg, ok := b["polling"].(map[string]any)
	if !ok {
		return p, nil
	}
	cfg = maps.Clone(cfg)
	for field, d := range map[string]*time.Duration{"min_delay_seconds": &p.min, "max_delay_seconds": &p.max} {
		if n, ok := cfg[field].(json.Number); ok {
			seconds, err := n.Int64()
			if err != nil || seconds < 1 {
				return p, fmt.Errorf("polling.%s: write whole seconds from 1 on", field)
			}
			*d = time.Duration(seconds) * time.Second
		}
	}
	_, p.long = cfg["long_polling_timeout_seconds"]
	p.max = max(p.max, p.min)
	return p, nil
}
