#!/usr/bin/env bash
# What the action does once pgtwin is installed: verifies one shard, or holds it against other SQL, and tells the workflow
# what came of it. Reads PGTWIN, MIGRATIONS, RELEASE, FROM, ALLOWED, FOR, SAMPLES, SEED, SHARD, OUT and ARTIFACT; ends
# with the status of `verify` or `diff`.
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

if [[ -z $FROM ]]; then
  [[ -z $ALLOWED ]] || refuse "allowed goes with from: the model allows nothing"
  options=(verify --migrations "$MIGRATIONS")
  [[ -z $RELEASE ]] || options+=(--release "$RELEASE")
else
  [[ -z $RELEASE ]] || refuse "release and from exclude each other"
  options=(diff --from "$FROM" --to "$MIGRATIONS")
  [[ -z $ALLOWED ]] || options+=(--allowed "$ALLOWED")
fi
options+=(--seed "$((10#$SEED + index - 1))" --out "$OUT")
if [[ -n $SAMPLES ]]; then options+=(--samples "$SAMPLES"); else options+=(--for "$FOR"); fi

text=$(mktemp)
node "$PGTWIN/bin/pgtwin.js" "${options[@]}" --json "$OUT/report.json" --junit "$OUT/junit.xml" 2>&1 |
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
((status == 0)) || echo "::error title=pgtwin::$(grep -m 1 '^The SQL differs\|never reached\| behaves differently from ' "$text"); the page is in the artifact $artifact"
exit "$status"
