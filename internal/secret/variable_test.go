package secret

import (
	"encoding/base64"
	"strings"
	"testing"
)

// The secrets below are made up. Tokens are put together at run time, so that no scanner of this
// repository takes them for real ones.
var (
	githubToken   = "ghp" + "_" + "cqpaeajcm2ck689c8lvc6d1tskt3ygwd2bwg"
	awsKey        = "AKIA" + "LALEMEL33243OLIB"
	telegramToken = "110201543" + ":AAHdqTcvCH1vGWJxfSe1ofSAs0K5PALDsaw"
	discordToken  = "Nzk5MjgxNDk0NDc2NDU1OTg3" + ".YABS5g.2lmzECVlZv3vv6miVnUaKPQi2wI"
	mailchimpKey  = "a2937653ed38c31a43ea46e2b19257db" + "-us2"
	stripeKey     = "sk" + "_live_" + "u5xi4bvuv335c94p4w7sf0raf359is"
	privateKeyPEM = "-----BEGIN RSA " + "PRIVATE KEY-----\nMIIEowIBAAKCAQEAtest\n-----END RSA PRIVATE KEY-----"
)

func TestVariableFinds(t *testing.T) {
	for _, test := range []struct{ name, value, reason string }{
		{"DB_PASSWORD", "hunter2", "name"},
		{"POSTGRES_PASSWORD", "postgres", "name"},
		{"POSTGRES_PASSWORD", "${POSTGRES_PASSWORD:-postgres}", "name"},
		{"PGPASSWORD", "s3cr3t", "name"},
		{"MYSQL_ROOT_PASSWORD", "123456", "name"},
		{"MYSQL_PWD", "toor", "name"},
		{"SMTP_PASS", "letmein", "name"},
		{"HTTP_AUTH_HEADER", "Bearer Zk3vQ9xW2mTb7HqLyjWDarjtT7kQ2mXv", "entropy"},
		{"JWT_SECRET", "mysecret", "name"},
		{"SECRET_KEY_BASE", "0a1b2c3d4e5f60718293a4b5c6d7e8f9", "entropy"},
		{"API_KEY", "abcd-1234-efgh", "name"},
		{"apiKey", "abcd-1234-efgh", "name"},
		{"DJANGO_SECRET_KEY", "django-insecure-x(2#k", "name"},
		{"SERVICE_TOKEN", "550e8400-e29b-41d4-a716-446655440000", "name"},
		{"AWS_SECRET_ACCESS_KEY", "kJ8sQz2Lm9Xw4Tv7Rb1Nc6Yd3Hf5Gp0aUeIoWqEr", "entropy"},
		{"FOO", "kJ8sQz2Lm9Xw4Tv7Rb1Nc6Yd3Hf5Gp0aUeIo", "entropy"},
		{"SIGNING_SALT", "9f8e7d6c5b4a39281706", "entropy"},
		{"GITHUB_TOKEN", githubToken, "github-pat"},
		{"FOO", githubToken, "github-pat"},
		{"FOO_SHA256", githubToken, "github-pat"},
		{"AWS_ACCESS_KEY_ID", awsKey, "aws-access-token"},
		{"AWS_ACCESS_KEY_ID", "ledger-builder", "name"},
		{"PAYMENT", stripeKey, "stripe-access-token"},
		{"TLS", privateKeyPEM, "private-key"},
		{"TLS_B64", base64.StdEncoding.EncodeToString([]byte(privateKeyPEM)), "private-key"},
		{"TOKEN_B64", base64.StdEncoding.EncodeToString([]byte("token: " + githubToken)), "github-pat"},
		{"DATABASE_URL", "postgres://app:s3cr3t@db/ledger", "url"},
		{"DATABASE_URL", "postgres://app:p/ss#w@rd@db:5432/ledger", "url"},
		{"REDIS_URL", "redis://:hunter2@cache:6379/0", "url"},
		{"TOKEN_URL", "https://bot:hunter2@git.corp/x.git", "url"},
		{"AMQP", "amqp://guest:guest@mq", "url"},
		{"ConnectionStrings__Default", "Server=db;User Id=sa;Password=P4ssw0rd;", "url"},
		{"DB_DSN", "host=db user=app password=s3cr3t dbname=x", "url"},
		{"JDBC_URL", "jdbc:postgresql://db/x?user=app&password=s3cr3t", "url"},
		{"STORAGE", "DefaultEndpointsProtocol=https;AccountName=a;AccountKey=kJ8sQz2Lm9Xw4Tv7Rb1Nc6Yd==", "entropy"},
		{"JAVA_OPTS", "-Xmx1g -Dkeystore.password=s3cr3t", "url"},
		{"REDIS_ARGS", "--appendonly yes --requirepass hunter2", "name"},
		{"DOCKER_AUTH_CONFIG", `{"auths":{"r.example":{"auth":"","password":"hunter2"}}}`, "url"},
		{"DOCKER_AUTH_CONFIG", `{"auths":{"r.example":{"auth":"` + base64.StdEncoding.EncodeToString([]byte("bot:hunter2")) + `"}}}`, "url"},
		{"NEO4J_AUTH", "neo4j/hunter22", "name"},
		{"BASIC_AUTH", "admin:hunter22", "name"},
		{"APP_PASSWORD", `"quoted one"`, "name"},
	} {
		e := Variable(test.name, test.value)
		if !e.Secret.Found || e.Secret.Reason != test.reason {
			t.Errorf("%s=%q: %+v, want %q", test.name, test.value, e.Secret, test.reason)
		}
		for _, raw := range Values(test.name, test.value) {
			if strings.Contains(e.Value, raw) || strings.Contains(e.Secret.Masked, raw) {
				t.Errorf("%s=%q: %+v shows %q", test.name, test.value, e, raw)
			}
		}
	}
}

