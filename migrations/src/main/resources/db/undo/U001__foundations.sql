-- Extensions and the application's role stay: others may use them.
DROP PROCEDURE isolate_by_tenant;
DROP DOMAIN assurance;
DROP DOMAIN currency_code;
DROP DOMAIN source_type;
