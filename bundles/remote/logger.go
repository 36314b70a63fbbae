package remote

import (
	"context"
	"fmt"
	"log/slog"

	"github.com/open-policy-agent/opa/v1/logging"
	"github.com/open-policy-agent/opa/v1/plugins/logs"
	"github.com/open-policy-agent/opa/v1/plugins/status"
)

// opaLogger is what OPA's plugins log to. What they say of bundles are events of ours already, so it is told at level debug.
type opaLogger struct {
	log *slog.Logger
	// loud is set for the plugins that report elsewhere, of whose errors nobody else knows; console for what is meant to be seen.
	loud, console bool
}

func (l opaLogger) say(level slog.Level, format string, args []any) {
	if !l.loud && !l.console {
		level = slog.LevelDebug
	}
	if ctx := context.Background(); l.log.Enabled(ctx, level) {
		l.log.Log(ctx, level, "opa: "+fmt.Sprintf(format, args...))
	}
}

func (l opaLogger) Debug(format string, args ...any) { l.say(slog.LevelDebug, format, args) }
func (l opaLogger) Info(format string, args ...any) {
	if level := slog.LevelDebug; !l.console {
		l.say(level, format, args)
		return
	}
	l.say(slog.LevelInfo, format, args)
}
func (l opaLogger) Warn(format string, args ...any)  { l.say(slog.LevelWarn, format, args) }
func (l opaLogger) Error(format string, args ...any) { l.say(slog.LevelError, format, args) }

func (l opaLogger) WithFields(fields map[string]any) logging.Logger {
	for name, value := range fields {
		l.loud = l.loud || name == "plugin" && (value == logs.Name || value == status.Name)
		l.log = l.log.With(name, value)
	}
	return l
}

// GetLevel is never debug: at that level OPA logs whole requests.
func (l opaLogger) GetLevel() logging.Level { return logging.Info }
func (l opaLogger) SetLevel(logging.Level)  {}
