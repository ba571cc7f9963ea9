// An OpenID provider (oidc-provider) on a free port of the loopback, with a resource server that takes its access tokens.
//
//   oidc_server.mjs FOLDER < settings        as serving.mjs has it
//
// The settings: `signing_key`, a key in PEM, and `algorithm`, RS256 if there is none; `rotate`, whether each refresh answers a new refresh token: if it isn't there, one of the
// public client does; `client_key`, the public key in PEM that the assertions of the client `keyed` are verified with.
//
//   GET /auth, with the provider's own forms for a login and a consent, and for a device's code; POST /token, /token/revocation, /token/introspection and GET /jwks are the
//   provider's; GET /code?user=NAME answers the code that the forms would have led to; GET /view takes an RFC 9068 access token
// The clients: web has web-secret, and web alone goes without PKCE; spa is public; tv is a public one for devices; robot has robot-secret, and no user; keyed is as robot, but
// has a key. Any user, with any password.
import { createPrivateKey, createPublicKey } from 'node:crypto';
import { createServer } from 'node:http';
import { answer, load, serve, withClock } from './serving.mjs';

// Its warnings are about a server for development, which this is.
console.warn = console.info = () => {};
const { Provider } = load('oidc-provider');
const { calculateJwkThumbprint, createLocalJWKSet, jwtVerify } = load('jose');
const audience = 'https://api.example';

const device = 'urn:ietf:params:oauth:grant-type:device_code';

function clients(given) {
  const person = { application_type: 'native', response_types: ['code'], redirect_uris: ['http://127.0.0.1/cb', 'http://127.0.0.1/callback'] };
  const nobody = { response_types: [], redirect_uris: [], grant_types: ['client_credentials'] };
  const signed = { id_token_signed_response_alg: given.algorithm ?? 'RS256' };
  const all = [
    { ...person, client_id: 'web', client_secret: 'web-secret', grant_types: ['authorization_code', 'refresh_token'] },
    { ...person, client_id: 'spa', token_endpoint_auth_method: 'none', grant_types: ['authorization_code', 'refresh_token'] },
    { ...nobody, client_id: 'tv', token_endpoint_auth_method: 'none', application_type: 'native', grant_types: [device, 'refresh_token'] },
    { ...nobody, client_id: 'robot', client_secret: 'robot-secret' },
  ];
  if (given.client_key) {
    const key = createPublicKey(given.client_key).export({ format: 'jwk' });
    all.push({ ...nobody, client_id: 'keyed', token_endpoint_auth_method: 'private_key_jwt', jwks: { keys: [key] } });
  }
  return all.map((client) => ({ ...client, ...signed }));
}

function provider(issuer, given, key) {
  return new Provider(issuer, {
    clients: clients(given),
    jwks: { keys: [key] },
    ...('rotate' in given ? { rotateRefreshToken: given.rotate } : {}),
    pkce: { required: (context, client) => client.clientId !== 'web' },
    scopes: ['openid', 'offline_access', 'read'],
    cookies: { keys: ['the key of the provider\'s cookies'] },
    findAccount: async (context, id) => ({ accountId: id, claims: async () => ({ sub: id }) }),
    features: {
      revocation: { enabled: true },
      introspection: { enabled: true },
      clientCredentials: { enabled: true },
      deviceFlow: { enabled: true },
      devInteractions: { enabled: true },
      resourceIndicators: {
        enabled: true,
        defaultResource: () => audience,
        useGrantedResource: () => true,
        getResourceServerInfo: () => ({ scope: 'read', audience, accessTokenFormat: 'jwt', jwt: { sign: { alg: key.alg } } }),
      },
    },
  });
}

/** The code of a user who has logged in and agreed to everything. */
async function code(provider, accountId) {
  const client = await provider.Client.find('web');
  const scope = 'openid offline_access read';
  const grant = new provider.Grant({ accountId, clientId: 'web' });
  grant.addOIDCScope('openid offline_access');
  grant.addResourceScope(audience, 'read');
  const grantId = await grant.save();
  const code = new provider.AuthorizationCode({
    accountId, client, grantId, scope,
    redirectUri: 'http://127.0.0.1/cb', resource: audience, nonce: 'a-nonce', gty: 'authorization_code',
    authTime: Math.floor(Date.now() / 1000),
  });
  return { code: await code.save() };
}

/** What a resource server asks of an access token (RFC 9068 §4). */
async function view(issuer, keys, algorithm, request) {
  const token = /^Bearer (.+)$/i.exec(request.headers.authorization ?? '')?.[1] ?? '';
  try {
    const { payload } = await jwtVerify(token, keys, { issuer, audience, typ: 'at+jwt', algorithms: [algorithm], requiredClaims: ['exp', 'sub', 'client_id', 'iat', 'jti'] });
    return [200, { user: payload.sub }];
  } catch (error) {
    return [401, { error: 'invalid_token', error_description: error.message }];
  }
}

serve(async (given) => {
  const own = createPrivateKey(given.signing_key);
  const named = { use: 'sig', alg: given.algorithm ?? 'RS256' };
  named.kid = await calculateJwkThumbprint(own.export({ format: 'jwk' }));
  const key = { ...own.export({ format: 'jwk' }), ...named };
  const keys = createLocalJWKSet({ keys: [{ ...createPublicKey(own).export({ format: 'jwk' }), ...named }] });
  const server = createServer();
  await new Promise((listening) => server.listen(0, '127.0.0.1', listening));
  const issuer = `http://127.0.0.1:${server.address().port}`;
  const openid = provider(issuer, given, key);
  const others = openid.callback();
  server.on('request', (request, response) => withClock(request, response, async () => {
    const { pathname, searchParams } = new URL(request.url, issuer);
    if (pathname === '/view') {
      const [status, said] = await view(issuer, keys, key.alg, request);
      if (status === 401) response.setHeader('WWW-Authenticate', 'Bearer error="invalid_token"');
      answer(response, status, said);
    } else if (pathname === '/code') answer(response, 200, await code(openid, searchParams.get('user')));
    else others(request, response);
  }));
  return server.address().port;
});
