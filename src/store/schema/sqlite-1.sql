-- The session store in SQLite, schema 1.
--
-- Moments are microseconds since 1970; 9223372036854775807 is "never". An absent value is NULL. `checksum` is over the other columns of its row, since
-- SQLite's pages have none. No column holds a token's text, a signature or a key: the claims and the header that were signed are kept, and only of tokens
-- that may have to be signed again.

CREATE TABLE session (
  row INTEGER PRIMARY KEY,
  -- SHA-256 over issuer and id: what makes them unique together, an absent issuer too.
  key BLOB NOT NULL,
  id TEXT NOT NULL,
  issuer TEXT,
  profile TEXT NOT NULL,
  user TEXT,
  began_at INTEGER NOT NULL,
  last_used_at INTEGER NOT NULL,
  absolute_end INTEGER,
  -- In seconds.
  outlives INTEGER NOT NULL,
  ended_at INTEGER,
  -- 1 by hand, 2 by reuse.
  ended_why INTEGER,
  generations INTEGER NOT NULL,
  idle_end INTEGER NOT NULL,
  guards_until INTEGER NOT NULL,
  checksum INTEGER NOT NULL
) STRICT;

CREATE UNIQUE INDEX session_key ON session (key);

CREATE INDEX session_id ON session (id);

CREATE INDEX session_user ON session (user);

CREATE INDEX session_guards_until ON session (guards_until);

CREATE TABLE generation (
  session INTEGER NOT NULL,
  number INTEGER NOT NULL,
  parent INTEGER,
  fingerprint BLOB NOT NULL,
  token_id TEXT,
  issued_at INTEGER,
  expires_at INTEGER NOT NULL,
  recorded_at INTEGER NOT NULL,
  used_at INTEGER,
  retired_at INTEGER,
  revoked_at INTEGER,
  header TEXT,
  claims TEXT,
  access_header TEXT,
  access_claims TEXT,
  checksum INTEGER NOT NULL,
  PRIMARY KEY (session, number)
) STRICT, WITHOUT ROWID;

CREATE UNIQUE INDEX generation_fingerprint ON generation (fingerprint);
