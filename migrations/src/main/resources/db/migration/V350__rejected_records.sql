-- The first records of a pass that could not be kept, each with the provider's id and why: [{"id": "42", "reason": "INVALID_CURRENCY"}].
-- Bounded, for one cause often rejects many; how many there were is counted beside it.
ALTER TABLE integration_syncs
    ADD COLUMN rejections jsonb NOT NULL DEFAULT '[]'
        CHECK (jsonb_typeof(rejections) = 'array' AND jsonb_array_length(rejections) <= 20);
