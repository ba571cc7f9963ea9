-- Schema 2: what was signed is sealed. Each MAC is over its header and claims with their place, under a key that is derived from the signing key, whose `kid`
-- stands beside it. The columns are NULL where nothing is kept, and in rows that schema 1 has left.

ALTER TABLE jwtsess_generation
  ADD COLUMN mac bytea,
  ADD COLUMN mac_kid text,
  ADD COLUMN access_mac bytea,
  ADD COLUMN access_mac_kid text;
