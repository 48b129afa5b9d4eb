DROP FUNCTION record_integration_metric;
DROP TABLE integration_metrics_hourly;
DROP TABLE integration_api_logs;
