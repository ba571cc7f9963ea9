// An OpenID provider (oidc-provider) on a free port of the loopback, with a resource server that takes its access tokens.
//
//   oidc_server.mjs FOLDER < settings        FOLDER has the node_modules of node/package.json
//
// The first line of standard input is a JSON object: `signing_key`, an RSA key in PEM; `rotate`, whether each refresh answers a new refresh token.
// It prints its port on a line and ends when standard input does, so that it never outlives whoever started it.
//
//   POST /token, /token/revocation, /token/introspection and GET /jwks are the provider's; GET /code?user=NAME answers the code that the pages of a login and a consent
//   would have led to; GET /view takes an RFC 9068 access token
// The client is web, with web-secret.
import { createPrivateKey } from 'node:crypto';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { createInterface } from 'node:readline';

const load = createRequire(process.argv[2] + '/package.json');
// Its warnings are about a server for development, which this is.
console.warn = console.info = () => {};
const { Provider } = load('oidc-provider');
const { calculateJwkThumbprint, createLocalJWKSet, jwtVerify } = load('jose');
const audience = 'https://api.example';

function provider(issuer, given, key) {
  return new Provider(issuer, {
    clients: [{
      client_id: 'web', client_secret: 'web-secret', token_endpoint_auth_method: 'client_secret_basic', application_type: 'native',
      grant_types: ['authorization_code', 'refresh_token'], response_types: ['code'], redirect_uris: ['http://127.0.0.1/cb'],
    }],
    jwks: { keys: [key] },
    rotateRefreshToken: given.rotate,
    pkce: { required: () => false },
    scopes: ['openid', 'offline_access', 'read'],
    cookies: { keys: ['the key of the provider\'s cookies'] },
    findAccount: async (context, id) => ({ accountId: id, claims: async () => ({ sub: id }) }),
    features: {
      revocation: { enabled: true },
      introspection: { enabled: true },
      devInteractions: { enabled: false },
      resourceIndicators: {
        enabled: true,
        defaultResource: () => audience,
        useGrantedResource: () => true,
        getResourceServerInfo: () => ({ scope: 'read', audience, accessTokenFormat: 'jwt', jwt: { sign: { alg: 'RS256' } } }),
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
async function view(issuer, keys, request) {
  const token = /^Bearer (.+)$/i.exec(request.headers.authorization ?? '')?.[1] ?? '';
  try {
    const { payload } = await jwtVerify(token, keys, { issuer, audience, typ: 'at+jwt', algorithms: ['RS256'], requiredClaims: ['exp', 'sub', 'client_id', 'iat', 'jti'] });
    return [200, { user: payload.sub }];
  } catch (error) {
    return [401, { error: 'invalid_token', error_description: error.message }];
  }
}

async function main(given) {
  const key = { ...createPrivateKey(given.signing_key).export({ format: 'jwk' }), use: 'sig', alg: 'RS256' };
  key.kid = await calculateJwkThumbprint(key);
  const keys = createLocalJWKSet({ keys: [{ kty: key.kty, n: key.n, e: key.e, kid: key.kid, use: key.use, alg: key.alg }] });
  const server = createServer();
  await new Promise((listening) => server.listen(0, '127.0.0.1', listening));
  const { port } = server.address();
  const issuer = `http://127.0.0.1:${port}`;
  const own = provider(issuer, given, key);
  const others = own.callback();
  server.on('request', async (request, response) => {
    const { pathname, searchParams } = new URL(request.url, issuer);
    if (!['/code', '/view'].includes(pathname)) return others(request, response);
    const [status, answer] = pathname === '/view' ? await view(issuer, keys, request) : [200, await code(own, searchParams.get('user'))];
    const body = JSON.stringify(answer);
    response.writeHead(status, { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(body) });
    response.end(body);
  });
  console.log(port);
}

const lines = createInterface({ input: process.stdin });
lines.once('line', (line) => main(JSON.parse(line)));
lines.once('close', () => process.exit());
