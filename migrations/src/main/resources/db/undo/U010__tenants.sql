DROP TABLE audit_log;
DROP FUNCTION authenticate_api_key;
DROP TABLE api_keys;
DROP TABLE tenants;
