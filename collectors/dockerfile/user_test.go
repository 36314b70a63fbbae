package dockerfile

import (
	"fmt"
	"testing"
)

// user writes the final stage's user in one line.
func user(f Dockerfile) string {
	u := f.Stages[f.Final].User
	if !u.Known {
		return fmt.Sprintf("unknown from %s: %s", u.From, u.Reason)
	}
	s := fmt.Sprintf("%q from %s", u.Name, u.From)
	if u.Root {
		s += " root"
	}
	if u.Numeric {
		s += " numeric"
	}
	return s
}

func TestUser(t *testing.T) {
	for _, tt := range []struct{ text, want string }{
		{"FROM debian", `"root" from base root`},
		{"FROM debian\nUSER app", `"app" from this`},
		{"FROM debian\nUSER 10001:10001", `"10001" from this numeric`},
		{"FROM debian\nUSER root", `"root" from this root`},
		{"FROM debian\nUSER app\nUSER root", `"root" from this root`},
		{"FROM debian\nUSER root\nUSER app", `"app" from this`},
		{"FROM debian\nUSER 0", `"0" from this root numeric`},
		{"FROM debian\nUSER 00:1000", `"00" from this root numeric`},
		{"FROM debian\nUSER 0:0", `"0" from this root numeric`},
		{"FROM debian\nUSER root:app", `"root" from this root`},
		{"FROM debian\nUSER :1000", `"" from this root`},
		{"FROM debian\nUSER 'root'", `"root" from this root`},
		{"FROM debian\nUSER \"\"", `"" from this root`},
		{"FROM debian\nuser app", `"app" from this`},
		{"FROM debian\nUSER app # not root", `"app # not root" from this`},
		{"FROM debian\nUSER root # for now", `"root # for now" from this root`},
		{"FROM debian\nUSER \\\n  # a comment\n  root", `"root" from this root`},
		{"FROM debian AS a\nUSER app\nFROM debian", `"root" from base root`},
		{"FROM debian AS a\nUSER app\nFROM a", `"app" from stage`},
		{"FROM debian AS a\nUSER app\nFROM A AS b\nFROM b", `"app" from stage`},
		{"FROM debian AS a\nUSER root\nFROM a\nUSER 7", `"7" from this numeric`},
		{"FROM debian AS a\nUSER app\nFROM a\nUSER 0", `"0" from this root numeric`},
		{"ARG S=a\nFROM debian AS a\nUSER app\nFROM ${S}", `"app" from stage`},
		{"FROM debian AS debian\nUSER app\nFROM debian", `"app" from stage`},
		{"FROM a AS a\nUSER app\nFROM debian", `"root" from base root`},
		{"FROM nobody/knows", "unknown from base: the default user of the image nobody/knows is not known"},
		{"FROM nobody/knows\nUSER 3", `"3" from this numeric`},
		{"FROM mcr.microsoft.com/dotnet/aspnet:8.0 AS base\nUSER $APP_UID\nFROM base AS final", `"1654" from stage numeric`},
		{"FROM mcr.microsoft.com/dotnet/aspnet:6.0\nUSER $APP_UID", "unknown from this: the variable APP_UID is set nowhere in the stage"},
		{"FROM grafana/grafana:11", `"472" from base numeric`},
		{"FROM gcr.io/distroless/static:nonroot", `"65532" from base numeric`},
		{"FROM gcr.io/distroless/cc-debian12:nonroot-amd64@sha256:1111111111111111111111111111111111111111111111111111111111111111", `"65532" from base numeric`},
		{"FROM gcr.io/distroless/static", `"root" from base root`},
		{"ARG T\nFROM gcr.io/distroless/static:$T", "unknown from base: the base image gcr.io/distroless/static:$T depends on T, which has no value"},
		{"FROM gcr.io/distroless/static:debug", `"root" from base root`},
		{"FROM cgr.dev/chainguard/static", `"65532" from base numeric`},
		{"FROM mirror.example/proxy/library/debian:12", `"root" from base root`},
		{"FROM debian AS a-arm64\nUSER 5\nFROM debian AS a-amd64\nUSER 5\nFROM a-$TARGETARCH", `"5" from stage numeric`},
		{"FROM debian AS a-arm64\nUSER 5\nFROM debian AS a-amd64\nFROM a-${TARGETARCH}", "unknown from base: the base image a-${TARGETARCH} depends on TARGETARCH, which has no value"},
		{"FROM scratch", `"root" from base root`},
		{"FROM scratch\nUSER $X", `"" from this root`},
		{"FROM debian\nUSER $X", "unknown from this: the variable X is set nowhere in the stage"},
		{"FROM debian\nARG U\nUSER $U", "unknown from this: the build argument U has no value"},
		{"FROM debian\nARG U=app\nUSER $U", `"app" from this`},
		{"FROM debian\nARG U=0\nUSER ${U}", `"0" from this root numeric`},
		{"FROM debian\nARG G\nUSER app:$G", `"app" from this`},
		{"FROM debian\nARG U\nUSER ${U:-app}", `"app" from this`},
		{"FROM debian\nARG U\nUSER ${U:-root}", `"root" from this root`},
		{"FROM debian\nARG U\nUSER ${U:?who}", "unknown from this: the build argument U has no value"},
		{"FROM debian\nARG U=app-x\nUSER ${U%-x}", `"app" from this`},
		{"FROM debian\nARG U=app\nUSER ${U:+root}", `"root" from this root`},
		{"ARG U=app\nFROM debian\nUSER $U", "unknown from this: the variable U is set nowhere in the stage"},
		{"ARG U=app\nFROM debian\nARG U\nUSER $U", `"app" from this`},
		{"ARG U=app\nFROM debian\nARG U=root\nUSER $U", `"root" from this root`},
		{"FROM debian\nARG GIVEN=app\nUSER $GIVEN", `"10001" from this numeric`},
		{"ARG GIVEN\nFROM debian\nARG GIVEN\nUSER $GIVEN", `"10001" from this numeric`},
		{"FROM debian\nARG U=1\nARG U=0\nUSER $U", `"0" from this root numeric`},
		{"FROM debian\nARG U=0\nENV U=5\nUSER $U", `"5" from this numeric`},
		{"FROM debian\nENV U=5\nENV U=0 V=$U\nUSER $V", `"5" from this numeric`},
		{"FROM debian AS a\nARG U=9\nFROM a\nUSER $U", `"9" from this numeric`},
		{"FROM debian AS a\nARG U=9\nFROM debian\nUSER $U", "unknown from this: the variable U is set nowhere in the stage"},
		{"FROM debian\nARG A\nENV U=$A\nUSER $U", "unknown from this: the value of the variable U is not known"},
		{"FROM debian\nUSER ${U", `unknown from this: "${U" cannot be expanded`},
		{"FROM debian\nRUN useradd -o -u 0 admin\nUSER admin", `"admin" from this root`},
		{"FROM debian\nRUN useradd -u 1000 admin\nUSER admin", `"admin" from this`},
		{"FROM debian AS a\nONBUILD USER root\nUSER app\nFROM a", `"root" from onbuild root`},
		{"FROM debian AS a\nONBUILD USER root\nUSER app\nFROM a\nUSER app", `"app" from this`},
		{"FROM debian AS a\nONBUILD USER root\nUSER app\nFROM a AS b\nUSER app\nFROM b", `"app" from stage`},
		{"# escape=`\nFROM debian\nUSER `\nroot", `"root" from this root`},
		{"FROM debian\nRUN <<EOF\nUSER root\nEOF\nUSER app", `"app" from this`},
		{"FROM debian\nUSER app\nRUN echo \\\nUSER root", `"app" from this`},
		{"FROM debian\nUSER ContainerAdministrator", `"ContainerAdministrator" from this root`},
	} {
		f, _, err := collect(tt.text+"\n", map[string]string{"GIVEN": "10001"})
		if err != nil {
			t.Errorf("%q: %v", tt.text, err)
			continue
		}
		if got := user(f); got != tt.want {
			t.Errorf("%q:\n got %s\nwant %s", tt.text, got, tt.want)
		}
	}
}
