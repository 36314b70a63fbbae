package packages

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// line writes a command in one line: manager, action, what is special, then each package as
// name[=version][!] with ! for a pinned one, and its kind where it is no package.
func line(c Command) string {
	all := []string{c.Manager, c.Action}
	for _, f := range []struct {
		on   bool
		text string
	}{{c.Recommends, "+recommends"}, {c.Locked, "+locked"}, {c.AssumeYes, "+yes"}} {
		if f.on {
			all = append(all, f.text)
		}
	}
	for _, r := range c.Packages {
		word := r.Name
		if r.Version != "" {
			word += "=" + r.Version
		}
		if r.Pinned {
			word += "!"
		}
		if r.Kind != "package" {
			word += "(" + r.Kind + ")"
		}
		all = append(all, word)
	}
	if len(c.Unverified) > 0 {
		all = append(all, fmt.Sprint("unverified", c.Unverified))
	}
	return strings.Join(all, " ")
}

func TestParse(t *testing.T) {
	for _, tt := range []struct{ text, want string }{
		{"apt-get update -qq", "apt refresh +yes"},
		{"apt-get -yqq -o Dpkg::Use-Pty=0 install --no-install-recommends curl=7.1 git:amd64=1:2.* vim/stable ./a.deb", "apt install +yes curl=7.1! git=1:2.* vim=stable a.deb!(file)"},
		{"apt-get install -o=APT::Install-Recommends=false -o APT::Get::Assume-Yes=true a", "apt install +yes a"},
		{"apt-get install --install-recommends=no -t bookworm-backports a", "apt install a"},
		{"apt-get install -q=2 a", "apt install +recommends +yes a"},
		{"apt install $PKGS linux-headers-$(uname -r) nginx=${V}", "apt install +recommends $PKGS(unknown) linux-headers-$(uname -r)(unknown) nginx=${V}!"},
		{"apt-get dist-upgrade -y", "apt release-upgrade +yes"},
		{"apt-get build-dep -y x", "apt install +recommends +yes"},
		{"apt-get -s install x", "apt other"},
		{"apt-get --allow-unauthenticated --force-yes -o APT::Get::AllowUnauthenticated=true install x", "apt install +recommends +yes x unverified[APT::Get::AllowUnauthenticated=true --allow-unauthenticated --force-yes]"},
		{"aptitude install -R -y x", "apt install +yes x"},
		{"dpkg -i /tmp/a.deb", "dpkg install +yes a.deb!(file)"},
		{"dpkg --add-architecture i386", "dpkg other +yes"},
		{"dpkg -l x", "dpkg other +yes"},
		{"apk --no-cache add -t .build-deps gcc=1.2-r0 musl~1 ~x git~=2 a@edge py>1 x.apk .run", "apk install +yes gcc=1.2-r0! musl=~1 =~x git=~=2 a py=>1 x.apk!(file) .run(group)"},
		{"apk add -U --virtual=x --repository http://a b --allow-untrusted", "apk install +yes b unverified[--allow-untrusted]"},
		{"apk del .build-deps", "apk remove +yes .build-deps(group)"},
		{"apk upgrade -a", "apk release-upgrade +yes"},
		{"pacman -Syu --noconfirm git vim=9", "pacman install +yes git vim=9!"},
		{"pacman -Syu --noconfirm", "pacman upgrade +yes"},
		{"pacman -Sy", "pacman refresh"},
		{"pacman -Scc", "pacman clean"},
		{"pacman -Qi x", "pacman other"},
		{
			"dnf -y install httpd-2.4 httpd-2.4.57-5.el9 rpm-sign java-1.8.0-openjdk gcc-toolset-12 dotnet-sdk-8.0 gcc-c++-1.1.1 @core https://x/y.rpm ./z.rpm openssl-1:1.1.1k git-${V}",
			"dnf install +yes httpd=2.4! httpd=2.4.57-5.el9! rpm-sign java-1.8.0-openjdk gcc-toolset-12 dotnet-sdk-8.0 gcc-c++=1.1.1! core(group) https://x/y.rpm(url) z.rpm!(file) openssl=1:1.1.1k! git=${V}!",
		},
		{"dnf --setopt=tsflags=nodocs --setopt *.gpgcheck=0 --nogpgcheck --enablerepo epel in a", "dnf install a unverified[--nogpgcheck *.gpgcheck=0]"},
		{"dnf group install -y 'Development Tools'", "dnf install +yes Development Tools(group)"},
		{"dnf module install -y nodejs:18/common x", "dnf install +yes nodejs=18 x"},
		{"dnf module enable -y nodejs:18", "dnf config +yes"},
		{"dnf update -y", "dnf upgrade +yes"},
		{"yum-config-manager --add-repo https://x", "yum config"},
		{"yum localinstall -y 'a >= 1' b-1*", "yum install +yes a=>= 1 b=1*"},
		{"microdnf -y --nodocs install a", "microdnf install +yes a"},
		{"tdnf install -y a", "dnf install +yes a"},
		{"zypper -n in --no-recommends a=1 b>=2 pattern:devel c", "zypper install +yes a=1! b=>=2 devel(group) c"},
		{"zypper --non-interactive --no-gpg-checks install -t pattern x", "zypper install +recommends +yes x(group) unverified[--no-gpg-checks]"},
		{"zypper dup", "zypper release-upgrade"},
		{"zypper ar -G http://x y", "zypper config unverified[-G]"},
		{"rpm -ivh --nodigest --nosignature https://x/a.rpm", "rpm install +yes https://x/a.rpm(url) unverified[--nodigest --nosignature]"},
		{"rpm -Uvh http://x/a.rpm", "rpm install +yes http://x/a.rpm(url) unverified[http://x/a.rpm]"},
		{"rpm --import https://x", "rpm config +yes"},
		{"rpm -qa", "rpm other +yes"},
		{"pip3.11 install -U pip==1 a[x,y]>=1,<2 b~=1 c===2 d==1.* e f!=2", "pip install +yes pip=1! a=>=1,<2 b=~=1 c=2! d=1.* e f=!=2"},
		{"pip install -r requirements.txt -c c.txt x", "pip install +locked +yes requirements.txt!(file) x"},
		{"pip install -e . . ./x y.whl foo/bar .[dev]", "pip install +yes .!(file) .!(file) x!(file) y.whl!(file) bar!(file) .[dev]!(file)"},
		{
			"pip install git+https://h/r.git@0123456789abcdef0123456789abcdef01234567#egg=r git+ssh://git@h/r.git@v1 git+ssh://git@h/r.git https://h/a.zip#sha256=aa",
			"pip install +yes r=0123456789abcdef0123456789abcdef01234567!(url) git+ssh://git@h/r.git@v1=v1(url) git+ssh://git@h/r.git(url) https://h/a.zip#sha256=aa=aa!(url)",
		},
		{"pip --no-cache-dir install --trusted-host h -i http://h/simple --require-hashes a", "pip install +locked +yes a unverified[--trusted-host=h]"},
		{"python3 -u -m pip install a", "pip install +yes a"},
		{"python3 app.py -m pip", ""},
		{"pip config set global.trusted-host h", "pip config +yes unverified[trusted-host=h]"},
		{"pip cache purge", "pip clean +yes"},
		{"pip list", "pip other +yes"},
		{"uv pip install --system a==1", "pip install +yes a=1!"},
		{"uv sync --locked", "pip install +locked +yes"},
		{"uv tool install ruff@0.4.1", "pip install +yes ruff=0.4.1!"},
		{"pipx install black", "pip install +yes black"},
		{"poetry install --no-root", "poetry install +locked +yes"},
		{
			"npm i -g npm@10.2.3 a@^1 b@latest @s/c @s/d@1.0.0 e@1 ./x y.tgz u/r git+https://h/r#0123abcdef g@npm:h@1.2.3",
			"npm install +yes npm=10.2.3! a=^1 b=latest @s/c @s/d=1.0.0! e=1 x!(file) y.tgz!(file) u/r(url) git+https://h/r#0123abcdef=0123abcdef!(url) g=npm:h@1.2.3!",
		},
		{"npm install --unsafe-perm true --registry http://x a", "npm install +yes a"},
		{"npm ci --omit=dev", "npm install +locked +yes"},
		{"npm run install x", "npm other +yes"},
		{"npm config set strict-ssl false", "npm config +yes unverified[strict-ssl=false]"},
		{"npm set strict-ssl=false", "npm config +yes unverified[strict-ssl=false]"},
		{"npm --strict-ssl=false ci", "npm install +locked +yes unverified[strict-ssl=false]"},
		{"npm cache clean --force", "npm clean +yes"},
		{"yarn", "yarn install +yes"},
		{"yarn --version", "yarn other +yes"},
		{"yarn --frozen-lockfile --network-timeout 100000", "yarn install +locked +yes"},
		{"yarn global add a@1.2.3 b", "yarn install +yes a=1.2.3! b"},
		{"yarn workspace x add y", "yarn install +yes y"},
		{"yarn cache clean", "yarn clean +yes"},
		{"pnpm add -g a@2", "pnpm install +yes a=2"},
		{"pnpm fetch --prod", "pnpm download +locked +yes"},
		{"gem install rails:7.1.0 --no-document x -v '~> 2' -- --with-y", "gem install +yes rails=7.1.0! x=~> 2"},
		{"bundle install --deployment -j 4", "bundle install +locked +yes"},
		{"composer require a/b:1.2.3 c/d", "composer install +yes a/b=1.2.3! c/d"},
		{"composer install --no-dev", "composer install +locked +yes"},
		{"go install -ldflags '-s -w' example.com/a/cmd/...@v1.2.3 example.com/b@latest example.com/c ./d e", "go install +yes example.com/a/cmd/...=v1.2.3! example.com/b=latest example.com/c d!(file) e!(file)"},
		{"go get -d -v ./...", "go install +yes ...!(file)"},
		{"go run example.com/a@v1.2.3 -x y", "go download +yes example.com/a=v1.2.3!"},
		{"go mod download", "go download +locked +yes"},
		{"go build ./cmd/x", "go build +yes"},
		{"cargo +stable install --locked ripgrep@14.1.0 fd --root /x", "cargo install +locked +yes ripgrep=14.1.0! fd"},
		{"cargo install --git https://h/r --rev 0123abc r", "cargo install +yes r=0123abc!(url)"},
		{"cargo install --path .", "cargo install +yes .!(file)"},
		{"cargo install x --version ^1", "cargo install +yes x=^1"},
		{"cargo build --release", "cargo build +yes"},
		{"notdnf install x", ""},
		{"apt-get", "apt other"},
		{"apt-get -o", "apt other"},
		{"pip install -r", "pip install +yes .!(file)"},
	} {
		words := split(tt.text)
		c, ok := Parse(words[0], words[1:])
		got := line(c)
		if !ok {
			got = ""
		}
		if diff := cmp.Diff(tt.want, got); diff != "" {
			t.Errorf("%s:\n%s", tt.text, diff)
		}
	}
}

