DROP TABLE omni_messages;
DROP TABLE omni_conversations;
