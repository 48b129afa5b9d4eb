DROP TABLE dialog_360_channels;
DROP TABLE dialog_360_clients;
