#!/usr/bin/env bash
# How fast a dashboard's page is, as a ratio to what PostgreSQL alone can do: the page as one prepared statement (pgbench)
# and as a GraphQL request with security, limits and row-level security on (wrk), by turns, in one run on one machine.
# Needs pgbench and wrk (Debian: apt-get install postgresql-contrib wrk), and the application running on a demo of the size
# to be measured; docs/performance.md has the command.
#
#   api/bench/page.sh [seconds of each turn]
set -euo pipefail
cd "$(dirname "$0")"
seconds=${1:-15}
url=${CUSTOMERGRAPH_URL:-http://localhost:8080/graphql}
key=${CUSTOMERGRAPH_KEY:-demo-dashboard}
export PGHOST=${PGHOST:-localhost} PGPORT=${PGPORT:-5440} PGUSER=${PGUSER:-postgres} PGDATABASE=${PGDATABASE:-postgres}

for tool in pgbench wrk python3 curl; do
    command -v "$tool" > /dev/null || { echo "$tool is missing; see the head of this file" >&2; exit 1; }
done

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 - ../../schema/src/main/resources/operations/CustomerPage.graphql > "$work/request.json" <<'PYTHON'
import json, sys
print(json.dumps({"query": open(sys.argv[1]).read(), "variables": {"first": 50}}))
PYTHON
cat > "$work/request.lua" <<LUA
wrk.method = "POST"
wrk.headers["Content-Type"] = "application/json"
wrk.headers["X-API-Key"] = "$key"
local file = io.open("$work/request.json")
wrk.body = file:read("*a")
file:close()
LUA

answer() { curl -sf -H 'Content-Type: application/json' -H "X-API-Key: $key" -d @"$work/request.json" "$url"; }
answer > "$work/answer.json"
if grep -q '"errors"' "$work/answer.json"; then head -c 500 "$work/answer.json" >&2; exit 1; fi
echo "an answer has $(wc -c < "$work/answer.json") bytes"

floor() { pgbench -n -M prepared -c 8 -j 1 -T "$1" -f page.sql 2> /dev/null | awk '/^tps/ { print $3 }'; }
page() { wrk -t1 -c8 -d"$1"s -s "$work/request.lua" "$url" > "$work/wrk.txt"
    if grep -q 'Non-2xx' "$work/wrk.txt"; then cat "$work/wrk.txt" >&2; exit 1; fi
    awk '/^Requests\/sec/ { print $2 }' "$work/wrk.txt"; }

page 60 > /dev/null
floor 3 > /dev/null
for turn in 1 2 3; do
    f=$(floor "$seconds")
    p=$(page "$seconds")
    awk -v f="$f" -v p="$p" -v t="$turn" 'BEGIN { printf "turn %d: one statement %.0f/s, GraphQL %.0f/s, ratio %.2f\n", t, f, p, p / f }'
done
