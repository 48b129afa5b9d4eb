-- Shopify's records, each unique on (tenant, shop, Shopify's id). `source_account` is the shop's domain: a shop that is
-- disconnected and connected again stays the same shop. `created_at` and `updated_at` are Shopify's, `ingested_at` is ours.
-- `content_hash` tells a record that came again from one that changed.

CREATE TABLE shopify_products (
    tenant_id          text NOT NULL REFERENCES tenants (id),
    id                 uuid NOT NULL,
    source_account     text NOT NULL,
    shopify_product_id bigint NOT NULL,
    title              text,
    handle             text,
    product_type       text,
    status             text,
    vendor             text,
    tags               text[] NOT NULL DEFAULT '{}',
    created_at         timestamptz NOT NULL,
    updated_at         timestamptz NOT NULL,
    published_at       timestamptz,
    content_hash       bytea NOT NULL,
    ingested_at        timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (tenant_id, id)
);
CREATE UNIQUE INDEX shopify_products_shopify_product_id
    ON shopify_products (tenant_id, source_account, shopify_product_id);
CREATE INDEX shopify_products_handle ON shopify_products (tenant_id, handle);
CALL isolate_by_tenant('shopify_products', 'SELECT, INSERT, UPDATE, DELETE');

CREATE TABLE shopify_product_variants (
    tenant_id          text NOT NULL,
    id                 uuid NOT NULL,
    source_account     text NOT NULL,
    shopify_variant_id bigint NOT NULL,
    product_id         uuid NOT NULL,
    title              text,
    sku                text,
    price              numeric(19,4),
    compare_at_price   numeric(19,4),
    currency           currency_code,
    created_at         timestamptz NOT NULL,
    updated_at         timestamptz NOT NULL,
    ingested_at        timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, product_id) REFERENCES shopify_products (tenant_id, id) ON DELETE CASCADE,
    CHECK ((price IS NULL AND compare_at_price IS NULL) OR currency IS NOT NULL)
);
CREATE UNIQUE INDEX shopify_product_variants_shopify_variant_id
    ON shopify_product_variants (tenant_id, source_account, shopify_variant_id);
CREATE INDEX shopify_product_variants_product ON shopify_product_variants (tenant_id, product_id, created_at, id);
CREATE INDEX shopify_product_variants_sku ON shopify_product_variants (tenant_id, sku);
CALL isolate_by_tenant('shopify_product_variants', 'SELECT, INSERT, UPDATE, DELETE');

CREATE TABLE shopify_customers (
    tenant_id           text NOT NULL REFERENCES tenants (id),
    id                  uuid NOT NULL,
    source_account      text NOT NULL,
    shopify_customer_id bigint NOT NULL,
    customer_id         uuid,
    email               text,
    first_name          text,
    last_name           text,
    phone               text,
    verified_email      boolean NOT NULL DEFAULT false,
    accepts_marketing   boolean,
    orders_count        integer,
    total_spent         numeric(19,4),
    currency            currency_code,
    state               text,
    tags                text[] NOT NULL DEFAULT '{}',
    created_at          timestamptz NOT NULL,
    updated_at          timestamptz NOT NULL,
    content_hash        bytea NOT NULL,
    ingested_at         timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, customer_id) REFERENCES customers (tenant_id, id),
    CHECK (total_spent IS NULL OR currency IS NOT NULL)
);
CREATE UNIQUE INDEX shopify_customers_shopify_customer_id
    ON shopify_customers (tenant_id, source_account, shopify_customer_id);
CREATE INDEX shopify_customers_customer ON shopify_customers (tenant_id, customer_id, created_at, id);
CREATE INDEX shopify_customers_email ON shopify_customers (tenant_id, email);
CALL isolate_by_tenant('shopify_customers', 'SELECT, INSERT, UPDATE, DELETE');

