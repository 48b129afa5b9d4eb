-- Every script here asks for what must not be: a row is a problem, no row is well. No column shows personal data.

SELECT 'table without row-level security' AS problem, c.relname AS table_name
FROM pg_class c
JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'tenant_id' AND NOT a.attisdropped
WHERE c.relnamespace = current_schema::regnamespace
  AND c.relkind IN ('r', 'p')
  AND NOT (c.relrowsecurity AND EXISTS (SELECT FROM pg_policy p WHERE p.polrelid = c.oid));

SELECT 'table, view or function owned by the application''s role' AS problem, d.objid::text AS object_id
FROM pg_shdepend d
WHERE d.dbid = (SELECT oid FROM pg_database WHERE datname = current_database())
  AND d.refclassid = 'pg_authid'::regclass
  AND d.refobjid = 'customergraph_app'::regrole
  AND d.deptype = 'o';

SELECT 'the application''s role passes row-level security' AS problem, rolname::text AS role_name
FROM pg_roles
WHERE rolname = 'customergraph_app' AND (rolsuper OR rolbypassrls);

SELECT 'index that is not valid' AS problem, i.indexrelid::regclass::text AS index_name
FROM pg_index i
JOIN pg_class c ON c.oid = i.indrelid AND c.relnamespace = current_schema::regnamespace
WHERE NOT i.indisvalid;

SELECT 'constraint that was not validated, or is not enforced' AS problem, k.conrelid::regclass::text AS table_name, k.conname::text
FROM pg_constraint k
JOIN pg_class c ON c.oid = k.conrelid AND c.relnamespace = current_schema::regnamespace
WHERE NOT k.convalidated;
