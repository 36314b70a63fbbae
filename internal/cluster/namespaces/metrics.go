package namespaces

import (
	"time"

	"github.com/prometheus/client_golang/prometheus"
)

var (
	known  = prometheus.NewDesc("sallyport_namespaces", "Namespaces whose labels are known by the watch.", nil, nil)
	synced = prometheus.NewDesc("sallyport_namespace_cache_last_sync_timestamp_seconds",
		"When the labels that are known were last current: the present while the watch is heard; 0 where they never were listed.", nil, nil)
	age     = prometheus.NewDesc("sallyport_namespace_cache_age_seconds", "Time since the labels that are known were current, or since the start where they never were.", nil, nil)
	lookups = prometheus.NewDesc("sallyport_namespace_lookups_total",
		"Lookups of a namespace's labels: known by the watch, asked of the API server, or unknown, since that did not say.", []string{"result"}, nil)
)

// Describe is of prometheus.Collector.
func (c *Cache) Describe(to chan<- *prometheus.Desc) {
	for _, d := range []*prometheus.Desc{known, synced, age, lookups} {
		to <- d
	}
}

// Collect is of prometheus.Collector.
func (c *Cache) Collect(to chan<- prometheus.Metric) {
	now := c.now()
	at := c.current(now)
	old, stamp := now.Sub(c.started), 0.0
	if !at.IsZero() {
		old, stamp = now.Sub(at), float64(at.UnixMilli())/1000
	}
	gauge := func(d *prometheus.Desc, value float64) {
		to <- prometheus.MustNewConstMetric(d, prometheus.GaugeValue, value)
	}
	gauge(known, float64(len(c.informer.GetStore().ListKeys())))
	gauge(synced, stamp)
	gauge(age, max(0, old.Seconds())) // where the watch was heard since now was taken, at is later
	for i, result := range []string{"known", "asked", "unknown"} {
		to <- prometheus.MustNewConstMetric(lookups, prometheus.CounterValue, float64(c.looked[i].Load()), result)
	}
}

// current is when the labels were last known to be those of the cluster; the zero time is never.
func (c *Cache) current(now time.Time) time.Time {
	switch first, failed := c.failing(now); {
	case !c.informer.HasSynced():
		return time.Time{}
	case failed:
		return first
	}
	return now
}
