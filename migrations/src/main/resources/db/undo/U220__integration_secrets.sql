DROP TABLE integration_secrets;
