package syntax

import (
	"strings"
	"testing"
)

func BenchmarkYAML(b *testing.B) {
	text := strings.Repeat(benchmarkManifest, 10)
	b.Run("nodes", func(b *testing.B) {
		for b.Loop() {
			for _, chunk := range yamlChunks([]byte(text)) {
				if _, err := yamlNodes(chunk); err != nil {
					b.Fatal(err)
				}
			}
		}
	})
	b.Run("trees", func(b *testing.B) {
		for b.Loop() {
			if _, err := YAML("x", []byte(text)); err != nil {
				b.Fatal(err)
			}
		}
	})
}

const benchmarkManifest = `---
apiVersion: apps/v1
kind: Deployment
metadata:
  name: ledger
  labels: {app: ledger, tier: backend}
spec:
  replicas: 3
  selector:
    matchLabels: {app: ledger}
  template:
    metadata:
      labels: {app: ledger}
    spec:
      securityContext:
        runAsNonRoot: true
        runAsUser: 10001
      containers:
        - name: ledger
          image: registry.example.com/ledger:1.4.2
          ports:
            - containerPort: 8080
          env:
            - name: RUST_LOG
              value: info
            - name: DATABASE_URL
              valueFrom:
                secretKeyRef: {name: ledger, key: url}
          securityContext:
            readOnlyRootFilesystem: true
            allowPrivilegeEscalation: false
          resources:
            limits: {cpu: "1", memory: 256Mi}
`
