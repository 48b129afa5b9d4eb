SELECT 'call whose path is no template' AS problem, tenant_id, id
FROM integration_api_logs
WHERE path ~ '[?#@]' OR path ~ '[0-9a-fA-F]{8}-' OR path ~ '/[0-9]{3,}';
