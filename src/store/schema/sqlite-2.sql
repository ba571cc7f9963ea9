-- Schema 2: what was signed is sealed. Each MAC is over its header and claims with their place, under a key that is derived from the signing key, whose `kid`
-- stands beside it. The columns are NULL where nothing is kept, and in rows that schema 1 has left. They are no part of `checksum`: a wrong MAC shows itself.

ALTER TABLE generation ADD COLUMN mac BLOB;

ALTER TABLE generation ADD COLUMN mac_kid TEXT;

ALTER TABLE generation ADD COLUMN access_mac BLOB;

ALTER TABLE generation ADD COLUMN access_mac_kid TEXT;
