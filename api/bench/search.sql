SELECT c.id, c.first_name, c.last_name
FROM search_customers('mohamed alharbi', 1000) s
JOIN customers c ON c.tenant_id = 'demo' AND c.id = s.customer_id
WHERE c.status <> 'merged'
ORDER BY s.rank DESC, c.id DESC
LIMIT 51;
