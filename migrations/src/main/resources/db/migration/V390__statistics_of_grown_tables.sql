-- Analyzes the tables that changed more than they held since they were analyzed; gives how many. A plan made for an empty table reads the whole of a tenant's table for each row once it is full. The server looks
-- for tables that grew once a minute; a first read fills them in less.
CREATE FUNCTION analyze_grown_tables() RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
    grown regclass;
    analyzed integer := 0;
BEGIN
    -- One at a time is enough, and nobody waits for another.
    IF NOT pg_try_advisory_xact_lock(hashtextextended('grown tables', 0)) THEN
        RETURN 0;
    END IF;
    FOR grown IN
        SELECT c.oid::regclass
        FROM pg_class c
        WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' AND c.relowner = current_user::regrole
          AND pg_stat_get_mod_since_analyze(c.oid) > greatest(500, c.reltuples)
        ORDER BY c.oid
    LOOP
        EXECUTE format('ANALYZE %s', grown);
        analyzed := analyzed + 1;
    END LOOP;
    RETURN analyzed;
END
$$;
REVOKE ALL ON FUNCTION analyze_grown_tables FROM PUBLIC;
GRANT EXECUTE ON FUNCTION analyze_grown_tables TO customergraph_app;
