SELECT 'everybody may analyse tables' AS problem
WHERE EXISTS (SELECT FROM pg_proc p, aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) AS a
              WHERE p.oid = 'analyze_grown_tables()'::regprocedure AND a.grantee = 0);
