package secret

import (
	"encoding/base64"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestFind(t *testing.T) {
	for text, want := range map[string][]string{
		"export API_TOKEN=abcd-1234-efgh && make":                                                      {"abcd-1234-efgh"},
		"FOO=bar DB_PASSWORD='hunter2' ./migrate":                                                      {"hunter2"},
		"/usr/bin/app --password=hunter2":                                                              {"hunter2"},
		"/usr/bin/app --db-password hunter2 --verbose":                                                 {"hunter2"},
		`curl -H "Authorization: Bearer abcdefgh12345678" https://x`:                                   {"abcdefgh12345678"},
		"curl -u admin:hunter2 https://x":                                                              {"hunter2"},
		"git clone https://bot:hunter2@git.corp/x.git":                                                 {"hunter2"},
		"mysql -uroot -phunter2 -e 'select 1'":                                                         {"hunter2"},
		"mysqladmin -pVerySecr3tPw ping":                                                               {"VerySecr3tPw"},
		"sudo sshpass -p hunter2 ssh host":                                                             {"hunter2"},
		"echo 'root:hunter2' | chpasswd":                                                               {"hunter2"},
		"redis-cli -a hunter2 ping":                                                                    {"hunter2"},
		"docker login -u bot -p hunter2 registry.corp":                                                 {"hunter2"},
		"openssl rsa -passin pass:hunter2 -in key":                                                     {"hunter2"},
		`psql -c "ALTER USER app WITH PASSWORD 'hunter2'"`:                                             {"hunter2"},
		`mysql -e "CREATE USER a IDENTIFIED BY 'hunter2';"`:                                            {"hunter2"},
		"npm config set //registry.corp/:_authToken=abcd-1234-efgh":                                    {"abcd-1234-efgh"},
		"echo " + githubToken + " > /root/.token":                                                      {githubToken},
		"htpasswd -bc /etc/htpasswd admin hunter2":                                                     {"hunter2"},
		"sh -c 'PGPASSWORD=hunter2 psql'":                                                              {"hunter2"},
		`password = "value with spaces"`:                                                               {"value with spaces"},
		"docker run -p 80:80 -e POSTGRES_PASSWORD=hunter2 postgres":                                    {"hunter2"},
		"a --token=abcd-1234-efgh --password=hunter2 --api-key abcd-1234x":                             {"abcd-1234-efgh", "hunter2", "abcd-1234x"},
		`if [ apikey == "abcd-1234-efgh" ]; then make; fi`:                                             {"abcd-1234-efgh"},
		`if ("hunter2x9" === db_password) {`:                                                           {"hunter2x9"},
		`API_TOKEN ?= "abcd-1234-efgh"`:                                                                {"abcd-1234-efgh"},
		`"api_token":= "abcd-1234-efgh"`:                                                               {"abcd-1234-efgh"},
		"curl https://x/bot" + telegramToken + "/getMe":                                                {telegramToken},
		"./bot " + discordToken:                                                                        {discordToken},
		"./notify " + mailchimpKey:                                                                     {mailchimpKey},
		"echo " + encoded64("export DB_PASSWORD=hunter2 # later") + " | base64 -d > .env":              {encoded64("export DB_PASSWORD=hunter2 # later")},
		"echo " + encoded64(encoded64("postgres://app:s3cr3t@db/ledger?x=1")) + " | base64 -d":         {encoded64(encoded64("postgres://app:s3cr3t@db/ledger?x=1"))},
		"echo " + encoded64(`{"auths":{"r.example":{"auth":"`+encoded64("bot:hunter2")+`"}}}`) + " >x": {encoded64(`{"auths":{"r.example":{"auth":"` + encoded64("bot:hunter2") + `"}}}`)},
		// Nothing to find.
		"echo " + encoded64("#!/bin/sh\necho hello, world of containers\n") + " | base64 -d":      nil,
		"echo " + encoded64("DB_PASSWORD=${DB_PASSWORD} # from the environment") + " | base64 -d": nil,
		"cp /usr/local/lib/python3/site-packages/Modules/TheThing /opt/Applications/LongerName":   nil,
		`if [ "$TOKEN" == "" ] || [ $password != "${OTHER}" ]; then exit 1; fi`:                   nil,
		`printf 'password="%s"' "$X"`:                                                                   nil,
		"docker run -p 8080:80 nginx":                                                                   nil,
		"docker login --password-stdin registry.corp":                                                   nil,
		"docker build --secret id=token,src=token.txt .":                                                nil,
		"/usr/bin/app --password-file /run/secrets/db":                                                  nil,
		"/usr/bin/app --password=${DB_PASSWORD} --token $TOKEN":                                         nil,
		"/usr/bin/app --token-file %d/token":                                                            nil,
		`curl -H "Authorization: Bearer $TOKEN" -u "$USER:$PASS" https://x`:                             nil,
		"gpg --batch --keyserver keys.openpgp.org --recv-keys E3FF2839C048B25C084DEBE9B26995E310250568": nil,
		"apt-get install -y libpam-pwquality libsecret-1-0 password-store":                              nil,
		`echo "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08  x.tgz" | sha256sum -c`: nil,
		"useradd --no-create-home --password '!' app":                                                   nil,
		"--mount=type=secret,id=npm_token cat /run/secrets/npm_token":                                   nil,
		"mysql -p":                                                             nil,
		"kubectl create secret generic db":                                     nil,
		"ssh-keygen -t ed25519 -N '' -f /etc/key":                              nil,
		"export TOKEN=$(cat /run/secrets/token) && make":                       nil,
		"echo \"git:$(dd if=/dev/urandom bs=24 count=1 | base64)\" | chpasswd": nil,
	} {
		var got []string
		for _, h := range Find(text) {
			got = append(got, h.Value)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s\n%s", text, diff)
		}
	}
}

func encoded64(text string) string { return base64.StdEncoding.EncodeToString([]byte(text)) }

// The name of a file decides where gitleaks says so.
func TestFindIn(t *testing.T) {
	text := `<add key="ClearTextPassword" value="Tr0ub4dor-` + `3x!" />`
	for file, want := range map[string]int{"": 0, "app.config": 0, "src/nuget.config": 1} {
		if got := FindIn(file, text); len(got) != want {
			t.Errorf("%q: got %+v", file, got)
		}
	}
	for file, want := range map[string]int{"": 1, "Dockerfile": 1, "web/package-lock.json": 0} {
		if got := FindIn(file, "echo "+githubToken); len(got) != want {
			t.Errorf("%q: got %+v", file, got)
		}
	}
}

func TestContent(t *testing.T) {
	for text, want := range map[string]bool{
		"Tr0ub4dor-3x\n": true, privateKeyPEM: true, "a: b\nc: d\n": true,
		"": false, "changeme": false, "${DB_PASSWORD}": false, "/run/secrets/db": false, "-----BEGIN CERTIFICATE-----\nMII\n-----END CERTIFICATE-----": false,
		"$ANSIBLE_VAULT;1.1;AES256\n6162": false, "db: ENC[AES256_GCM,data:x]\nsops:\n  version: 3\n": false, "age-encryption.org/v1\n-> X25519 x": false,
	} {
		if got := Content(text); got != want {
			t.Errorf("%.20q: got %v, want %v", text, got, want)
		}
	}
}

// FuzzSecret holds that nothing panics, that a found secret is never shown, and that what Values says
// agrees with Variable.
func FuzzSecret(f *testing.F) {
	for _, seed := range []string{"", "x", "postgres://a:b@c", "${A:-b}", "{{", "$(", "'\"", "{\"password\":\"x1y2\"}", "a=b;Password=xyz\x00", "\xff\xfe=", githubToken} {
		f.Add("DB_PASSWORD", seed)
		f.Add(seed, seed)
	}
	f.Fuzz(func(t *testing.T, name, value string) {
		e := Variable(name, value)
		if e.Secret.Found != (len(Values(name, value)) > 0) {
			t.Errorf("Variable and Values disagree about %q=%q", name, value)
		}
		if !e.Secret.Found && e.Value != value {
			t.Errorf("%q=%q became %q", name, value, e.Value)
		}
		FindIn(name, value)
		Content(value)
		Redact(name, []string{value})
	})
}
