DROP VIEW record_people;
