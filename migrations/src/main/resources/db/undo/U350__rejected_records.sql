ALTER TABLE integration_syncs DROP COLUMN rejections;
