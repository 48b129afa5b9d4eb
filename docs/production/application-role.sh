#!/bin/sh
# Makes the role that the application connects as, before the migrations grant it what it needs.
set -eu
psql -v ON_ERROR_STOP=1 -v password="$(cat /run/secrets/app_password)" -U "$POSTGRES_USER" -d "$POSTGRES_DB" <<'SQL'
CREATE ROLE customergraph_app LOGIN PASSWORD :'password';
SQL
