-- What agreement is worth, as learnt from a tenant's own customers. 'shipped-1' has no row: it is in use where no row is.
CREATE TABLE match_models (
    tenant_id        text NOT NULL REFERENCES tenants (id),
    id               uuid NOT NULL,
    -- Counted within the tenant.
    version          text NOT NULL CHECK (version ~ '^trained-[1-9][0-9]*$'),
    status           text NOT NULL DEFAULT 'trained' CHECK (status IN ('trained', 'in_use', 'retired')),
    -- Prior, fields, their levels with m and u, calibration, and what share of customers has which common name.
    model            jsonb NOT NULL,
    -- How it came to be.
    run_id           uuid NOT NULL,
    customers        bigint NOT NULL,
    rounds           integer NOT NULL,
    last_change      double precision NOT NULL,
    converged        boolean NOT NULL,
    expected_matches double precision NOT NULL,
    patterns         integer NOT NULL,
    actor            text NOT NULL,
    trained_at       timestamptz NOT NULL DEFAULT now(),
    in_use_since     timestamptz,
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, run_id) REFERENCES match_runs (tenant_id, id),
    CHECK ((status = 'in_use') = (in_use_since IS NOT NULL))
);
CREATE UNIQUE INDEX match_models_version ON match_models (tenant_id, version);
CREATE UNIQUE INDEX match_models_one_in_use ON match_models (tenant_id) WHERE status = 'in_use';
-- A run that was taken up twice stores one model.
CREATE UNIQUE INDEX match_models_run ON match_models (tenant_id, run_id);
CREATE INDEX match_models_order ON match_models (tenant_id, trained_at DESC, id DESC);
CALL isolate_by_tenant('match_models', 'SELECT, INSERT, UPDATE (status, in_use_since)');

-- train: learns a model of the customers, and stores it.
ALTER TABLE match_runs
    DROP CONSTRAINT match_runs_mode_check,
    DROP CONSTRAINT match_runs_phase_check,
    ADD CONSTRAINT match_runs_mode_check CHECK (mode IN ('dry_run', 'apply', 'train')),
    ADD CONSTRAINT match_runs_phase_check
        CHECK (phase IN ('waiting', 'reading', 'comparing', 'training', 'storing', 'deciding', 'done')),
    ADD COLUMN rounds integer,
    ADD COLUMN last_change double precision;
COMMENT ON COLUMN match_runs.model_version IS 'The model that compares, pinned as the run is asked for; or the one that it trained.';

-- How the two agree, the level of each field that both have: so that what people decided can be scored by a model to come.
ALTER TABLE match_candidates ADD COLUMN agreement jsonb;
CREATE INDEX match_candidates_decided ON match_candidates (tenant_id, closed_at DESC)
    WHERE status IN ('merged', 'rejected') AND closed_by <> 'resolver' AND agreement IS NOT NULL;
