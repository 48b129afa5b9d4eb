UPDATE webhook_access_logs SET purpose = 'read' WHERE purpose = 'erase';
ALTER TABLE webhook_access_logs DROP CONSTRAINT webhook_access_logs_purpose_check;
ALTER TABLE webhook_access_logs ADD CONSTRAINT webhook_access_logs_purpose_check
    CHECK (purpose IN ('process', 'read', 'replay', 'delete'));
REVOKE DELETE ON record_tombstones FROM customergraph_app;
DROP FUNCTION forget_match_evidence(uuid[], uuid[]);
DROP TRIGGER match_decisions_withdrawn_once ON match_decisions;
CREATE TRIGGER match_decisions_withdrawn_once BEFORE UPDATE ON match_decisions
    FOR EACH ROW WHEN (OLD.withdrawn_at IS NOT NULL) EXECUTE FUNCTION keep_decisions();
DROP FUNCTION tenants_with_due_privacy_requests();
DROP TABLE privacy_requests;
DROP TABLE erased_identities;
DROP TABLE erasure_keys;
