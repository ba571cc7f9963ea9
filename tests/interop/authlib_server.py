"""An OAuth server with Authlib on a free port of the loopback, as its documentation has one, with RFC 9068 access tokens and a resource that takes them.

  authlib_server.py < settings        as serving.py has it

The settings: `algorithm`, RS256 or ES256, with the texts of `signing_key` and `verifying_key`; `rotate`, whether a refresh answers a new refresh token and ends the presented
one.

  POST /oauth/token (password, refresh_token, client_credentials) and /oauth/revoke; GET /.well-known/oauth-authorization-server, /jwks.json and, with a token, /view
The client is lab, with lab-secret, or without a secret pub. Users: alice and bob; each has the password NAME-password.
"""

import os
import secrets
import time

import serving
from authlib.integrations.flask_oauth2 import AuthorizationServer, ResourceProtector, current_token
from authlib.oauth2.rfc6749 import ClientMixin, TokenMixin, grants
from authlib.oauth2.rfc7009 import RevocationEndpoint
from authlib.oauth2.rfc8414 import AuthorizationServerMetadata
from authlib.oauth2.rfc9068 import JWTBearerTokenGenerator, JWTBearerTokenValidator
from flask import Flask, jsonify
from joserfc.jwk import KeySet, import_key
from werkzeug.serving import make_server

AUDIENCE = "https://api.example"
METHODS = ["client_secret_basic", "client_secret_post", "none"]
GRANTS = ["password", "refresh_token", "client_credentials"]


class User:
    def __init__(self, name):
        self.name = name

    def get_user_id(self):
        return self.name


class Client(ClientMixin):
    def __init__(self, client_id):
        self.client_id = client_id

    def get_client_id(self):
        return self.client_id

    def get_allowed_scope(self, scope):
        return " ".join(name for name in (scope or "").split() if name in ("read", "write"))

    def check_client_secret(self, secret):
        return self.client_id == "lab" and secret == "lab-secret"

    def check_endpoint_auth_method(self, method, endpoint):
        return method in METHODS and (method == "none") == (self.client_id == "pub")

    def check_grant_type(self, grant):
        return grant in GRANTS


class Token(TokenMixin):
    def __init__(self, said, client, user):
        self.said, self.client, self.user = said, client, user
        self.issued, self.revoked = int(time.time()), False

    def check_client(self, client):
        return client.client_id == self.client.client_id

    def get_scope(self):
        return self.said.get("scope", "")

    def get_expires_in(self):
        return self.said["expires_in"]

    def is_expired(self):
        return self.issued + self.said["expires_in"] < time.time()

    def is_revoked(self):
        return self.revoked


def endpoints(server, given, tokens):
    def token_of(text, *members):
        return next((token for token in tokens if text in [token.said.get(member) for member in members]), None)

    class Password(grants.ResourceOwnerPasswordCredentialsGrant):
        TOKEN_ENDPOINT_AUTH_METHODS = METHODS

        def authenticate_user(self, username, password):
            return User(username) if username in ("alice", "bob") and password == username + "-password" else None

    class Refresh(grants.RefreshTokenGrant):
        TOKEN_ENDPOINT_AUTH_METHODS = METHODS
        INCLUDE_NEW_REFRESH_TOKEN = given["rotate"]

        def authenticate_refresh_token(self, text):
            token = token_of(text, "refresh_token")
            return token if token and not token.revoked else None

        def authenticate_user(self, token):
            return token.user

        def revoke_old_credential(self, token):
            token.revoked = given["rotate"]

    class ClientCredentials(grants.ClientCredentialsGrant):
        TOKEN_ENDPOINT_AUTH_METHODS = METHODS[:2]

    class Revocation(RevocationEndpoint):
        CLIENT_AUTH_METHODS = METHODS

        def query_token(self, text, hint):
            return token_of(text, "access_token", "refresh_token")

        def revoke_token(self, token, request):
            token.revoked = True

    for grant in (Password, Refresh, ClientCredentials):
        server.register_grant(grant)
    server.register_endpoint(Revocation)


def application(given, issuer):
    algorithm = given["algorithm"]
    kind = {"RS256": "RSA", "ES256": "EC"}[algorithm]
    signing, verifying = (import_key(given[name], kind, {"use": "sig", "alg": algorithm}) for name in ("signing_key", "verifying_key"))
    for key in (signing, verifying):
        key.ensure_kid()
    app, tokens = Flask("authlib_server"), []
    app.json.sort_keys = False

    class Generator(JWTBearerTokenGenerator):
        def get_jwks(self):
            return KeySet([signing])

        def get_audiences(self, client, user, scope):
            return AUDIENCE

    class Validator(JWTBearerTokenValidator):
        def get_jwks(self):
            return KeySet([verifying])

    server = AuthorizationServer(
        app,
        query_client=lambda name: Client(name) if name in ("lab", "pub") else None,
        save_token=lambda said, request: tokens.append(Token(said, request.client, request.user)),
    )
    server.register_token_generator("default", Generator(issuer, algorithm, refresh_token_generator=lambda *_, **__: secrets.token_urlsafe(36)))
    endpoints(server, given, tokens)
    protector = ResourceProtector()
    protector.register_token_validator(Validator(issuer, AUDIENCE))
    metadata = AuthorizationServerMetadata(
        issuer=issuer,
        token_endpoint=issuer + "/oauth/token",
        revocation_endpoint=issuer + "/oauth/revoke",
        jwks_uri=issuer + "/jwks.json",
        scopes_supported=["read", "write"],
        response_types_supported=[],
        grant_types_supported=GRANTS,
        token_endpoint_auth_methods_supported=METHODS,
    )

    app.post("/oauth/token")(server.create_token_response)

    @app.post("/oauth/revoke")
    def revoke():
        return server.create_endpoint_response("revocation")

    @app.get("/.well-known/oauth-authorization-server")
    def discover():
        return jsonify(metadata)

    @app.get("/view")
    @protector()
    def view():
        return jsonify(user=current_token["sub"])

    return serving.with_routes(app, lambda: KeySet([verifying]).as_dict(private=False))


def main():
    os.environ["AUTHLIB_INSECURE_TRANSPORT"] = "1"
    given = serving.settings()
    # Its issuer is its address, which is known when it listens.
    server = make_server("127.0.0.1", 0, None, threaded=True)
    server.app = application(given, f"http://127.0.0.1:{server.server_port}")
    serving.serve(server, server.server_port)
    serving.end()


if __name__ == "__main__":
    main()
