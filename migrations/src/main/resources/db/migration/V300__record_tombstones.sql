-- Records that their source deleted, so that neither a late version of one nor a replay brings it back.
CREATE TABLE record_tombstones (
    tenant_id      text NOT NULL REFERENCES tenants (id),
    record_type    text NOT NULL,
    source_type    source_type NOT NULL,
    source_account text NOT NULL,
    external_id    text NOT NULL,
    -- By the source's clock: versions up to then are of what was deleted.
    deleted_at     timestamptz NOT NULL,
    -- The source gives the id to nothing else ever, so that every version is of what was deleted.
    is_final       boolean NOT NULL,
    -- The id that stands in its place, where the source merged two.
    replaced_by    text,
    recorded_at    timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (tenant_id, record_type, source_type, source_account, external_id)
);
CALL isolate_by_tenant('record_tombstones', 'SELECT, INSERT, UPDATE');

-- Who inserts a record and who deletes it at the same time do not see each other's rows. An insert shares the account's lock
-- to the end of its transaction and then looks whether the record is deleted; a deletion holds the lock alone. What lost the
-- race starts again and is left out. TG_ARGV: the type of record, the expressions of its source and of its id there.
CREATE FUNCTION refuse_deleted_records() RETURNS trigger
LANGUAGE plpgsql AS $$
DECLARE
    is_deleted boolean;
BEGIN
    EXECUTE format($sql$
        SELECT pg_advisory_xact_lock_shared(hashtextextended(concat_ws(' ', 'deleted records', tenant_id, source, source_account), 0))
        FROM (SELECT DISTINCT r.tenant_id, %s AS source, r.source_account FROM new_rows r ORDER BY 1, 2, 3) AS accounts
        $sql$, TG_ARGV[1]);
    EXECUTE format($sql$
        SELECT EXISTS (
            SELECT FROM new_rows r
            JOIN record_tombstones t
                ON t.tenant_id = r.tenant_id AND t.record_type = %L AND t.source_type = %s
               AND t.source_account = r.source_account AND t.external_id = %s
            WHERE t.is_final OR r.updated_at <= t.deleted_at)
        $sql$, TG_ARGV[0], TG_ARGV[1], TG_ARGV[2]) INTO is_deleted;
    IF is_deleted THEN
        RAISE EXCEPTION 'a record was deleted meanwhile' USING ERRCODE = 'serialization_failure';
    END IF;
    RETURN NULL;
END
$$;
CREATE TRIGGER refuse_deleted_records AFTER INSERT ON shopify_products REFERENCING NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_deleted_records('shopify_product', '''shopify''', 'r.shopify_product_id::text');
CREATE TRIGGER refuse_deleted_records AFTER INSERT ON shopify_customers REFERENCING NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_deleted_records('shopify_customer', '''shopify''', 'r.shopify_customer_id::text');
CREATE TRIGGER refuse_deleted_records AFTER INSERT ON shopify_orders REFERENCING NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_deleted_records('shopify_order', '''shopify''', 'r.shopify_order_id::text');
CREATE TRIGGER refuse_deleted_records AFTER INSERT ON support_tickets REFERENCING NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_deleted_records('support_ticket', 'r.source_type', 'r.external_id');
CREATE TRIGGER refuse_deleted_records AFTER INSERT ON appointments REFERENCING NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_deleted_records('appointment', 'r.source_type', 'r.external_id');
CREATE TRIGGER refuse_deleted_records AFTER INSERT ON prospects REFERENCING NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_deleted_records('prospect', 'r.source_type', 'r.external_id');
CREATE TRIGGER refuse_deleted_records AFTER INSERT ON omni_conversations REFERENCING NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_deleted_records('omni_conversation', 'r.source_type', 'r.external_id');
CREATE TRIGGER refuse_deleted_records AFTER INSERT ON transactions REFERENCING NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_deleted_records('transaction', 'r.source_type', 'r.external_id');
CREATE TRIGGER refuse_deleted_records AFTER INSERT ON enrollments REFERENCING NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_deleted_records('enrollment', 'r.source_type', 'r.external_id');
