#!/usr/bin/env bash
# How many instructions a token of a batch costs, counted by callgrind: the same at every run, whatever else the machine does. What is learned of the first tokens
# is left out: it is the difference between many tokens and more. In brackets: without the SHA-256 block function, whose instructions for SHA-256 itself (SHA-NI)
# valgrind doesn't know, so that it counts many times those that run.
# To be compared with docs/performance.md by hand; it passes and fails nothing.
#
#   cargo build --release && benches/batch.sh [PROGRAM …]
#
# Without PROGRAM: target/release/jwtsess, which has to keep its symbols for the brackets: CARGO_PROFILE_RELEASE_STRIP=false. Needed: valgrind.
set -euo pipefail
[ $# -gt 0 ] || set -- "$(dirname "${BASH_SOURCE[0]}")/../target/release/jwtsess"

few=1000 many=4000 now=1800000000
home=$(mktemp -d)
trap 'rm -rf "$home"' EXIT
clean=(env -i "HOME=$home" S=0123456789abcdef0123456789abcdef)
# All instructions of a call, and those of the block function.
count() {
  "${clean[@]}" valgrind --tool=callgrind --callgrind-out-file="$home/out" "$@" 2>&1 >/dev/null | sed -n 's/.*Collected : //p'
  callgrind_annotate --threshold=100 "$home/out" | sed -n 's/^ *\([0-9,]*\) .*sha2::sha256::.*compress.*/\1/p' | tr -d , | head -n 1
}

for program; do
  printf '%s\n' "$program"
  for shape in "$home/few $few" "$home/many $many"; do
    read -r file count <<<"$shape"
    for ((line = 0; line < count; line++)); do
      printf '{"sub":"user%d","jti":"00000000-0000-4000-8000-%012d","iss":"https://auth.example.com","n":%d}\n' $((line % 977)) "$line" $((line * 7))
    done >"$file.jsonl"
    "${clean[@]}" "$program" issue --batch --now $now --profile plain --secret env:S <"$file.jsonl" >"$file.tokens" 2>/dev/null
  done
  row() {
    local name=$1 kind=$2 fewer more
    shift 2
    mapfile -t fewer < <(count "$program" "$@" --now $now --secret env:S <"$home/few.$kind")
    mapfile -t more < <(count "$program" "$@" --now $now --secret env:S <"$home/many.$kind")
    local all=$(((more[0] - fewer[0]) / (many - few))) hashing=$(((${more[1]:-0} - ${fewer[1]:-0}) / (many - few)))
    printf '  %-36s %8d (%d)\n' "$name" $all $((all - hashing))
  }
  row 'verify --batch' tokens verify --batch
  row 'verify --batch --json' tokens --json verify --batch
  row 'verify --batch --columns sub,jti,exp' tokens verify --batch --columns sub,jti,exp
  row 'verify --batch --columns sub,exp' tokens verify --batch --columns sub,exp
  row 'verify --batch --summary' tokens verify --batch --summary
  row 'inspect --batch' tokens inspect --batch
  row 'inspect --batch --json' tokens --json inspect --batch
  "${clean[@]}" "$program" session init --store "$home/store" >/dev/null
  row 'verify --batch --store' tokens verify --batch --store "$home/store"
  row 'issue --batch' jsonl issue --batch --profile plain
  row 'issue --batch --json' jsonl --json issue --batch --profile plain
done
