package certs

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"sync/atomic"
	"time"

	admission "k8s.io/api/admissionregistration/v1"
	core "k8s.io/api/core/v1"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	meta "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/client-go/kubernetes"
)

// SelfSigned makes and renews the certificate in a Secret, and keeps the authorities in the webhook's configuration. Every replica
// does so: the Secret's version lets one of them win, and the others take what it wrote.
type SelfSigned struct {
	Client kubernetes.Interface
	Store  *Store
	// Namespace and Secret are where the certificate is kept; Webhook is the ValidatingWebhookConfiguration that trusts it.
	Namespace, Secret, Webhook string
	// Names are the host names of the certificate: those of the Service.
	Names []string
	Times Times
	// Now is the clock; nil is time.Now.
	Now func() time.Time
	Log *slog.Logger

	rotation *rotation
	since    time.Time // when the configuration was first seen with the newest authority
	newest   []byte
	known    []byte // the authorities that the configuration was last told of
	state    atomic.Pointer[error]
}

// errNotYet is the state before the first look at the cluster.
var errNotYet = errors.New("the certificate has not been read from its Secret yet")

// Ready says why the API server would not trust the certificate that is served.
func (c *SelfSigned) Ready() error {
	if err := c.state.Load(); err != nil {
		return *err
	}
	return errNotYet
}

func (c *SelfSigned) set(err error) {
	before := c.state.Swap(&err)
	if err != nil && (before == nil || *before == nil || (*before).Error() != err.Error()) {
		c.Log.Warn("certificate", "problem", err.Error())
	}
}

// Run looks after the certificate until the context ends.
func (c *SelfSigned) Run(ctx context.Context) {
	if c.Now == nil {
		c.Now = time.Now
	}
	c.rotation = newRotation(c.Names, c.Times)
	every := c.rotation.times.Every
	for {
		err := c.once(ctx)
		for range 5 { // whoever lost against another replica takes what that one wrote
			if !apierrors.IsConflict(err) && !apierrors.IsAlreadyExists(err) {
				break
			}
			err = c.once(ctx)
		}
		if ctx.Err() != nil {
			return
		}
		c.set(err)
		select {
		case <-ctx.Done():
			return
		case <-time.After(every):
		}
	}
}

// once does whatever is next: the Secret first, then the configuration, and then what is served.
func (c *SelfSigned) once(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, 10*time.Second)
	defer cancel()
	secret, err := c.secret(ctx)
	if err != nil {
		return err
	}
	if len(split(secret.Data[caCertificate])) == 0 && c.known != nil {
		// Who still serves by the authorities of a Secret that was lost stays trusted.
		secret.Data = map[string][]byte{caCertificate: c.known}
	}
	data, changed, err := c.rotation.next(secret.Data, c.trusted(secret.Data), c.Now())
	if err != nil {
		return fmt.Errorf("secret %s/%s: %w", c.Namespace, c.Secret, err)
	}
	if changed {
		secret.Data = data
		if err := c.write(ctx, secret); err != nil {
			return err
		}
		c.Log.Info("certificate renewed in its Secret", "authorities", len(split(data[caCertificate])), "expires", parse(data[certificate]).NotAfter)
	}
	// The configuration trusts what the Secret holds before that is served: what a new certificate needs is there.
	if err := c.trust(ctx, data[caCertificate]); err != nil {
		_ = c.Store.Use(data[certificate], data[privateKey]) // Store.Changed is told
		return err
	}
	return c.Store.Use(data[certificate], data[privateKey])
}

// trusted is for how long the configuration has been known to hold the newest authority.
func (c *SelfSigned) trusted(data map[string][]byte) time.Duration {
	authorities := split(data[caCertificate])
	if len(authorities) == 0 || c.since.IsZero() || !bytes.Equal(authorities[0], c.newest) {
		return 0
	}
	return c.Now().Sub(c.since)
}

func (c *SelfSigned) secret(ctx context.Context) (*core.Secret, error) {
	s, err := c.Client.CoreV1().Secrets(c.Namespace).Get(ctx, c.Secret, meta.GetOptions{})
	if apierrors.IsNotFound(err) {
		return &core.Secret{ObjectMeta: meta.ObjectMeta{Namespace: c.Namespace, Name: c.Secret}, Type: core.SecretTypeOpaque}, nil
	}
	if err != nil {
		return nil, fmt.Errorf("secret %s/%s: %w", c.Namespace, c.Secret, err)
	}
	return s, nil
}

func (c *SelfSigned) write(ctx context.Context, s *core.Secret) error {
	secrets := c.Client.CoreV1().Secrets(c.Namespace)
	var err error
	if s.ResourceVersion == "" {
		if _, err = secrets.Create(ctx, s, meta.CreateOptions{}); apierrors.IsForbidden(err) {
			err = fmt.Errorf("%w: create the Secret empty, or let this account create it", err)
		}
	} else {
		_, err = secrets.Update(ctx, s, meta.UpdateOptions{})
	}
	if err != nil {
		return fmt.Errorf("secret %s/%s: %w", c.Namespace, c.Secret, err)
	}
	return nil
}

// trust has every webhook of the configuration trust the authorities. A configuration that is not there asks nobody, so that it
// keeps nobody from being ready: it can be created once the server is.
func (c *SelfSigned) trust(ctx context.Context, authorities []byte) error {
	configurations := c.Client.AdmissionregistrationV1().ValidatingWebhookConfigurations()
	w, err := configurations.Get(ctx, c.Webhook, meta.GetOptions{})
	if apierrors.IsNotFound(err) {
		c.since, c.newest = time.Time{}, nil
		return nil
	}
	if err == nil && inject(w, authorities) {
		c.since = time.Time{}
		if _, err = configurations.Update(ctx, w, meta.UpdateOptions{}); err == nil {
			c.Log.Info("webhook configuration trusts the authorities of the certificate", "webhook", c.Webhook, "authorities", len(split(authorities)))
		}
	}
	if err != nil {
		return fmt.Errorf("ValidatingWebhookConfiguration %s: %w", c.Webhook, err)
	}
	if newest := split(authorities)[0]; c.since.IsZero() || !bytes.Equal(newest, c.newest) {
		c.since, c.newest = c.Now(), newest
	}
	c.known = authorities
	return nil
}

func inject(w *admission.ValidatingWebhookConfiguration, authorities []byte) (changed bool) {
	for i := range w.Webhooks {
		if client := &w.Webhooks[i].ClientConfig; !bytes.Equal(client.CABundle, authorities) {
			client.CABundle, changed = bytes.Clone(authorities), true
		}
	}
	return changed
}