func TestVariableIsQuiet(t *testing.T) {
	for _, test := range []struct{ name, value string }{
		// Placeholders.
		{"DB_PASSWORD", ""},
		{"DB_PASSWORD", "changeme"},
		{"DB_PASSWORD", "CHANGE_ME"},
		{"DB_PASSWORD", "change-me-please"},
		{"API_TOKEN", "<your-token>"},
		{"API_TOKEN", "your_token_here"},
		{"API_KEY", "YOUR_API_KEY"},
		{"API_KEY", "xxxx"},
		{"API_KEY", "xxxxxxxx-xxxx-xxxx"},
		{"DB_PASSWORD", "********"},
		{"DB_PASSWORD", "REPLACE_ME"},
		{"DB_PASSWORD", "example"},
		{"AWS_ACCESS_KEY_ID", "AKIAIOSFODNN7" + "EXAMPLE"},
		{"AWS_SECRET_ACCESS_KEY", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"},
		{"SECRET", "TODO"},
		{"PASSWORD", "not-a-real-secret"},
		{"TOKEN", "..."},
		{"GOOGLE_APPLICATION_CREDENTIALS", "credentials.json"},
		{"KAFKA_SSL_KEY_CREDENTIALS", "kafka1_sslkey_creds"},
		{"AZURE_STORAGE_KEY", "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq" + "/K1SZFPTOtr/KBHBeksoGMGw=="},
		{"API_KEY", "a-fake-api-key"},
		{"DB_PASSWORD", base64.StdEncoding.EncodeToString([]byte("changeme"))},
		{"PASSWORD", "[password]"},
		{"PASSWORD", "%s"},
		// References.
		{"DB_PASSWORD", "${DB_PASSWORD}"},
		{"DB_PASSWORD", "$DB_PASSWORD"},
		{"DB_PASSWORD", "${DB_PASSWORD:?is not set}"},
		{"DB_PASSWORD", "${DB_PASSWORD:-}"},
		{"DB_PASSWORD", "${{ secrets.DB }}"},
		{"DB_PASSWORD", "{{ .Values.password }}"},
		{"DB_PASSWORD", "$(cat /run/secrets/db)"},
		{"DB_PASSWORD", "/run/secrets/db"},
		{"DB_PASSWORD", "file:///run/secrets/db"},
		{"DB_PASSWORD", "vault:secret/data/db#password"},
		{"DB_PASSWORD", "ref+awssecrets://db"},
		{"DB_PASSWORD", "%d/db"},
		{"DB_PASSWORD", "arn:aws:secretsmanager:eu-west-1:123456789012:secret:db"},
		{"DB_PASSWORD", "op://vault/db/password"},
		{"DB_PASSWORD", "ENC[AES256_GCM,data:p673w==,iv:YY=,tag:UQ==,type:str]"},
		{"DB_PASSWORD", "${A}${B}"},
		{"TOKEN", "@TOKEN@"},
		{"TOKEN", "%TOKEN%"},
		{"TOKEN", "__TOKEN__"},
		{"AUTH_TOKEN", "Bearer"},
		// Names about secrets.
		{"DB_PASSWORD_FILE", "/run/secrets/db"},
		{"HTTP_AUTH_HEADER", "Bearer ${API_TOKEN}"},
		{"GREETING", "Basic understanding"},
		{"AUTH_HINT", "bearer <your-token-goes-here>"},
		{"TOKEN_URL", "https://login.corp/oauth/token"},
		{"TOKEN_ENDPOINT", "/oauth/token"},
		{"PASSWORD_MIN_LENGTH", "12"},
		{"PASSWORD_HASHER", "argon2"},
		{"SECRET_NAME", "ledger-db-credentials"},
		{"ACCESS_TOKEN_TTL", "3600"},
		{"TOKEN_EXPIRES_IN", "15m"},
		{"PUBLIC_KEY", "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE9Xw4Tv7Rb1Nc6Yd3Hf5Gp0aUeIo"},
		{"KEYCLOAK_REALM", "ledger"},
		{"AUTH_METHOD", "oidc"},
		{"SSH_AUTH_SOCK", "/tmp/agent.1"},
		{"GPG_KEY", "E3FF2839C048B25C084DEBE9B26995E310250568"},
		{"PASSWORD_STORE_DIR", "/home/app/.pass"},
		{"MYSQL_RANDOM_ROOT_PASSWORD", "yes"},
		{"MYSQL_ALLOW_EMPTY_PASSWORD", "1"},
		{"MAX_TOKENS", "4096"},
		{"TOKENIZERS_PARALLELISM", "false"},
		{"API_KEY_HEADER", "X-Api-Key"},
		{"JWT_SECRET_PATH", "/etc/jwt"},
		{"TOKEN_TYPE", "bearer"},
		{"PASS_THROUGH", "true"},
		{"KEY_ID", "a1b2c3d4e5f6"},
		{"SORT_KEY", "created_at"},
		{"CACHE_KEY", "v1-linux-amd64"},
		{"COMPASS", "north"},
		{"MONKEY", "see"},
		{"PWD", "/app"},
		{"OLDPWD", "/srv/old-thing"},
		// What only looks random.
		{"NODE_SHA256", "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"},
		{"DIGEST", "sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"},
		{"GIT_COMMIT", "8843d7f92416211de9ebb963ff4ce28125932878"},
		{"BUILD", "8843d7f92416211de9ebb963ff4ce28125932878"},
		{"INTEGRITY", "sha512-Yj8sQz2Lm9Xw4Tv7Rb1Nc6Yd3Hf5Gp0aUeIoWqErTyUiOpAsDfGhJkLzXcVbNm1Q=="},
		{"TRACE", "550e8400-e29b-41d4-a716-446655440000"},
		{"NGINX_VERSION", "1.27.3-1~bookworm"},
		{"PKG_RELEASE", "1~bookworm20240101build2"},
		{"PATH", "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin"},
		{"RUST_LOG", "ledger=debug,tower_http=trace,sqlx::query=warn"},
		{"GREETING", base64.StdEncoding.EncodeToString([]byte("hello world, this is plain text"))},
		{"TZ", "Europe/Amsterdam"},
		{"IMAGE", "registry.corp/team/ledger-service:2024.11.05-b8f3a2c"},
		{"LANG", "C.UTF-8"},
		{"OTEL_RESOURCE_ATTRIBUTES", "service.name=ledger,env=prod"},
		{"JAVA_OPTS", "-XX:MaxRAMPercentage=75.0 -Djava.security.egd=file:/dev/./urandom"},
		{"DEBIAN_FRONTEND", "noninteractive"},
		{"HOMEPAGE", "https://docs.example.com/guides/Getting-Started-2024?ref=github#install"},
		{"RUSTFLAGS", "-C target-cpu=x86-64-v3 -C link-arg=-fuse-ld=lld"},
		// URLs without a password of their own.
		{"DATABASE_URL", "postgres://app@db/ledger"},
		{"DATABASE_URL", "postgres://app:${DB_PASSWORD}@db/ledger"},
		{"DATABASE_URL", "postgres://app:$DB_PASSWORD@db/ledger"},
		{"DATABASE_URL", "postgres://user:password@host/db"},
		{"DATABASE_URL", "postgres://app:<password>@db/ledger"},
		{"DATABASE_URL", "postgres://app:changeme@db/ledger"},
		{"SENTRY_DSN", "https://9f86d081884c7d659a2feaa0c55ad015@sentry.corp/4"},
		{"REGISTRY", "https://npm.corp:8443/@scope/pkg"},
		{"DB_DSN", "host=db user=app password=${DB_PASSWORD}"},
		{"DB_DSN", "Server=db;User Id=sa;Password=;"},
	} {
		if e := Variable(test.name, test.value); e.Secret.Found || e.Value != test.value {
			t.Errorf("%s=%q: %+v, want nothing", test.name, test.value, e)
		}
	}
}

func TestMask(t *testing.T) {
	for in, want := range map[string]string{
		"": "****", "short": "****", "elevenchars": "****", "twelve-chars": "twe****", "postgres://app:s3cr3t@db": "post****",
		"ééééééééééééé": "ééé****", "\n34567890123456": "****",
	} {
		if got := Mask(in); got != want {
			t.Errorf("Mask(%q) = %q, want %q", in, got, want)
		}
	}
}

// TestEveryday keeps a report readable where a password is a word of it.
func TestEveryday(t *testing.T) {
	const text = "the final stage runs as root, and RUN holds a secret: hunter2"
	if got := Redact(text, []string{"root", "secret", "hunter2"}); got != "the final stage runs as root, and RUN holds a secret: ****" {
		t.Error(got)
	}
}

func TestRedact(t *testing.T) {
	secrets := []string{"s3cr3t", "s3cr3t-and-longer", `p"a$s\w'd`, "ab", privateKeyPEM, "p ss/w@rd"}
	for in, want := range map[string]string{
		"nothing here":                  "nothing here",
		"x s3cr3t y":                    "x **** y",
		"x s3cr3t-and-longer y":         "x s3cr**** y",
		`"p\"a$s\\w'd"`:                 `"****"`,
		`p\"a\$s\\w'd`:                  "****",
		"abc":                           "abc",
		"MIIEowIBAAKCAQEAtest":          "MIIE****",
		"postgres://u:p%20ss%2Fw%40rd@": "postgres://u:****@",
	} {
		if got := Redact(in, secrets); got != want {
			t.Errorf("Redact(%q) = %q, want %q", in, got, want)
		}
	}
}
