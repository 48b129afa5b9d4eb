SELECT 'partner secret whose key is another than it says' AS problem, provider::text, field, key_id
FROM partner_secrets
WHERE key_id <> ((get_byte(ciphertext, 1)::bigint << 24) | (get_byte(ciphertext, 2) << 16) | (get_byte(ciphertext, 3) << 8)
                 | get_byte(ciphertext, 4));
