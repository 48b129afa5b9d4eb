DROP TABLE match_models;
DELETE FROM match_runs WHERE mode = 'train';
ALTER TABLE match_runs
    DROP CONSTRAINT match_runs_mode_check,
    DROP CONSTRAINT match_runs_phase_check,
    ADD CONSTRAINT match_runs_mode_check CHECK (mode IN ('dry_run', 'apply')),
    ADD CONSTRAINT match_runs_phase_check
        CHECK (phase IN ('waiting', 'reading', 'comparing', 'storing', 'deciding', 'done')),
    DROP COLUMN rounds,
    DROP COLUMN last_change;
COMMENT ON COLUMN match_runs.model_version IS NULL;
DROP INDEX match_candidates_decided;
ALTER TABLE match_candidates DROP COLUMN agreement;
