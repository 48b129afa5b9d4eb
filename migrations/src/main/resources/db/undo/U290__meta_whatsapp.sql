DROP TABLE meta_whatsapp_phone_numbers;
DROP TABLE meta_whatsapp_clients;
