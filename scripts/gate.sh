#!/usr/bin/env bash
# What the action does once pgtwin is installed: verifies one shard, and tells the workflow what came of it.
# Reads PGTWIN, MIGRATIONS, RELEASE, FOR, SAMPLES, SEED, SHARD, OUT and ARTIFACT; ends with the status of `verify`.
set -uo pipefail

refuse() {
  echo "::error title=pgtwin::$1"
  exit 2
}

[[ $SHARD =~ ^([0-9]{1,4})/([0-9]{1,4})$ ]] || refuse "shard $SHARD: expected one of how many, such as 2/4"
index=$((10#${BASH_REMATCH[1]}))
total=$((10#${BASH_REMATCH[2]}))
((index >= 1 && index <= total)) || refuse "shard $SHARD: there is no such shard"
[[ $SEED =~ ^[0-9]{1,15}$ ]] || refuse "seed $SEED: expected a whole number"

artifact=$ARTIFACT
((total == 1)) || artifact=$ARTIFACT-$index-of-$total
echo "artifact=$artifact" >>"$GITHUB_OUTPUT"

options=(--migrations "$MIGRATIONS" --seed "$((10#$SEED + index - 1))" --out "$OUT")
[[ -z $RELEASE ]] || options+=(--release "$RELEASE")
if [[ -n $SAMPLES ]]; then options+=(--samples "$SAMPLES"); else options+=(--for "$FOR"); fi

text=$(mktemp)
node "$PGTWIN/bin/pgtwin.js" verify "${options[@]}" --json "$OUT/report.json" --junit "$OUT/junit.xml" 2>&1 |
  tee "$text"
status=${PIPESTATUS[0]}

if ((status < 2)); then
  node "$PGTWIN/scripts/gate-outputs.mjs" "$OUT/report.json" >>"$GITHUB_OUTPUT"
else
  refuse "$(tail -n 1 "$text")"
fi
{
  echo '```text'
  cat "$text"
  echo '```'
} >>"$GITHUB_STEP_SUMMARY"
((status == 0)) || echo "::error title=pgtwin::$(grep -m 1 '^The SQL differs\|never reached' "$text"); the page is in the artifact $artifact"
exit "$status"
