DROP FUNCTION partner_profiles;
DROP TABLE partner_secrets;
DROP TABLE partner_configurations;
