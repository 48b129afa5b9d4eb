CREATE TABLE appointments (
    tenant_id            text NOT NULL REFERENCES tenants (id),
    id                   uuid NOT NULL,
    source_type          source_type NOT NULL,
    source_account       text NOT NULL,
    external_id          text NOT NULL,
    customer_id          uuid,
    customer_external_id text,
    customer_name        text,
    customer_email       text,
    customer_phone       text,
    service              text,
    appointment_date     timestamptz NOT NULL,
    duration_minutes     integer CHECK (duration_minutes >= 0),
    status               text NOT NULL CHECK (status IN ('scheduled', 'confirmed', 'completed', 'cancelled', 'no_show')),
    location             text,
    staff_name           text,
    notes                text,
    created_at           timestamptz NOT NULL,
    updated_at           timestamptz NOT NULL,
    content_hash         bytea NOT NULL,
    ingested_at          timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, customer_id) REFERENCES customers (tenant_id, id)
);
CREATE UNIQUE INDEX appointments_external_id ON appointments (tenant_id, source_type, source_account, external_id);
CREATE INDEX appointments_customer ON appointments (tenant_id, customer_id, appointment_date, id);
CALL isolate_by_tenant('appointments', 'SELECT, INSERT, UPDATE, DELETE');

CREATE TABLE prospects (
    tenant_id      text NOT NULL REFERENCES tenants (id),
    id             uuid NOT NULL,
    source_type    source_type NOT NULL,
    source_account text NOT NULL,
    external_id    text NOT NULL,
    customer_id    uuid,
    first_name     text,
    last_name      text,
    email          text,
    phone          text,
    company        text,
    status         text NOT NULL CHECK (status IN ('new', 'contacted', 'qualified', 'converted', 'lost')),
    campaign       text,
    notes          text,
    created_at     timestamptz NOT NULL,
    updated_at     timestamptz NOT NULL,
    content_hash   bytea NOT NULL,
    ingested_at    timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, customer_id) REFERENCES customers (tenant_id, id)
);
CREATE UNIQUE INDEX prospects_external_id ON prospects (tenant_id, source_type, source_account, external_id);
CREATE INDEX prospects_customer ON prospects (tenant_id, customer_id, created_at, id);
CALL isolate_by_tenant('prospects', 'SELECT, INSERT, UPDATE, DELETE');
