-- The role and the extensions stay: other databases of the server, and other schemas, may use them.
DROP PROCEDURE isolate_by_tenant;
DROP DOMAIN assurance;
DROP DOMAIN currency_code;
DROP DOMAIN source_type;
REVOKE USAGE ON SCHEMA public FROM customergraph_app;
