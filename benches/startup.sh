#!/usr/bin/env bash
# How many instructions a call executes from its start to its end, counted by callgrind: the same at every run, whatever else the machine does.
# To be compared with benches/startup.md by hand; it passes and fails nothing.
#
#   cargo build --release && benches/startup.sh [PROGRAM …]
#   PROFILE=1 benches/startup.sh PROGRAM          where the instructions of `verify` go; build it with CARGO_PROFILE_RELEASE_STRIP=false
#
# Without PROGRAM: target/release/jwtsess. Needed: valgrind.
set -euo pipefail
[ $# -gt 0 ] || set -- "$(dirname "${BASH_SOURCE[0]}")/../target/release/jwtsess"

tokens=2000
home=$(mktemp -d)
trap 'rm -rf "$home"' EXIT
# A home with no config file and no store, and nothing of the environment but the secret.
clean=(env -i "HOME=$home" S=0123456789abcdef0123456789abcdef)
count() {
  "${clean[@]}" valgrind --tool=callgrind --callgrind-out-file="$home/out" "$@" 2>&1 >"$home/answer" | sed -n 's/.*Collected : //p'
}

for program; do
  # The claims of `issue --user alice` under sliding, with times and ids that stay: the same token from every build.
  token=$("${clean[@]}" "$program" encode --secret env:S '{"sub":"alice","iat":1700000000,"exp":4102444800,"jti":"00000000-0000-4000-8000-000000000001","auth_time":1700000000,"sid":"00000000-0000-4000-8000-000000000002"}')
  verify=(verify "$token" --secret env:S)
  printf '%s\n' "$program"
  if [ -n "${PROFILE-}" ]; then
    count "$program" "${verify[@]}" >/dev/null
    callgrind_annotate "$home/out" | sed -n '/Ir *file:function/,$p' | head -n 40
    continue
  fi
  row() { printf '  %-34s %11s\n' "$1" "$2"; }
  row '--version' "$(count "$program" --version)"
  alone=$(count "$program" "${verify[@]}")
  row 'verify TOKEN --secret env:S' "$alone"
  row '--json verify TOKEN --secret env:S' "$(count "$program" --json verify "$token" --secret env:S)"
  row 'inspect TOKEN --secret env:S' "$(count "$program" inspect "$token" --secret env:S)"
  row 'key show KEY' "$("${clean[@]}" "$program" key generate --out "$home/key" >/dev/null 2>&1 && count "$program" key show "$home/key")"
  row 'verify --help' "$(count "$program" verify --help)"
  for ((line = 0; line < tokens; line++)); do printf "%s\n" "$token"; done >"$home/tokens"
  batch=$(count "$program" verify --batch --now 1800000000 --secret env:S <"$home/tokens")
  row "verify --batch, a token of $tokens" $(((batch - alone) / tokens))
done
