-- A store of schema 1, dumped by pg_dump --inserts without owners and schema: load it into a schema that comes first in the search path.
CREATE TABLE jwtsess_generation (
    session bytea NOT NULL,
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
    access_claims text
);
CREATE TABLE jwtsess_schema (
    version bigint NOT NULL
);
CREATE TABLE jwtsess_session (
    key bytea NOT NULL,
    id text NOT NULL,
    issuer text,
    profile text NOT NULL,
    "user" text,
    began_at bigint NOT NULL,
    last_used_at bigint NOT NULL,
    absolute_end bigint,
    outlives bigint NOT NULL,
    ended_at bigint,
    ended_why bigint,
    generations bigint NOT NULL,
    idle_end bigint NOT NULL,
    guards_until bigint NOT NULL
);
INSERT INTO jwtsess_generation VALUES ('\x622f1a2104f2686e9e0b2f326cc84f8f6719f8419a014de7e07db7873d79cd51', 1, NULL, '\xd74ce170bcbd9d9322f2de12e19328b6f4be5efa8064924a4a1cf8619feb88ff', 'e9ed2b32-2253-4606-a97a-bceb9916fada', 1780315200000000, 1781524800000000, 1780315200000000, 1780315260000000, 1780315260000000, NULL, NULL, NULL, NULL, NULL);
INSERT INTO jwtsess_generation VALUES ('\x622f1a2104f2686e9e0b2f326cc84f8f6719f8419a014de7e07db7873d79cd51', 2, 1, '\xfcb89cc46651a4dd6fdea82544ecc0407146f08b647f6aebce1a1688b816a8bf', 'a3e93c83-0dba-43f5-b357-ec10047d935d', 1780315260000000, 1781524860000000, 1780315260000000, NULL, NULL, NULL, '{"alg":"HS256","typ":"rt+jwt"}', '{"sub":"alice","iat":1780315260,"exp":1781524860,"jti":"a3e93c83-0dba-43f5-b357-ec10047d935d","auth_time":1780315200,"sid":"09f9ee74-a44e-4a90-ad02-f72f28ce06a7","iss":"https://a.example","role":"admin"}', '{"alg":"HS256","typ":"at+jwt"}', '{"sub":"alice","iat":1780315260,"exp":1780315560,"jti":"22cce89e-022c-4f0d-9c01-1321d9c228de","auth_time":1780315200,"sid":"09f9ee74-a44e-4a90-ad02-f72f28ce06a7","iss":"https://a.example","role":"admin"}');
INSERT INTO jwtsess_generation VALUES ('\x94f08877ad449b4e0e65e8cdb1461a78c233dab34a17ef9063f04911757f15f7', 1, NULL, '\xea07224f0c2bd2e408da275c6a5e8723f257beac58955254611703824eb480fe', 'c56c41d8-ef9f-4fff-a269-ad52afd8d50c', 1780315200000000, 1781524800000000, 1780315200000000, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO jwtsess_generation VALUES ('\xc4845ee8a960c5eb1e12353c635ad2f4c2cada0613b5c87154dcab927cffed9f', 1, NULL, '\xe391961f1e25d3d2a650fe7b9349fa11e974623e4c3108ea7305bfc2f5542b76', 'ec337025-ec39-4158-b37d-ebe4de55e68f', 1780315200000000, 1781524800000000, 1780315200000000, 1780315800000000, 1780315800000000, NULL, NULL, NULL, NULL, NULL);
INSERT INTO jwtsess_generation VALUES ('\xc4845ee8a960c5eb1e12353c635ad2f4c2cada0613b5c87154dcab927cffed9f', 2, 1, '\x46c7956c518300d710b4f0fed9d965ec6dcb6e8a6a7b2b57fe7567837d9c090c', '7db00f2c-669c-4da4-bc07-6be690b2b653', 1780315800000000, 1781525400000000, 1780315800000000, NULL, NULL, NULL, '{"alg":"HS256","typ":"rt+jwt"}', '{"sub":"carol","iat":1780315800,"exp":1781525400,"jti":"7db00f2c-669c-4da4-bc07-6be690b2b653","auth_time":1780315200,"sid":"959f4cec-3c7f-44fd-8352-20c79fd3a1ad"}', '{"alg":"HS256","typ":"at+jwt"}', '{"sub":"carol","iat":1780315800,"exp":1780316100,"jti":"16170896-8a04-44a3-bda5-fbd83d880877","auth_time":1780315200,"sid":"959f4cec-3c7f-44fd-8352-20c79fd3a1ad"}');
INSERT INTO jwtsess_generation VALUES ('\xf03fcd939e3a83449bc7d7c225e851b54b3dcd73742dce0a7517e201d9fc594a', 1, NULL, '\xb43338e05c2f99cbe914a7f19f431489612251cb0ad31139f60e63a0de4acd9c', 'a0476f3e-efa4-4e0d-955a-30143bfd97ef', 1780315200000000, 1781524800000000, 1780315200000000, 1780315380000000, 1780315380000000, NULL, NULL, NULL, NULL, NULL);
INSERT INTO jwtsess_generation VALUES ('\xf03fcd939e3a83449bc7d7c225e851b54b3dcd73742dce0a7517e201d9fc594a', 2, 1, '\xa4d309e24f8c24d49c8247f8f5c489a6d4ff4e8910b0eb158756b9af234c6a37', '5b6179de-9a79-443a-8700-03f8adac77e8', 1780315380000000, 1781524980000000, 1780315380000000, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO jwtsess_generation VALUES ('\xe73ea4aabe0bbbf1b3ff251d879a3761a561b92a3e5ee5b841c958cf82f44ddd', 1, NULL, '\xde5efd8d5c7f8dddf8caa970d7f722a4fea91924703d19074e29808330d25256', '5ae4ca6e-6ea6-4edc-ba48-ed1fae0f3365', 1780315200000000, 1781524800000000, 1780315200000000, NULL, NULL, NULL, '{"alg":"HS256","typ":"rt+jwt"}', '{"sub":"erin","iat":1780315200,"exp":1781524800,"jti":"5ae4ca6e-6ea6-4edc-ba48-ed1fae0f3365","auth_time":1780315200,"sid":"shared","iss":"https://a.example"}', '{"alg":"HS256","typ":"at+jwt"}', '{"sub":"erin","iat":1780315200,"exp":1780315500,"jti":"dab929c9-d5b5-47c0-b458-e7fdb9b69185","auth_time":1780315200,"sid":"shared","iss":"https://a.example"}');
INSERT INTO jwtsess_generation VALUES ('\xec08f65e71f3358bc60f7115334d8561592f7b5fc438a7f589d9592288544aba', 1, NULL, '\x1d19871571354cc4e8bc7117f63fc627ec4a1cdfd5d8ea541fc49e8f945f2f63', 'bb5fb24e-e2c6-43df-ab76-1523cd022fd7', 1780315200000000, 1781524800000000, 1780315200000000, NULL, NULL, NULL, '{"alg":"HS256","typ":"rt+jwt"}', '{"sub":"erin","iat":1780315200,"exp":1781524800,"jti":"bb5fb24e-e2c6-43df-ab76-1523cd022fd7","auth_time":1780315200,"sid":"shared","iss":"https://b.example"}', '{"alg":"HS256","typ":"at+jwt"}', '{"sub":"erin","iat":1780315200,"exp":1780315500,"jti":"5ce86552-beae-4138-9c55-acef8eedca64","auth_time":1780315200,"sid":"shared","iss":"https://b.example"}');
INSERT INTO jwtsess_generation VALUES ('\x2bdbf338490dd9d10c14704bcce16e9644c306e3ebca5ae10767f6517f0447da', 1, NULL, '\x3e661cac00fef886db45e44beb3dd83b30f355a7d0b83fa99cf70e072480f7d3', 'f81521ce-e16a-4883-9f8a-b06c6148b929', 1780315200000000, 1780318800000000, 1780315500000000, 1780315500000000, 1780315500000000, NULL, NULL, NULL, NULL, NULL);
INSERT INTO jwtsess_generation VALUES ('\x2bdbf338490dd9d10c14704bcce16e9644c306e3ebca5ae10767f6517f0447da', 2, 1, '\x8c342d18b6619a0db01af809d653db59c18bd1c4479b302e3823be921cead200', '90dc1d00-bca1-4eca-a101-9ac70e8de0ee', 1780315500000000, 1780319100000000, 1780315500000000, NULL, NULL, NULL, '{"alg":"HS256","typ":"JWT"}', '{"sub":"frank","iat":1780315500,"exp":1780319100,"jti":"90dc1d00-bca1-4eca-a101-9ac70e8de0ee","auth_time":1780315200,"sid":"ab59c8fa-3811-44e5-820c-c1e00deff57e","session_exp":1780920000}', NULL, NULL);
INSERT INTO jwtsess_generation VALUES ('\xb6e0d9ce17d960687fa72072b7f15380f4dfcc159065a68c0870c882cc382cb1', 1, NULL, '\x60586e7687f59550363b8aa26083fe69bcf9b907787cb69875fe4fce22178f52', 'f555de10c11047b496380375509261ac', 1780315200000000, 1780401600000000, 1780315200000000, NULL, NULL, NULL, '{"alg":"HS256","typ":"JWT"}', '{"token_type":"refresh","exp":1780401600,"iat":1780315200,"jti":"f555de10c11047b496380375509261ac","user_id":"7"}', '{"alg":"HS256","typ":"JWT"}', '{"token_type":"access","exp":1780315500,"iat":1780315200,"jti":"7d53f1e739094d58919033664a411a8e","user_id":"7"}');
INSERT INTO jwtsess_generation VALUES ('\xcb833580cb1d5289e8cf754b900ab823bc4f8a009a52f7a31d5fa7efd3788137', 1, NULL, '\xd0edc36195c3f2eb072e2ae634963ea856814a513277b9f6005364d3322fbdf3', 'ba43d49a-5f15-4c16-b558-4a8d0df9d86e', 1780315200000000, 1781524800000000, 1780315200000000, NULL, NULL, NULL, '{"alg":"HS256","typ":"rt+jwt"}', '{"sub":"heidi","iat":1780315200,"exp":1781524800,"jti":"ba43d49a-5f15-4c16-b558-4a8d0df9d86e","auth_time":1780315200,"sid":"82720731-f4e5-4b4f-8ece-5dda65b62c7e"}', '{"alg":"HS256","typ":"at+jwt"}', '{"sub":"heidi","iat":1780315200,"exp":1780315500,"jti":"03a18ff1-9cc5-4b82-bb5b-c88bf101d12c","auth_time":1780315200,"sid":"82720731-f4e5-4b4f-8ece-5dda65b62c7e"}');
INSERT INTO jwtsess_schema VALUES (1);
INSERT INTO jwtsess_session VALUES ('\x622f1a2104f2686e9e0b2f326cc84f8f6719f8419a014de7e07db7873d79cd51', '09f9ee74-a44e-4a90-ad02-f72f28ce06a7', 'https://a.example', 'pair', 'alice', 1780315200000000, 1780315260000000, 1788091200000000, 0, NULL, NULL, 2, 1781524860000000, 1788177600000000);
INSERT INTO jwtsess_session VALUES ('\x94f08877ad449b4e0e65e8cdb1461a78c233dab34a17ef9063f04911757f15f7', '5b894cff-f4fd-4d1d-92cf-a45a5f1361a1', NULL, 'pair', 'bob', 1780315200000000, 1780315320000000, 1788091200000000, 0, 1780315320000000, 1, 1, 1781524800000000, 1788177600000000);
INSERT INTO jwtsess_session VALUES ('\xc4845ee8a960c5eb1e12353c635ad2f4c2cada0613b5c87154dcab927cffed9f', '959f4cec-3c7f-44fd-8352-20c79fd3a1ad', NULL, 'pair', 'carol', 1780315200000000, 1780315800000000, 1788091200000000, 0, NULL, NULL, 2, 1781525400000000, 1788177600000000);
INSERT INTO jwtsess_session VALUES ('\xf03fcd939e3a83449bc7d7c225e851b54b3dcd73742dce0a7517e201d9fc594a', 'c4e721bd-be58-4690-b25d-48ef9de81352', NULL, 'pair', 'dave', 1780315200000000, 1780315440000000, 1788091200000000, 0, 1780315440000000, 2, 2, 1781524980000000, 1788177600000000);
INSERT INTO jwtsess_session VALUES ('\xe73ea4aabe0bbbf1b3ff251d879a3761a561b92a3e5ee5b841c958cf82f44ddd', 'shared', 'https://a.example', 'pair', 'erin', 1780315200000000, 1780315200000000, 1788091200000000, 0, NULL, NULL, 1, 1781524800000000, 1788177600000000);
INSERT INTO jwtsess_session VALUES ('\xec08f65e71f3358bc60f7115334d8561592f7b5fc438a7f589d9592288544aba', 'shared', 'https://b.example', 'pair', 'erin', 1780315200000000, 1780315200000000, 1788091200000000, 0, NULL, NULL, 1, 1781524800000000, 1788177600000000);
INSERT INTO jwtsess_session VALUES ('\x2bdbf338490dd9d10c14704bcce16e9644c306e3ebca5ae10767f6517f0447da', 'ab59c8fa-3811-44e5-820c-c1e00deff57e', NULL, 'sliding', 'frank', 1780315200000000, 1780315500000000, 1780920000000000, 0, NULL, NULL, 2, 1780319100000000, 1781006400000000);
INSERT INTO jwtsess_session VALUES ('\xb6e0d9ce17d960687fa72072b7f15380f4dfcc159065a68c0870c882cc382cb1', 'f555de10c11047b496380375509261ac', NULL, 'simplejwt', '7', 1780315200000000, 1780315200000000, NULL, 86400, NULL, NULL, 1, 1780401600000000, 1780574400000000);
INSERT INTO jwtsess_session VALUES ('\xcb833580cb1d5289e8cf754b900ab823bc4f8a009a52f7a31d5fa7efd3788137', '82720731-f4e5-4b4f-8ece-5dda65b62c7e', NULL, 'pair', 'heidi', 1780315200000000, 1780315200000000, 1788091200000000, 0, NULL, NULL, 1, 1781524800000000, 1788177600000000);
ALTER TABLE ONLY jwtsess_generation
    ADD CONSTRAINT jwtsess_generation_pkey PRIMARY KEY (session, number);
ALTER TABLE ONLY jwtsess_schema
    ADD CONSTRAINT jwtsess_schema_pkey PRIMARY KEY (version);
ALTER TABLE ONLY jwtsess_session
    ADD CONSTRAINT jwtsess_session_pkey PRIMARY KEY (key);
CREATE INDEX jwtsess_generation_current ON jwtsess_generation USING btree (session) WHERE ((retired_at IS NULL) AND (revoked_at IS NULL));
CREATE UNIQUE INDEX jwtsess_generation_fingerprint ON jwtsess_generation USING btree (fingerprint);
CREATE INDEX jwtsess_generation_parent ON jwtsess_generation USING btree (session, parent);
CREATE INDEX jwtsess_session_guards_until ON jwtsess_session USING btree (guards_until);
CREATE INDEX jwtsess_session_id ON jwtsess_session USING btree (id);
CREATE INDEX jwtsess_session_user ON jwtsess_session USING btree ("user");
ALTER TABLE ONLY jwtsess_generation
    ADD CONSTRAINT jwtsess_generation_session_fkey FOREIGN KEY (session) REFERENCES jwtsess_session(key) ON DELETE CASCADE;
