DROP TABLE prospects;
DROP TABLE appointments;