// split splits at blanks outside of single quotes and parentheses.
func split(text string) []string {
	var words []string
	quoted, depth := false, 0
	word := ""
	for _, r := range text {
		switch {
		case r == '\'':
			quoted = !quoted
			continue
		case r == '(':
			depth++
		case r == ')':
			depth--
		case r == ' ' && !quoted && depth == 0:
			words = append(words, word)
			word = ""
			continue
		}
		word += string(r)
	}
	return append(words, word)
}

func TestAptSettings(t *testing.T) {
	for _, tt := range []struct {
		text string
		want Settings
	}{
		{`APT::Install-Recommends "false";`, Settings{Recommends: "false"}},
		{`APT::Install-Recommends "0"; APT::Install-Suggests "0";`, Settings{Recommends: "false"}},
		{`APT::Get::Assume-Yes "true";\nAPT::Install-Recommends no;\n`, Settings{Recommends: "false", Yes: "true"}},
		{`Binary::apt::APT::Keep-Downloaded-Packages "true";`, Settings{Keep: "true"}},
		{`Acquire::https::Verify-Peer=false`, Settings{Unverified: []string{"Acquire::https::Verify-Peer=false"}}},
		{`Acquire::Retries "3";`, Settings{}},
		{"nothing", Settings{}},
	} {
		if diff := cmp.Diff(tt.want, AptSettings(tt.text)); diff != "" {
			t.Errorf("%s: %s", tt.text, diff)
		}
	}
}

func FuzzParse(f *testing.F) {
	for _, s := range []string{"apt-get -o", "pip install a[", "dnf in -", "npm i @", "zypper in =", "yarn global", "go run", "python -m pip", "apk add ~", "rpm -", "uv pip", "cargo +"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		words := strings.Fields(text)
		if len(words) == 0 {
			return
		}
		c, ok := Parse(words[0], words[1:])
		if ok && (c.Manager == "" || c.Action == "") {
			t.Errorf("%q: %+v", text, c)
		}
		for _, r := range c.Packages {
			if r.Kind == "" {
				t.Errorf("%q: %+v", text, r)
			}
		}
		AptSettings(text)
	})
}
