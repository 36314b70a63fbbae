// Package kube tests the webhook and the audit against a real kube-apiserver and etcd.
package kube

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"
)

// The folders of the programs are set by the Makefile.
var (
	kubeBin      = os.Getenv("KUBE_BIN")
	sallyportBin = os.Getenv("SALLYPORT_BIN")
)

// shared is the API server of all tests.
var shared *cluster

func TestMain(m *testing.M) {
	if kubeBin == "" || sallyportBin == "" {
		fmt.Fprintln(os.Stderr, "run make e2e-kube, which builds the API server and names its folder")
		os.Exit(2)
	}
	os.Exit(run(m))
}

func run(m *testing.M) int {
	dir, err := os.MkdirTemp("", "kube")
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 2
	}
	defer os.RemoveAll(dir)
	shared, err = start(dir)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 2
	}
	defer shared.stop()
	return m.Run()
}

// A cluster is an API server with its store; there are neither controllers nor nodes.
type cluster struct {
	dir       string
	ca        *authority
	url       string
	client    *client // as an administrator
	processes []*exec.Cmd
	auditLog  string
}

func start(dir string) (*cluster, error) {
	c := &cluster{dir: dir, auditLog: filepath.Join(dir, "audit.log")}
	ca, err := newAuthority("cluster")
	if err != nil {
		return nil, err
	}
	c.ca = ca
	if err := c.files(); err != nil {
		return nil, err
	}
	etcd, err := c.etcd()
	if err != nil {
		c.stop()
		return nil, err
	}
	if err := c.apiserver(etcd); err != nil {
		c.stop()
		return nil, err
	}
	return c, nil
}

func (c *cluster) path(name string) string { return filepath.Join(c.dir, name) }

// files writes the certificates, the key of service accounts, the audit policy and the webhooks' client certificates.
func (c *cluster) files() error {
	if err := os.WriteFile(c.path("ca.crt"), c.ca.pem, 0o600); err != nil {
		return err
	}
	for name, s := range map[string]subject{
		"server":  {name: "kube-apiserver"},
		"admin":   {name: "admin", groups: []string{"system:masters"}},
		"webhook": {name: "apiserver-to-webhook"},
	} {
		if err := c.ca.write(c.dir, name, s); err != nil {
			return err
		}
	}
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return err
	}
	secret, err := x509.MarshalECPrivateKey(key)
	if err != nil {
		return err
	}
	public, err := x509.MarshalPKIXPublicKey(key.Public())
	if err != nil {
		return err
	}
	for name, text := range map[string][]byte{
		"sa.key":             pemOf("EC PRIVATE KEY", secret),
		"sa.pub":             pemOf("PUBLIC KEY", public),
		"audit.yaml":         []byte("apiVersion: audit.k8s.io/v1\nkind: Policy\nomitStages: [RequestReceived]\nrules:\n- level: Metadata\n"),
		"admission.yaml":     []byte(fmt.Sprintf(admissionConfig, c.path("webhook.kubeconfig"))),
		"etcd.log":           nil,
		"apiserver.log":      nil,
		"kubectl.config":     []byte(fmt.Sprintf(kubeconfig, "", c.path("admin.crt"), c.path("admin.key"))),
		"webhook.kubeconfig": []byte(fmt.Sprintf(webhookConfig, c.path("webhook.crt"), c.path("webhook.key"))),
	} {
		if err := os.WriteFile(c.path(name), text, 0o600); err != nil {
			return err
		}
	}
	return nil
}

const admissionConfig = `apiVersion: apiserver.config.k8s.io/v1
kind: AdmissionConfiguration
plugins:
- name: ValidatingAdmissionWebhook
  configuration:
    apiVersion: apiserver.config.k8s.io/v1
    kind: WebhookAdmissionConfiguration
    kubeConfigFile: %s
`

// The API server shows this certificate to every webhook.
const webhookConfig = `apiVersion: v1
kind: Config
users:
- name: '*'
  user:
    client-certificate: %s
    client-key: %s
`

const kubeconfig = `apiVersion: v1
kind: Config
clusters:
- name: test
  cluster:
    server: %q
    certificate-authority: ca.crt
users:
- name: admin
  user:
    client-certificate: %s
    client-key: %s
contexts:
- name: test
  context: {cluster: test, user: admin}
current-context: test
`

