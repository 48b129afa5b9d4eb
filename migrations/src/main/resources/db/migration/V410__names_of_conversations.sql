-- A message that names nobody does not take a name back that an earlier one gave: when the name was told last.
ALTER TABLE omni_conversations ADD COLUMN named_at timestamptz;
UPDATE omni_conversations SET named_at = updated_at WHERE customer_name IS NOT NULL;
