#!/usr/bin/env bash
# Compares `verify --batch` with other programs in one run on one machine: the same HS256 tokens, three rounds in turn, the median of each. Only the ratios of one
# run mean something.
#
#   cargo build --profile dist && benches/compare/run.sh [PROGRAM]
#
# Without PROGRAM: target/dist/jwtsess. Needed: openssl; node with npm for fast-jwt and jose, python3 with venv for PyJWT, a C compiler with libjwt's headers
# (libjwt-dev), latchset's jose, jwt-cli as `jwt`: what is not there is left out. The last two start a process for each token, which has to be valid for them, too.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
program=${1-$here/../../target/dist/jwtsess}
secret=0123456789abcdef0123456789abcdef
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export HOME=$work S=$secret

cp "$here"/verify.* "$work"
peers=()
if command -v npm >/dev/null; then
  (cd "$work" && npm install --silent --no-audit --no-fund fast-jwt@6.3.6 jose@6.2.18 >/dev/null) && peers+=(fast-jwt jose)
fi
if command -v python3 >/dev/null && python3 -m venv "$work/venv" 2>/dev/null; then
  "$work/venv/bin/pip" --quiet --disable-pip-version-check install PyJWT==2.15.1 && peers+=(PyJWT)
fi
if "${CC-cc}" -O2 -o "$work/verify-libjwt" "$work/verify.c" -ljwt 2>/dev/null; then peers+=(libjwt); fi
if command -v jose >/dev/null; then peers+=(latchset-jose); fi
if jwt --version 2>/dev/null | grep -q '^jwt 6'; then peers+=(jwt-cli); fi

# Many tokens for what is fast, few for what is not: each figure is a rate.
many=${MANY-500000} few=${FEW-20000} fewest=200
for ((line = 0; line < many; line++)); do
  printf '{"sub":"user%d","jti":"00000000-0000-4000-8000-%012d","n":%d}\n' $((line % 977)) "$line" $((line * 7))
done | "$program" issue --batch --ttl 1d --profile plain --secret env:S 2>/dev/null >"$work/many"
head -n "$few" "$work/many" >"$work/few"
head -n "$fewest" "$work/many" >"$work/fewest"
printf '{"kty":"oct","k":"%s"}' "$(printf %s "$secret" | base64 -w 0 | tr '+/' '-_' | tr -d =)" >"$work/key.jwk"

# Tokens a second.
rate() {
  local count=$1 input=$2 begin end
  shift 2
  begin=$(date +%s%N)
  "$@" <"$input" >/dev/null
  end=$(date +%s%N)
  echo $((count * 1000000000 / (end - begin)))
}
# Each token by a process of its own.
by_jose() { while read -r token; do printf %s "$token" | jose jws ver -i - -k "$work/key.jwk" -O -; done; }
by_jwt_cli() { while read -r token; do jwt decode -S "$secret" "$token"; done; }
one() {
  case $1 in
    openssl) openssl speed -seconds 1 -bytes 200 -hmac sha256 2>/dev/null | awk '/^hmac/ { sub("k", "", $2); print int($2 * 1000 / 200) }' ;;
    json) rate "$many" "$work/many" taskset -c 0 "$program" --json verify --batch --secret env:S ;;
    columns) rate "$many" "$work/many" taskset -c 0 "$program" verify --batch --columns sub,jti,exp --secret env:S ;;
    all-cores) rate "$many" "$work/many" "$program" --json verify --batch --secret env:S ;;
    issue) rate "$few" <(for ((i = 0; i < few; i++)); do echo '{"sub":"alice"}'; done) taskset -c 0 "$program" issue --batch --profile plain --secret env:S ;;
    libjwt) rate "$few" "$work/few" taskset -c 0 "$work/verify-libjwt" "$secret" ;;
    latchset-jose) rate "$fewest" "$work/fewest" by_jose ;;
    jwt-cli) rate "$fewest" "$work/fewest" by_jwt_cli ;;
    PyJWT) rate "$few" "$work/few" "$work/venv/bin/python3" "$work/verify.py" "$secret" ;;
    *) rate "$few" "$work/few" node "$work/verify.mjs" "$1" "$secret" ;;
  esac
}
what=(openssl json columns all-cores issue "${peers[@]}")
for round in 1 2 3; do
  for name in "${what[@]}"; do one "$name" >>"$work/rate-$name"; done
done
median() { sort -n "$work/rate-$1" | sed -n 2p; }
raw=$(median openssl) lean=$(median columns)
printf '%-14s %12s %11s  %s\n' what tokens/s 'of openssl' 'columns is'
for name in "${what[@]}"; do
  awk -v name="$name" -v rate="$(median "$name")" -v raw="$raw" -v lean="$lean" 'BEGIN { printf "%-14s %12d %11.4f  %.1f x\n", name, rate, rate / raw, lean / rate }'
done
