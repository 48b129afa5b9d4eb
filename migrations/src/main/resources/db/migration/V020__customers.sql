-- One row per person per tenant: the unified profile.
CREATE TABLE customers (
    tenant_id                text NOT NULL REFERENCES tenants (id),
    id                       uuid NOT NULL,
    first_name               text,
    last_name                text,
    -- The primary e-mail (normalised) and phone (E.164). All others are in customer_identifiers.
    email                    text,
    phone                    text,
    status                   text NOT NULL DEFAULT 'active' CHECK (status IN ('active', 'inactive', 'merged', 'erased')),
    -- The source that the person was first met in.
    source                   source_type NOT NULL,
    tags                     text[] NOT NULL DEFAULT '{}',
    preferred_contact_method text CHECK (preferred_contact_method IN ('email', 'phone', 'sms', 'whatsapp')),
    language                 text,
    timezone                 text,
    -- Kept by the triggers of V090, never by hand.
    total_appointments       integer NOT NULL DEFAULT 0,
    total_conversations      integer NOT NULL DEFAULT 0,
    total_tickets            integer NOT NULL DEFAULT 0,
    total_orders             integer NOT NULL DEFAULT 0,
    last_contact_at          timestamptz,
    -- Lower-case "last first", kept by the application beside the names, to sort by.
    sort_name                text NOT NULL DEFAULT '',
    merged_into              uuid,
    -- Counts the changes of the profile itself, for optimistic concurrency; statistics do not count.
    version                  bigint NOT NULL DEFAULT 1,
    created_at               timestamptz NOT NULL DEFAULT now(),
    updated_at               timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, merged_into) REFERENCES customers (tenant_id, id),
    CHECK ((status = 'merged') = (merged_into IS NOT NULL))
) WITH (fillfactor = 85);

-- The rule for a living customer's primary e-mail and phone; a merged one keeps its own for the undo.
CREATE UNIQUE INDEX customers_email ON customers (tenant_id, email) WHERE status <> 'merged';
CREATE UNIQUE INDEX customers_phone ON customers (tenant_id, phone) WHERE status <> 'merged';
CREATE INDEX customers_created ON customers (tenant_id, created_at, id) WHERE status <> 'merged';
CREATE INDEX customers_updated ON customers (tenant_id, updated_at, id) WHERE status <> 'merged';
-- A customer never contacted sorts as contacted longest ago; a keyset needs that as a value. By greatest() and not by
-- coalesce(), which PostgreSQL does not know to be leakproof and so would not look up under row-level security.
CREATE INDEX customers_last_contact
    ON customers (tenant_id, greatest(last_contact_at, '-infinity'::timestamptz), id) WHERE status <> 'merged';
CREATE INDEX customers_name ON customers (tenant_id, sort_name, id) WHERE status <> 'merged';
CREATE INDEX customers_status ON customers (tenant_id, status, created_at, id);
CREATE INDEX customers_merged_into ON customers (tenant_id, merged_into) WHERE merged_into IS NOT NULL;
CALL isolate_by_tenant('customers', 'SELECT, INSERT, UPDATE, DELETE');

-- Names, e-mails and phones of a customer in one folded text, for typo-tolerant search. A table of its own, so that the
-- frequent updates of statistics do not rewrite the trigram index.
CREATE TABLE customer_search (
    tenant_id   text NOT NULL,
    customer_id uuid NOT NULL,
    search_text text NOT NULL,
    PRIMARY KEY (tenant_id, customer_id),
    FOREIGN KEY (tenant_id, customer_id) REFERENCES customers (tenant_id, id) ON DELETE CASCADE
);
CREATE INDEX customer_search_trigrams ON customer_search USING gin (tenant_id, search_text gin_trgm_ops);
CALL isolate_by_tenant('customer_search', 'SELECT, INSERT, UPDATE, DELETE');

-- What the customer paid, a row per currency: amounts of two currencies are never added.
CREATE TABLE customer_lifetime_values (
    tenant_id   text NOT NULL,
    customer_id uuid NOT NULL,
    currency    currency_code NOT NULL,
    amount      numeric(19,4) NOT NULL,
    PRIMARY KEY (tenant_id, customer_id, currency),
    FOREIGN KEY (tenant_id, customer_id) REFERENCES customers (tenant_id, id) ON DELETE CASCADE
);
CALL isolate_by_tenant('customer_lifetime_values', 'SELECT, INSERT, UPDATE, DELETE');

-- What a person is known by, when, and how surely.
CREATE TABLE customer_identifiers (
    tenant_id   text NOT NULL,
    id          uuid NOT NULL,
    customer_id uuid NOT NULL,
    kind        text NOT NULL CHECK (kind IN ('email', 'phone', 'shopify_customer_id', 'whatsapp_user_id', 'external_id')),
    -- Where the value means this person: a shop, a helpdesk account, a WhatsApp portfolio. Empty where the value is
    -- global, as e-mail and phone are.
    scope       text NOT NULL DEFAULT '',
    value       text NOT NULL,
    -- The value after the mailbox provider's rules; equals `value` for every other kind.
    canonical   text NOT NULL,
    assurance   assurance NOT NULL,
    -- A value that too many people share, or of a kind that names nobody alone: it is evidence and links nothing.
    is_generic  boolean NOT NULL DEFAULT false,
    -- The people seen with the value: name key -> when first seen (epoch seconds). Bounded by the policy's limit.
    people_seen jsonb NOT NULL DEFAULT '{}',
    source_type source_type NOT NULL,
    record_type text,
    record_id   uuid,
    valid_from  timestamptz NOT NULL,
    valid_to    timestamptz,
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, customer_id) REFERENCES customers (tenant_id, id),
    CHECK (valid_to IS NULL OR valid_to >= valid_from)
);
-- One living owner. This index, and not luck, makes one customer of concurrent records of one person.
CREATE UNIQUE INDEX customer_identifiers_owner
    ON customer_identifiers (tenant_id, kind, scope, value) WHERE valid_to IS NULL AND NOT is_generic;
