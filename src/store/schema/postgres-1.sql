-- The session store in PostgreSQL, schema 1, in the first schema of the role's search path. Plain SQL, for engines that speak PostgreSQL's protocol too.
--
-- Moments are microseconds since 1970; 9223372036854775807 is "never". An absent value is NULL. In text, U+2400 stands before what PostgreSQL can't hold:
-- U+2400 0 is the character NUL, U+2400 U+2400 is U+2400. No column holds a token's text, a signature or a key: the claims and the header that were signed
-- are kept, and only of tokens that may have to be signed again.

CREATE TABLE jwtsess_schema (
  version bigint PRIMARY KEY
);

CREATE TABLE jwtsess_session (
  -- SHA-256 over issuer and id: what makes them unique together, an absent issuer too.
  key bytea PRIMARY KEY,
  id text NOT NULL,
  issuer text,
  profile text NOT NULL,
  "user" text,
  began_at bigint NOT NULL,
  last_used_at bigint NOT NULL,
  absolute_end bigint,
  -- In seconds.
  outlives bigint NOT NULL,
  ended_at bigint,
  -- 1 by hand, 2 by reuse.
  ended_why bigint,
  generations bigint NOT NULL,
  idle_end bigint NOT NULL,
  guards_until bigint NOT NULL
);

CREATE INDEX jwtsess_session_id ON jwtsess_session (id);

CREATE INDEX jwtsess_session_user ON jwtsess_session ("user");

CREATE INDEX jwtsess_session_guards_until ON jwtsess_session (guards_until);

CREATE TABLE jwtsess_generation (
  session bytea NOT NULL REFERENCES jwtsess_session (key) ON DELETE CASCADE,
  number bigint NOT NULL,
  parent bigint,
  fingerprint bytea NOT NULL,
  token_id text,
  issued_at bigint,
  expires_at bigint NOT NULL,
  recorded_at bigint NOT NULL,
  used_at bigint,
  retired_at bigint,
  revoked_at bigint,
  header text,
  claims text,
  access_header text,
  access_claims text,
  PRIMARY KEY (session, number)
);

CREATE UNIQUE INDEX jwtsess_generation_fingerprint ON jwtsess_generation (fingerprint);

CREATE INDEX jwtsess_generation_parent ON jwtsess_generation (session, parent);

-- The few of a long session that can still be used.
CREATE INDEX jwtsess_generation_current ON jwtsess_generation (session) WHERE retired_at IS NULL AND revoked_at IS NULL;
