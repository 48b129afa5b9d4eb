SELECT 'number whose quality or limit is of no time' AS problem, tenant_id, id
FROM meta_whatsapp_phone_numbers
WHERE (quality_rating <> 'unknown' AND quality_at IS NULL) OR (messaging_limit IS NOT NULL AND limit_at IS NULL);
