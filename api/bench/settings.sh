#!/usr/bin/env bash
# What settings of PostgreSQL that docs/operations.md advises are worth: a dashboard's page, a search and a sum over all orders,
# with each setting as PostgreSQL has it by default and as advised, by turns. Needs pgbench, and the application running as for
# page.sh.
#
#   api/bench/settings.sh [seconds of each turn]
set -euo pipefail
cd "$(dirname "$0")"
seconds=${1:-6}
export PGHOST=${PGHOST:-localhost} PGPORT=${PGPORT:-5440} PGUSER=${PGUSER:-postgres} PGDATABASE=${PGDATABASE:-postgres}

rate() {
    PGOPTIONS="-c customergraph.tenant=demo -c $1" pgbench -n -M prepared -c 2 -j 1 -T "$seconds" -f "$2" 2> /dev/null |
        awk '/^tps/ { print $3 }'
}

printf '%-34s %-8s %12s %12s %6s\n' setting on default advised ratio
for setting in "jit on off" "random_page_cost 4 1.1" "max_parallel_workers_per_gather 2 0" "work_mem 4MB 16MB"; do
    read -r name default advised <<< "$setting"
    for statement in page search sum; do
        d=$(rate "$name=$default" "$statement.sql")
        a=$(rate "$name=$advised" "$statement.sql")
        awk -v n="$name" -v s="$statement" -v d="$d" -v a="$a" \
            'BEGIN { printf "%-34s %-8s %10.1f/s %10.1f/s %6.2f\n", n, s, d, a, a / d }'
    done
done
