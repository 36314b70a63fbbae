package remote

import (
	"encoding/json"
	"fmt"

	opabundle "github.com/open-policy-agent/opa/v1/bundle"
	"github.com/open-policy-agent/opa/v1/metrics"
	"github.com/open-policy-agent/opa/v1/plugins"
	"github.com/open-policy-agent/opa/v1/plugins/bundle"
	"github.com/open-policy-agent/opa/v1/plugins/logs"
	"github.com/open-policy-agent/opa/v1/plugins/status"
	"github.com/open-policy-agent/opa/v1/storage/inmem"
)

// plugins makes OPA's plugins for the configuration, in the order in which OPA starts and stops them.
func (s *Source) plugins(c *configured) error {
	register()
	if err := s.wrap(c); err != nil {
		return err
	}
	raw, err := json.Marshal(c.raw)
	if err != nil {
		return err
	}
	logger := opaLogger{log: s.opts.Logger}
	opts := []func(*plugins.Manager){plugins.Logger(logger), plugins.ConsoleLogger(opaLogger{log: s.opts.Logger, console: true}), plugins.GracefulShutdownPeriod(5)}
	if s.opts.Prometheus != nil {
		opts = append(opts, plugins.WithPrometheusRegister(s.opts.Prometheus))
	}
	s.manager, err = plugins.New(raw, s.opts.ID, &store{Store: inmem.New(), source: s}, opts...)
	if err != nil {
		return fmt.Errorf("configuration of OPA: %w", err)
	}
	for name, svc := range s.services {
		svc.keys = s.manager.PublicKeys()
		if err := svc.open(); err != nil {
			return fmt.Errorf("configuration of OPA: services.%s: %w", name, err)
		}
		svc.ready = func() { s.manager.UpdatePluginStatus(servicePlugin+name, &plugins.Status{State: plugins.StateOK}) }
		s.manager.Register(servicePlugin+name, svc)
	}
	return s.register()
}

// servicePlugin stands before a service's name in that of its authentication.
const servicePlugin = "sallyport-service-"

// wrap puts our limits around the authentication of each service.
func (s *Source) wrap(c *configured) error {
	s.services = map[string]*service{}
	for name, v := range c.section("services") {
		svc, ok := v.(map[string]any)
		if !ok {
			return fmt.Errorf("configuration of OPA: services.%s is no map", name)
		}
		if creds, ok := svc["credentials"].(map[string]any); ok && creds["plugin"] != nil {
			return fmt.Errorf("configuration of OPA: services.%s.credentials.plugin: there are no such plugins here", name)
		}
		svc["name"] = name
		raw, err := json.Marshal(svc)
		if err != nil {
			return err
		}
		s.services[name] = &service{limits: bounded{timeout: s.opts.Timeout}, config: raw, logger: opaLogger{log: s.opts.Logger}, inner: c.auth[name]}
		svc["credentials"] = map[string]any{"plugin": servicePlugin + name}
	}
	return nil
}

// register adds the plugins that the configuration asks for.
func (s *Source) register() error {
	m := s.manager
	cfg := m.GetConfig()
	names, manual, periodic := m.Services(), plugins.TriggerManual, plugins.DefaultTriggerMode
	bundles, err := bundle.NewConfigBuilder().WithBytes(cfg.Bundles).WithServices(names).
		WithKeyConfigs(m.PublicKeys()).WithTriggerMode(&manual).Parse()
	if err != nil {
		return fmt.Errorf("configuration of OPA: bundles: %w", err)
	}
	if bundles != nil {
		for _, src := range bundles.Bundles {
			requireSignature(src)
		}
		m.Register(bundle.Name, bundle.New(bundles, m))
	}
	decisions, err := logs.NewConfigBuilder().WithBytes(cfg.DecisionLogs).WithServices(names).WithTriggerMode(&periodic).Parse()
	if err != nil {
		return fmt.Errorf("configuration of OPA: decision_logs: %w", err)
	}
	if decisions != nil {
		m.Register(logs.Name, logs.New(decisions, m).WithMetrics(metrics.New()))
	}
	reports, err := status.NewConfigBuilder().WithBytes(cfg.Status).WithServices(names).WithTriggerMode(&periodic).Parse()
	if err != nil {
		return fmt.Errorf("configuration of OPA: status: %w", err)
	}
	if reports != nil {
		p := status.New(reports, m).WithMetrics(metrics.New())
		m.Register(status.Name, p)
		if b := bundle.Lookup(m); b != nil {
			b.RegisterBulkListener(bundleName, p.BulkUpdateBundleStatus)
		}
	}
	return nil
}

// requireSignature makes keys mean what they say: OPA accepts an unsigned bundle where no `signing` asks for more.
func requireSignature(src *bundle.Source) {
	v := src.Signing
	if v == nil {
		return
	}
	id := v.KeyID
	if id == "" && len(v.PublicKeys) == 1 {
		for only := range v.PublicKeys {
			id = only
		}
	}
	src.Signing = opabundle.NewVerificationConfig(v.PublicKeys, id, v.Scope, v.Exclude)
}
