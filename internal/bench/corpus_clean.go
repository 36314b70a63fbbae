package main

import (
	"fmt"
	"os"
	"path/filepath"
	"text/template"
)

// cleanManifests are manifests of which the rules say little: nothing but that some run as root or write to their root file system,
// and what stands in the environment.
var cleanManifests = template.Must(template.New("").Parse(`# {{.Name}}, owned by {{.Team}}
apiVersion: apps/v1
kind: Deployment
metadata:
  name: {{.Name}}
  namespace: {{.Team}}
  labels: &labels
    app.kubernetes.io/name: {{.Name}}
    app.kubernetes.io/part-of: {{.Team}}
  annotations:
    example.com/owner: "{{.Team}}@example.com"
spec:
  replicas: 3
  revisionHistoryLimit: 5
  selector:
    matchLabels: *labels
  strategy:
    type: RollingUpdate
    rollingUpdate: {maxSurge: 1, maxUnavailable: 0}
  template:
    metadata:
      labels: *labels
    spec:
      automountServiceAccountToken: false
      topologySpreadConstraints:
        - {maxSkew: 1, topologyKey: kubernetes.io/hostname, whenUnsatisfiable: ScheduleAnyway, labelSelector: {matchLabels: *labels}}
      securityContext:
        runAsNonRoot: {{not .Root}}
        fsGroup: {{.User}}
        seccompProfile: {type: RuntimeDefault}
      initContainers:
        - name: migrate
          image: registry.example.com/{{.Team}}/{{.Name}}@sha256:{{printf "%064x" .N}}
          args: ["migrate", "--wait"]
          resources:
            requests: {cpu: 100m, memory: {{.Memory}}Mi}
            limits: {memory: {{.Memory}}Mi}
          securityContext:
            allowPrivilegeEscalation: false
            readOnlyRootFilesystem: true
            capabilities: {drop: ["ALL"]}
      containers:
        - name: {{.Team}}
          image: registry.example.com/{{.Team}}/{{.Name}}@sha256:{{printf "%064x" .N}}
          args: ["serve"]
          ports:
            - {name: http, containerPort: {{.Port}}, protocol: TCP}
            - {name: metrics, containerPort: 9090, protocol: TCP}
          env:
{{range $i, $value := .Vars}}            - name: X_{{$.N}}_{{$i}}
              value: "{{$value}}"
{{end}}            - name: DATABASE_PASSWORD_FILE
              value: /run/secrets/db/password
          resources:
            requests: {cpu: 100m, memory: {{.Memory}}Mi}
            limits: {memory: {{.Memory}}Mi}
          readinessProbe:
            httpGet: {path: /ready, port: http}
            periodSeconds: 5
          livenessProbe:
            httpGet: {path: /live, port: http}
            periodSeconds: 10
          securityContext:
            allowPrivilegeEscalation: false
            readOnlyRootFilesystem: {{.ReadOnly}}
            capabilities: {drop: ["ALL"]}
          volumeMounts:
            - {name: tmp, mountPath: /tmp}
            - {name: db, mountPath: /run/secrets/db, readOnly: true}
      volumes:
        - name: db
          secret: {secretName: {{.Name}}-db}
        - name: tmp
          emptyDir: {medium: Memory, sizeLimit: 64Mi}
---
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: {name: {{.Name}}, namespace: {{.Team}}}
spec:
  maxUnavailable: 1
  unhealthyPodEvictionPolicy: AlwaysAllow
  selector:
    matchLabels: {app.kubernetes.io/name: {{.Name}}}
`))

// closed is what the namespace of a team has beside its workloads.
const closed = `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: closed, namespace: %s}
spec: {podSelector: {}, policyTypes: [Ingress, Egress]}
`

// writeClean writes n workloads, and what closes the namespaces that they are in.
func writeClean(dir, file string, n int) error {
	if err := writeCorpus(dir, file, cleanManifests, n); err != nil {
		return err
	}
	for _, team := range teams {
		if err := os.WriteFile(filepath.Join(dir, team+".yaml"), fmt.Appendf(nil, closed, team), 0o644); err != nil {
			return err
		}
	}
	return nil
}
