DROP TABLE change_events;
DROP TABLE match_decisions;
DROP FUNCTION keep_decisions;
