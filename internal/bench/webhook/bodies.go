package main

import (
	"fmt"
	"strings"
)

// review wraps an object as a kube-apiserver does.
func review(kind, version, resource, object string) []byte {
	return []byte(strings.Join(strings.Fields(fmt.Sprintf(`{"kind":"AdmissionReview","apiVersion":"admission.k8s.io/v1","request":{
		"uid":"9f0b5d5e-54c1-4f2c-9d7e-0a52b5d2c1a7","kind":{"group":"","version":%q,"kind":%q},"resource":{"group":"","version":%[1]q,"resource":%[3]q},
		"requestKind":{"group":"","version":%[1]q,"kind":%[2]q},"requestResource":{"group":"","version":%[1]q,"resource":%[3]q},
		"name":"ledger-6d4cf56db6-8zkxw","namespace":"ledger","operation":"CREATE",
		"userInfo":{"username":"system:serviceaccount:kube-system:replicaset-controller","uid":"1d0a","groups":["system:serviceaccounts","system:authenticated"]},
		"object":%[4]s,"oldObject":null,"dryRun":false,"options":{"kind":"CreateOptions","apiVersion":"meta.k8s.io/v1"}}}`, version, kind, resource, object)), " "))
}

// container is one of a pod; security is its securityContext.
func container(name, image, security string) string {
	return fmt.Sprintf(`{"name":%q,"image":%q,"command":["/ledger","--listen","0.0.0.0:8080"],"ports":[{"name":"http","containerPort":8080,"protocol":"TCP"}],
		"env":[{"name":"POD_IP","valueFrom":{"fieldRef":{"apiVersion":"v1","fieldPath":"status.podIP"}}},{"name":"LOG_LEVEL","value":"info"},{"name":"REGION","value":"eu-1"},
		{"name":"QUEUE","value":"payments"},{"name":"TIMEOUT","value":"30s"}],
		"resources":{"limits":{"cpu":"500m","memory":"256Mi"},"requests":{"cpu":"100m","memory":"256Mi"}},
		"volumeMounts":[{"name":"tmp","mountPath":"/tmp"},{"name":"config","readOnly":true,"mountPath":"/etc/ledger"}],
		"livenessProbe":{"httpGet":{"path":"/healthz","port":8080,"scheme":"HTTP"},"timeoutSeconds":1,"periodSeconds":10,"successThreshold":1,"failureThreshold":3},
		"readinessProbe":{"httpGet":{"path":"/readyz","port":8080,"scheme":"HTTP"},"timeoutSeconds":1,"periodSeconds":5,"successThreshold":1,"failureThreshold":3},
		"terminationMessagePath":"/dev/termination-log","terminationMessagePolicy":"File","imagePullPolicy":"IfNotPresent","securityContext":%s}`, name, image, security)
}

// pod is as the replica set's controller makes it; managedFields bring it to some five KB, as they do in a cluster.
func pod(security string, containers ...string) []byte {
	fields := ""
	for i := range 3 {
		fields += fmt.Sprintf(`"k:%d":{"f:image":{},"f:imagePullPolicy":{},"f:livenessProbe":{".":{},"f:failureThreshold":{},"f:httpGet":{".":{},"f:path":{},"f:port":{},"f:scheme":{}}}},`, i)
	}
	return review("Pod", "v1", "pods", fmt.Sprintf(`{"kind":"Pod","apiVersion":"v1","metadata":{"name":"ledger-6d4cf56db6-8zkxw","generateName":"ledger-6d4cf56db6-","namespace":"ledger",
		"labels":{"app.kubernetes.io/name":"ledger","app.kubernetes.io/part-of":"payments","pod-template-hash":"6d4cf56db6"},"annotations":{"checksum/config":"0f1e2d3c4b5a"},
		"ownerReferences":[{"apiVersion":"apps/v1","kind":"ReplicaSet","name":"ledger-6d4cf56db6","uid":"b53a2b0e","controller":true,"blockOwnerDeletion":true}],
		"managedFields":[{"manager":"kube-controller-manager","operation":"Update","apiVersion":"v1","time":"2026-11-20T12:00:00Z","fieldsType":"FieldsV1","fieldsV1":{"f:spec":{%s"f:x":{}}}}]},
		"spec":{"volumes":[{"name":"tmp","emptyDir":{"sizeLimit":"64Mi"}},{"name":"config","configMap":{"name":"ledger","defaultMode":420}}],"containers":[%s],
		"restartPolicy":"Always","terminationGracePeriodSeconds":30,"dnsPolicy":"ClusterFirst","serviceAccountName":"ledger","serviceAccount":"ledger","automountServiceAccountToken":false,
		"securityContext":%s,"schedulerName":"default-scheduler","priority":0,"enableServiceLinks":false,"preemptionPolicy":"PreemptLowerPriority"},"status":{}}`,
		fields, strings.Join(containers, ","), security))
}

const digest = "@sha256:9f0b5d5e54c14f2c9d7e0a52b5d2c1a7d8e6f1a2b3c4d5e6f708192a3b4c5d6e"

// hardened is a Pod that rules have nothing to say against.
func hardened() []byte {
	own := `{"allowPrivilegeEscalation":false,"readOnlyRootFilesystem":true,"runAsNonRoot":true,"runAsUser":10001,"capabilities":{"drop":["ALL"]},"seccompProfile":{"type":"RuntimeDefault"}}`
	return pod(`{"runAsNonRoot":true,"runAsUser":10001,"runAsGroup":10001,"fsGroup":10001,"seccompProfile":{"type":"RuntimeDefault"}}`,
		container("ledger", "registry.example/ledger:1.4.2"+digest, own), container("proxy", "registry.example/proxy:2.0.1"+digest, own))
}

// careless is one that several rules deny.
func careless() []byte {
	return pod(`{}`, container("ledger", "ledger:latest", `{"privileged":true}`), container("proxy", "proxy", `{}`))
}

// large is a ConfigMap of some size.
func large(size int) []byte {
	return review("ConfigMap", "v1", "configmaps", fmt.Sprintf(`{"kind":"ConfigMap","apiVersion":"v1","metadata":{"name":"large","namespace":"ledger"},"data":{"text":%q}}`, strings.Repeat("abcdefgh", size/8)))
}