CREATE TABLE shopify_orders (
    tenant_id           text NOT NULL REFERENCES tenants (id),
    id                  uuid NOT NULL,
    source_account      text NOT NULL,
    shopify_order_id    bigint NOT NULL,
    customer_id         uuid,
    -- Shopify's id of the buyer: the order often arrives before its customer does, therefore no foreign key.
    shopify_customer_id bigint,
    order_number        text,
    email               text,
    phone               text,
    customer_name       text,
    total_price         numeric(19,4),
    subtotal_price      numeric(19,4),
    total_tax           numeric(19,4),
    total_discounts     numeric(19,4),
    total_refunded      numeric(19,4) NOT NULL DEFAULT 0,
    currency            currency_code NOT NULL,
    financial_status    text,
    fulfillment_status  text,
    landing_site        text,
    referring_site      text,
    source_name         text,
    tags                text[] NOT NULL DEFAULT '{}',
    created_at          timestamptz NOT NULL,
    updated_at          timestamptz NOT NULL,
    processed_at        timestamptz,
    closed_at           timestamptz,
    cancelled_at        timestamptz,
    content_hash        bytea NOT NULL,
    ingested_at         timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, customer_id) REFERENCES customers (tenant_id, id)
);
CREATE UNIQUE INDEX shopify_orders_shopify_order_id ON shopify_orders (tenant_id, source_account, shopify_order_id);
CREATE INDEX shopify_orders_customer ON shopify_orders (tenant_id, customer_id, created_at, id);
CREATE INDEX shopify_orders_shopify_customer
    ON shopify_orders (tenant_id, source_account, shopify_customer_id, created_at, id);
CREATE INDEX shopify_orders_email ON shopify_orders (tenant_id, email);
CREATE INDEX shopify_orders_financial_status ON shopify_orders (tenant_id, financial_status);
CREATE INDEX shopify_orders_created_at ON shopify_orders (tenant_id, created_at);
CALL isolate_by_tenant('shopify_orders', 'SELECT, INSERT, UPDATE, DELETE');

CREATE TABLE shopify_order_items (
    tenant_id            text NOT NULL,
    id                   uuid NOT NULL,
    source_account       text NOT NULL,
    shopify_line_item_id bigint NOT NULL,
    order_id             uuid NOT NULL,
    -- Null until the product is known here; Shopify's own ids are beside them.
    product_id           uuid,
    variant_id           uuid,
    shopify_product_id   bigint,
    shopify_variant_id   bigint,
    title                text,
    variant_title        text,
    sku                  text,
    vendor               text,
    quantity             integer NOT NULL,
    price                numeric(19,4),
    total_discount       numeric(19,4),
    currency             currency_code NOT NULL,
    -- The place in the order, from 0.
    position             integer NOT NULL,
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, order_id) REFERENCES shopify_orders (tenant_id, id) ON DELETE CASCADE,
    FOREIGN KEY (tenant_id, product_id) REFERENCES shopify_products (tenant_id, id) ON DELETE SET NULL (product_id),
    FOREIGN KEY (tenant_id, variant_id) REFERENCES shopify_product_variants (tenant_id, id) ON DELETE SET NULL (variant_id)
);
CREATE UNIQUE INDEX shopify_order_items_shopify_line_item_id
    ON shopify_order_items (tenant_id, source_account, shopify_line_item_id);
CREATE INDEX shopify_order_items_order ON shopify_order_items (tenant_id, order_id, position, id);
CREATE INDEX shopify_order_items_product ON shopify_order_items (tenant_id, product_id);
CREATE INDEX shopify_order_items_variant ON shopify_order_items (tenant_id, variant_id);
-- Serves the late arrival of a product.
CREATE INDEX shopify_order_items_unresolved
    ON shopify_order_items (tenant_id, source_account, shopify_product_id) WHERE product_id IS NULL;
CALL isolate_by_tenant('shopify_order_items', 'SELECT, INSERT, UPDATE, DELETE');
