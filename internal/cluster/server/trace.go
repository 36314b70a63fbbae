package server

import (
	"context"
	"net/http"

	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/codes"
	"go.opentelemetry.io/otel/propagation"
	"go.opentelemetry.io/otel/trace"

	"sallyport/internal/admission"
)

// begin starts the span of a review, beneath that of the API server where it names one; nil is no span.
func (s *Server) begin(ctx context.Context, r *http.Request) (context.Context, trace.Span) {
	if s.opts.Tracer == nil {
		return ctx, nil
	}
	ctx = propagation.TraceContext{}.Extract(ctx, propagation.HeaderCarrier(r.Header))
	return s.opts.Tracer.Start(ctx, "review", trace.WithSpanKind(trace.SpanKindServer))
}

func end(span trace.Span, d *admission.Decision, refused *rejection) {
	if span == nil {
		return
	}
	if refused != nil {
		span.SetStatus(codes.Error, refused.reason)
	}
	if d != nil {
		span.SetAttributes(
			attribute.String("k8s.admission.uid", d.UID), attribute.String("k8s.admission.operation", d.Operation),
			attribute.String("k8s.object.kind", d.Kind), attribute.String("k8s.namespace.name", d.Namespace), attribute.String("k8s.object.name", d.Name),
			attribute.String("sallyport.outcome", d.Outcome), attribute.Bool("sallyport.allowed", d.Allowed), attribute.StringSlice("sallyport.rules", denying(d)),
		)
		if d.Outcome == admission.Failed {
			span.SetStatus(codes.Error, "not decided")
		}
	}
	span.End()
}