CREATE UNIQUE INDEX customer_identifiers_generic
    ON customer_identifiers (tenant_id, kind, scope, value, customer_id) WHERE valid_to IS NULL AND is_generic;
CREATE INDEX customer_identifiers_customer ON customer_identifiers (tenant_id, customer_id, valid_from, id);
CREATE INDEX customer_identifiers_canonical
    ON customer_identifiers (tenant_id, kind, canonical) WHERE valid_to IS NULL AND canonical <> value;
CREATE INDEX customer_identifiers_shopify
    ON customer_identifiers (tenant_id, value) WHERE valid_to IS NULL AND kind = 'shopify_customer_id';
CALL isolate_by_tenant('customer_identifiers', 'SELECT, INSERT, UPDATE, DELETE');

-- How each kind of identifier is trusted, per tenant.
CREATE TABLE identifier_policies (
    tenant_id         text NOT NULL REFERENCES tenants (id),
    kind              text NOT NULL,
    -- Lower decides first where a record's identifiers know different customers.
    priority          integer NOT NULL,
    -- More distinct people than this on one value within the window, and the value turns generic.
    max_people        integer NOT NULL CHECK (max_people > 0),
    window_days       integer NOT NULL CHECK (window_days > 0),
    -- Values that never identify anybody, '*' standing for any run of characters: 'info@*'.
    blocked_patterns  text[] NOT NULL DEFAULT '{}',
    unique_per_person boolean NOT NULL DEFAULT true,
    updated_at        timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (tenant_id, kind)
);
CALL isolate_by_tenant('identifier_policies', 'SELECT, INSERT, UPDATE');

-- The shipped defaults, which every new tenant starts from.
CREATE FUNCTION add_default_identifier_policies() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO identifier_policies (tenant_id, kind, priority, max_people, window_days)
    VALUES (NEW.id, 'shopify_customer_id', 10, 1000, 36500),
           (NEW.id, 'whatsapp_user_id', 20, 1000, 36500),
           (NEW.id, 'external_id', 30, 1000, 36500),
           (NEW.id, 'email', 40, 10, 365),
           (NEW.id, 'phone', 50, 10, 365);
    RETURN NULL;
END
$$;
CREATE TRIGGER tenants_default_policies AFTER INSERT ON tenants
    FOR EACH ROW EXECUTE FUNCTION add_default_identifier_policies();

-- Provenance: for each field of the profile the value that won, and where it came from.
CREATE TABLE customer_field_values (
    tenant_id   text NOT NULL,
    customer_id uuid NOT NULL,
    field       text NOT NULL,
    value       text NOT NULL,
    source_type source_type NOT NULL,
    record_type text,
    record_id   uuid,
    assurance   assurance NOT NULL,
    observed_at timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, customer_id, field),
    FOREIGN KEY (tenant_id, customer_id) REFERENCES customers (tenant_id, id) ON DELETE CASCADE
);
CALL isolate_by_tenant('customer_field_values', 'SELECT, INSERT, UPDATE, DELETE');

-- What the person agreed to, as each source recorded it. Where sources disagree the stricter one holds.
CREATE TABLE customer_consents (
    tenant_id   text NOT NULL,
    id          uuid NOT NULL,
    customer_id uuid NOT NULL,
    channel     text NOT NULL CHECK (channel IN ('email', 'sms', 'whatsapp', 'phone', 'post')),
    purpose     text NOT NULL CHECK (purpose IN ('marketing', 'service')),
    state       text NOT NULL CHECK (state IN ('granted', 'denied')),
    source_type source_type NOT NULL,
    record_type text,
    record_id   uuid,
    recorded_at timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, customer_id) REFERENCES customers (tenant_id, id)
);
CREATE INDEX customer_consents_customer ON customer_consents (tenant_id, customer_id, recorded_at, id);
CREATE UNIQUE INDEX customer_consents_record ON customer_consents (tenant_id, record_id, channel, purpose);
CALL isolate_by_tenant('customer_consents', 'SELECT, INSERT, UPDATE, DELETE');

-- The name under which phases before this one know the profile.
CREATE VIEW unified_profiles WITH (security_invoker = true) AS
    SELECT id, tenant_id, first_name, last_name, email, phone, status, source, tags, language, timezone, created_at, updated_at
    FROM customers
    WHERE status <> 'merged';
GRANT SELECT ON unified_profiles TO customergraph_app;

-- Full-text search by similarity. The trigram operators are not leakproof, so under row-level security they could not use
-- the index; the function runs as the owner and applies the tenant itself.
CREATE FUNCTION search_customers(query text, max_results integer)
RETURNS TABLE (customer_id uuid, rank real)
LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public
SET pg_trgm.word_similarity_threshold = 0.45
AS $$
    SELECT s.customer_id, word_similarity(query, s.search_text) AS rank
    FROM public.customer_search s
    WHERE s.tenant_id = current_setting('customergraph.tenant', true)
      AND s.search_text %> query
    ORDER BY rank DESC, s.customer_id
    LIMIT max_results
$$;
REVOKE ALL ON FUNCTION search_customers FROM PUBLIC;
GRANT EXECUTE ON FUNCTION search_customers TO customergraph_app;
