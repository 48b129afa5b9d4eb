DROP FUNCTION analyze_grown_tables();
