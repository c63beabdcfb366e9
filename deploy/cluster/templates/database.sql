-- Role and database of the node; may run twice. As superuser, at the leader.
SELECT 'CREATE ROLE anlan LOGIN' WHERE NOT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = 'anlan') \gexec
ALTER ROLE anlan PASSWORD '@anlan_password@';
-- A process that was stopped in the middle of a batch holds the journal's turn: the others go on after this long.
ALTER ROLE anlan SET idle_in_transaction_session_timeout = '10s';
-- Never a statement_timeout: a COMMIT that is cancelled while it waits for the second machine returns as if it stood.
ALTER ROLE anlan SET statement_timeout = 0;
ALTER ROLE anlan SET synchronous_commit = 'on';
SELECT 'CREATE DATABASE @cluster@ OWNER anlan' WHERE NOT EXISTS (
  SELECT 1 FROM pg_database WHERE datname = '@cluster@') \gexec
