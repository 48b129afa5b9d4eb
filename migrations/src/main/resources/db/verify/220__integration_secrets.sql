SELECT 'secret of a disconnected connection' AS problem, s.tenant_id, s.id, s.connection_id
FROM integration_secrets s
JOIN integration_connections c ON c.tenant_id = s.tenant_id AND c.id = s.connection_id
WHERE c.status = 'disconnected';

SELECT 'secret whose key is another than it says' AS problem, tenant_id, id, key_id
FROM integration_secrets
WHERE key_id <> ((get_byte(ciphertext, 1)::bigint << 24) | (get_byte(ciphertext, 2) << 16) | (get_byte(ciphertext, 3) << 8)
                 | get_byte(ciphertext, 4));
