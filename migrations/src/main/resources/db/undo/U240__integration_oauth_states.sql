DROP FUNCTION cleanup_expired_oauth_states;
DROP FUNCTION use_oauth_state;
DROP TABLE integration_oauth_states;
