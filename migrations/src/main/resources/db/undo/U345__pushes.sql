DROP FUNCTION cleanup_old_pushes;
DROP TABLE integration_pushes;