// freePort asks the kernel for a port of the loopback interface that nobody listens on.
func freePort() (int, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return 0, err
	}
	defer l.Close()
	return l.Addr().(*net.TCPAddr).Port, nil
}

// spawn starts a program that writes into LOG of the cluster's folder.
func (c *cluster) spawn(log, program string, args ...string) error {
	out, err := os.OpenFile(c.path(log), os.O_APPEND|os.O_WRONLY, 0)
	if err != nil {
		return err
	}
	defer out.Close()
	cmd := exec.Command(filepath.Join(kubeBin, program), args...)
	cmd.Dir, cmd.Stdout, cmd.Stderr = c.dir, out, out
	if err := cmd.Start(); err != nil {
		return err
	}
	c.processes = append(c.processes, cmd)
	return nil
}

func (c *cluster) etcd() (url string, err error) {
	clients, err := freePort()
	if err != nil {
		return "", err
	}
	peers, err := freePort()
	if err != nil {
		return "", err
	}
	url = fmt.Sprintf("http://127.0.0.1:%d", clients)
	peer := fmt.Sprintf("http://127.0.0.1:%d", peers)
	return url, c.spawn("etcd.log", "server", "--data-dir", c.path("etcd"), "--unsafe-no-fsync",
		"--listen-client-urls", url, "--advertise-client-urls", url, "--listen-peer-urls", peer,
		"--initial-advertise-peer-urls", peer, "--initial-cluster", "default="+peer)
}

func (c *cluster) apiserver(etcd string) error {
	port, err := freePort()
	if err != nil {
		return err
	}
	c.url = fmt.Sprintf("https://127.0.0.1:%d", port)
	text := fmt.Sprintf(kubeconfig, c.url, c.path("admin.crt"), c.path("admin.key"))
	if err := os.WriteFile(c.path("kubectl.config"), []byte(text), 0o600); err != nil {
		return err
	}
	if c.client, err = newClient(c.url, c.ca, c.path("admin.crt"), c.path("admin.key")); err != nil {
		return err
	}
	err = c.spawn("apiserver.log", "kube-apiserver",
		"--etcd-servers", etcd, "--bind-address=127.0.0.1", "--advertise-address=127.0.0.1", fmt.Sprintf("--secure-port=%d", port),
		"--tls-cert-file=server.crt", "--tls-private-key-file=server.key", "--client-ca-file=ca.crt",
		"--service-account-issuer=https://kubernetes.default.svc", "--service-account-key-file=sa.pub",
		"--service-account-signing-key-file=sa.key", "--service-cluster-ip-range=10.0.0.0/24", "--authorization-mode=RBAC",
		"--endpoint-reconciler-type=none", "--cert-dir", c.dir, "--allow-privileged=true",
		// Without a controller manager nobody makes the default service account.
		"--disable-admission-plugins=ServiceAccount,DefaultStorageClass,StorageObjectInUseProtection,RuntimeClass,PersistentVolumeClaimResize",
		"--admission-control-config-file=admission.yaml", "--audit-policy-file=audit.yaml", "--audit-log-path", c.auditLog)
	if err != nil {
		return err
	}
	return c.ready(2 * time.Minute)
}

func (c *cluster) ready(within time.Duration) error {
	deadline := time.Now().Add(within)
	var last string
	for time.Now().Before(deadline) {
		status, body, err := c.client.do(http.MethodGet, "/readyz", nil)
		if err == nil && status == http.StatusOK {
			return nil
		}
		last = fmt.Sprintf("%d %s %v", status, body, err)
		time.Sleep(100 * time.Millisecond)
	}
	log, _ := os.ReadFile(c.path("apiserver.log"))
	return fmt.Errorf("the API server is not ready after %s: %s; the end of its log:\n%s", within, last, log[max(0, len(log)-3000):])
}

// stop kills the processes: an API server that loses its store first does not end for minutes.
func (c *cluster) stop() {
	for i := len(c.processes) - 1; i >= 0; i-- {
		_ = c.processes[i].Process.Kill()
		_ = c.processes[i].Wait()
	}
}
