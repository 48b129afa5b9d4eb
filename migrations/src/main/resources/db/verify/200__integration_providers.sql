SELECT 'provider of MENA whose first language is not Arabic' AS problem, provider::text
FROM integration_providers
WHERE is_mena_provider AND primary_locale <> 'ar';

SELECT 'way to pay that is no capability' AS problem, provider::text
FROM integration_providers
WHERE NOT payment_capabilities <@ capabilities;
