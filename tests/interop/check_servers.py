"""Asks each server of this folder for what the tests count on, without jwtsess: who raises a pinned version sees whether it is the server that has changed.

  check_servers.py DJANGO STACKS [NAME…]        the folders that JWTSESS_DJANGO and JWTSESS_STACKS name; NAME: only the servers whose names begin so

Each is logged in to, asked who that is, refreshed, and logged out of, twice; a row of `SERVERS` says what it answers. Prints a line a server, and ends with 1 if one answers
otherwise.
"""

import base64
import hashlib
import http.client
import json
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import parse_qs, urlencode, urlsplit

from browser import Browser

HERE = Path(__file__).resolve().parent
KEYS = HERE.parent / "fixtures/keys"
SECRET = "jwtsess-interop-hs256-signing-key-0123456789abcdef"
DAY = 86400


def keys(algorithm):
    name = {"RS256": "rsa-2048", "ES256": "ec-p256", "EdDSA": "ed25519"}[algorithm]
    signing, verifying = (KEYS / f"{name}.{form}.pem" for form in ("pkcs8", "spki"))
    return {"signing_key": signing.read_text(), "verifying_key": verifying.read_text()}


def claims(token):
    payload = token.split(".")[1]
    return json.loads(base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4)))


class Server:
    """A running one, and the cookies that it has set."""

    def __init__(self, command, settings):
        self.folder = tempfile.TemporaryDirectory()
        settings = {"database": self.folder.name + "/db.sqlite3", "settings": {}, "signing_key": SECRET, "verifying_key": SECRET, **settings}
        self.process = subprocess.Popen([*map(str, command)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.process.stdin.write(json.dumps(settings) + "\n")
        self.process.stdin.flush()
        self.port = int(self.process.stdout.readline())
        self.cookies = {}

    def ask(self, method, path, body=None, headers=(), form=False):
        headers = {"Content-Type": "application/x-www-form-urlencoded" if form else "application/json", **dict(headers)}
        if self.cookies:
            headers["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        connection.request(method, path, None if body is None else urlencode(body) if form else json.dumps(body), headers)
        response = connection.getresponse()
        for cookie in response.headers.get_all("Set-Cookie", []):
            name, value = cookie.split(";")[0].split("=", 1)
            self.cookies[name] = value.strip('"')
            if not self.cookies[name]:
                del self.cookies[name]
        text = response.read().decode()
        connection.close()
        try:
            said = json.loads(text)
        except ValueError:
            said = text
        return response.status, said, response.headers

    def advance(self, seconds):
        assert self.ask("POST", "/clock", {"advance": seconds})[0] == 200

    def end(self):
        self.process.stdin.close()
        self.process.wait(10)
        self.process.stdout.close()
        self.folder.cleanup()


class Json:
    """The wire of four requests: `login` and the others are a method, a path, and what goes into the body or, as `Authorization`, into the header."""

    def __init__(self, server, row):
        self.server, self.row = server, row
        self.scheme = row.get("scheme", "Bearer")

    def send(self, what, token):
        method, path, field = self.row[what].split()
        if field == "Authorization":
            return self.server.ask(method, path, headers=[(field, f"{self.scheme} {token}")])
        return self.server.ask(method, path, {field: token}, [("Authorization", f"{self.scheme} {token}")] if self.row.get("authorised") else [])

    def login(self, password):
        status, said, _ = self.server.ask("POST", self.row["login"], {"username": "alice", "password": password})
        return status, *self.tokens(said)

    def tokens(self, said):
        found = [next((said[name] for name in names if name in said), None) for names in (("access", "access_token", "token"), ("refresh", "refresh_token"))]
        return found if "token" not in said else [found[0]] * 2

    def view(self, access):
        return self.server.ask("GET", "/view", headers=[("Authorization", f"{self.scheme} {access}")])

    def refresh(self, refresh):
        status, said, _ = self.send("refresh", refresh)
        return status, *self.tokens(said)

    def logout(self, access, refresh):
        return self.send("logout", access if self.row.get("logout_by_access") else refresh)[0]


class Cookies(Json):
    """The same with the tokens in cookies; `csrf` says where the value of the header against forgery comes from."""

    def send(self, what, token):
        method, path, _ = self.row[what].split()
        headers = [("Origin", f"http://127.0.0.1:{self.server.port}")]
        if self.row["csrf"] == "cookie":
            self.server.cookies["csrftoken"] = "a" * 32
            headers.append(("X-CSRFToken", "a" * 32))
        elif token:
            headers.append(("X-CSRF-TOKEN", claims(token)["csrf"]))
        by_access = what == "logout" and self.row.get("logout_by_access")
        if token:
            self.server.cookies[self.row["cookies"][0 if by_access else 1]] = token
        return self.server.ask(method, path, {}, headers)

    def login(self, password):
        self.server.cookies = {}
        return super().login(password)

    def tokens(self, said):
        return [self.server.cookies.get(name) for name in self.row["cookies"]]

    def view(self, access):
        saved, self.server.cookies = self.server.cookies, {self.row["cookies"][0]: access} if access else {}
        answered = self.server.ask("GET", "/view")
        self.server.cookies = saved
        return answered


class OAuth(Json):
    """RFC 6749 and RFC 7009, the endpoints by RFC 8414."""

    def __init__(self, server, row):
        super().__init__(server, row)
        issuer = urlsplit(row.get("issuer", ""))
        status, said, _ = server.ask("GET", "/.well-known/oauth-authorization-server" + issuer.path)
        assert status == 200, said
        self.address = f"http://127.0.0.1:{server.port}"
        assert said["issuer"] == self.address + issuer.path, said
        self.endpoints = {name: urlsplit(said[name]).path for name in said if name.endswith("_endpoint")}

    def post(self, endpoint, **form):
        """The answer of an endpoint to the client, by its id or with the secret NAME-secret."""
        client, headers = self.row["client"], []
        if self.row.get("secret"):
            headers = [("Authorization", "Basic " + base64.b64encode(f"{client}:{client}-secret".encode()).decode())]
        else:
            form["client_id"] = client
        return self.server.ask("POST", self.endpoints[endpoint + "_endpoint"], form, headers, form=True)[:2]

    def token(self, **form):
        return self.post("token", **form)

    def login(self, password):
        if self.row.get("grant") == "client_credentials":
            status, said = self.token(grant_type="client_credentials", scope="read")
        elif self.row.get("grant") == "code":
            status, said = self.code()
        elif self.row.get("grant") == "device":
            status, said = self.device()
        else:
            status, said = self.token(grant_type="password", username="alice", password=password, scope="read")
        return status, *self.tokens(said)

    def code(self):
        verifier = "v" * 50
        challenge = base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).decode().rstrip("=")
        asked = {
            "response_type": "code",
            "client_id": self.row["client"],
            "redirect_uri": "http://127.0.0.1:9/callback",
            "scope": self.row["scope"],
            "prompt": "consent",
            "state": "s",
            "code_challenge": challenge,
            "code_challenge_method": "S256",
        }
        browser = Browser({"login": "alice", "password": "alice-password"})
        try:
            browser.open(f"{self.address}{self.endpoints['authorization_endpoint']}?{urlencode(asked)}")
            raise AssertionError("nothing listens at the client's address")
        except ConnectionRefusedError:
            query = parse_qs(urlsplit(browser.address).query)
        assert query["state"] == ["s"] and query.get("iss", [self.address]) == [self.address], query
        return self.token(grant_type="authorization_code", code=query["code"][0], redirect_uri=asked["redirect_uri"], code_verifier=verifier)

    def device(self):
        status, said = self.post("device_authorization", scope=self.row["scope"])
        assert status == 200, said
        waiting = {"grant_type": "urn:ietf:params:oauth:grant-type:device_code", "device_code": said["device_code"]}
        assert self.token(**waiting)[1]["error"] == "authorization_pending"
        page = Browser({"login": "alice", "password": "any", "user_code": said["user_code"]}).open(said["verification_uri"])
        assert page[0] == 200, page
        return self.token(**waiting)

    def refresh(self, refresh):
        status, said = self.token(grant_type="refresh_token", refresh_token=refresh)
        return status, *self.tokens(said)

    def logout(self, access, refresh):
        return self.post("revocation", token=refresh or access)[0]


def handed_out(wire, access):
    """By how much the token in `Refresh-Token` outlives the one presented."""
    wire.server.advance(100)
    return round(claims(wire.view(access)[2]["Refresh-Token"])["exp"] - claims(access)["exp"], -1)


def observed(wire, row):
    """What a server answers, in the words of a row."""
    has_user = row.get("grant") is None
    seen = {"wrong": wire.login("wrong")[0] if has_user else None}
    seen["login"], access, refresh = wire.login("alice-password")
    seen["view"] = [wire.view(access)[0], wire.view("none")[0]]
    seen["keys"] = row.get("keys") and [key["alg"] for key in wire.server.ask("GET", row["keys"])[1]["keys"]]
    # Tokens that say when they were made differ from one second to the next.
    wire.server.advance(2)
    if refresh:
        seen["refresh"], fresh, successor = wire.refresh(refresh)
        seen["fresh_view"] = wire.view(fresh)[0]
        seen["rotated"] = successor not in (None, refresh)
        seen["header"] = row.get("header") and handed_out(wire, access)
        seen["old_again"] = wire.refresh(refresh)[0]
        seen["successor_after"] = wire.refresh(successor)[0] if seen["rotated"] else None
    if "logout" in row:
        _, access, refresh = wire.login("alice-password")
        seen["logout"] = [wire.logout(access, refresh), wire.logout(access, refresh)]
        seen["refresh_after"] = refresh and wire.refresh(refresh)[0]
        seen["view_after"] = wire.view(access)[0]
    _, access, refresh = wire.login("alice-password")
    wire.server.advance(row["life"])
    seen["view_expired"] = wire.view(access)[0]
    wire.server.advance(row["refresh_life"])
    seen["refresh_expired"] = refresh and wire.refresh(refresh)[0]
    return {name: value for name, value in seen.items() if value is not None}


def main():
    django, stacks = (Path(name).resolve() for name in sys.argv[1:3])
    chosen = [name for name in SERVERS if not sys.argv[3:] or name.startswith(tuple(sys.argv[3:]))]

    def run(name):
        row = SERVERS[name]
        program = {
            "django": lambda: [django / row["stack"] / "bin/python", HERE / "django_server.py", row["stack"]],
            "stacks": lambda: [stacks / "python/bin/python", HERE / "django_server.py", row["stack"]],
            "python": lambda: [stacks / "python/bin/python", HERE / row["stack"]],
            "node": lambda: ["node", HERE / row["stack"], stacks / "node"],
        }[row["in"]]()
        begun = time.monotonic()
        server = Server(program, row.get("settings", {}))
        started = time.monotonic() - begun
        try:
            seen = observed(row.get("wire", Json)(server, row), row)
        except Exception as error:
            seen = {"failed": repr(error)}
        finally:
            server.end()
        return name, seen, started, time.monotonic() - begun

    failed = False
    with ThreadPoolExecutor(2) as threads:
        for name, seen, started, whole in threads.map(run, chosen):
            is_right = seen == SERVERS[name]["answers"]
            failed |= not is_right
            print(f"{'ok' if is_right else 'OTHERWISE':9} {name}: started in {started:.1f} s, done in {whole:.1f} s", flush=True)
            if not is_right:
                wanted = SERVERS[name]["answers"]
                for what in sorted({*seen, *wanted}):
                    if seen.get(what) != wanted.get(what):
                        print(f"    {what}: {seen.get(what)} instead of {wanted.get(what)}", flush=True)
    return failed


def row(base, answers=None, **changes):
    """Another server than the base, and what it answers otherwise; None: it is not asked that."""
    answers = {**base.get("answers", {}), **(answers or {})}
    return {**base, **changes, "answers": {name: value for name, value in answers.items() if value is not None}}


PAIR = {"wrong": 401, "login": 200, "view": [200, 401], "refresh": 200, "fresh_view": 200, "rotated": True, "old_again": 401, "successor_after": 200}
ENDED = {"logout": [200, 401], "refresh_after": 401, "view_after": 200, "view_expired": 401, "refresh_expired": 401}
SIMPLEJWT = {
    "in": "django",
    "stack": "simplejwt",
    "login": "/api/token/",
    "refresh": "POST /api/token/refresh/ refresh",
    "logout": "POST /api/token/blacklist/ refresh",
    "life": 301,
    "refresh_life": DAY,
    "answers": {**PAIR, **ENDED},
}
GOOD = {"old_again": 200}
UNROTATED = {"rotated": False, "old_again": 200, "successor_after": None}
SLIDING = {name: value for name, value in SIMPLEJWT.items() if name != "logout"}
NO_LOGOUT = {"logout": None, "refresh_after": None, "view_after": None}
LEGACY = row(
    SLIDING,
    {**NO_LOGOUT, **GOOD, "wrong": 400, "refresh_expired": 400},
    stack="drf-jwt-legacy",
    scheme="JWT",
    login="/api-token-auth/",
    refresh="POST /api-token-refresh/ token",
    refresh_life=7 * DAY,
)
CREATED = {"login": 201, "refresh": 201, "old_again": 201, "successor_after": 201, "logout": [201, 403], "refresh_after": 400, "view_after": 403}
FORK = row(LEGACY, CREATED, stack="drf-jwt", scheme="Bearer", logout="POST /blacklist/ token", authorised=True)
FLASK = row(
    SIMPLEJWT,
    {"view": [200, 422]},
    **{"in": "python"},
    stack="flask_server.py",
    login="/login",
    refresh="POST /refresh Authorization",
    logout="DELETE /logout Authorization",
    life=901,
    refresh_life=30 * DAY,
)
FLASK_COOKIES = {"wire": Cookies, "cookies": ["access_token_cookie", "refresh_token_cookie"], "csrf": "claim"}
DJ_REST_AUTH = row(
    SIMPLEJWT,
    {"wrong": 400},
    **{"in": "stacks"},
    stack="dj-rest-auth",
    login="/auth/login/",
    refresh="POST /auth/token/refresh/ refresh",
    logout="POST /auth/logout/ refresh",
)
DJ_COOKIES = {"wire": Cookies, "cookies": ["app-auth", "app-refresh"], "csrf": "cookie"}
REST_AUTH = {"JWT_AUTH_HTTPONLY": True, "JWT_AUTH_COOKIE": "app-auth", "JWT_AUTH_REFRESH_COOKIE": "app-refresh", "JWT_AUTH_COOKIE_USE_CSRF": True}
OAUTH = {"wrong": 400, "old_again": 400, "logout": [200, 200], "refresh_after": 400}
ROBOT = {name: None for name in ("wrong", "refresh", "fresh_view", "rotated", "old_again", "successor_after", "refresh_after", "refresh_expired")}
TOOLKIT = row(
    SIMPLEJWT,
    # Its refresh tokens have no end.
    {**OAUTH, "view_after": 401, "refresh_expired": 200},
    **{"in": "stacks"},
    stack="django-oauth-toolkit",
    wire=OAuth,
    issuer="/o",
    client="lab",
    secret=True,
    life=36001,
)
AUTHLIB = row(
    TOOLKIT,
    {"view_after": 200, "keys": ["RS256"]},
    **{"in": "python"},
    stack="authlib_server.py",
    issuer="",
    settings={"rotate": True, "algorithm": "RS256", **keys("RS256")},
    life=864001,
    keys="/jwks.json",
)
OIDC = row(
    AUTHLIB,
    {"wrong": None, "successor_after": 400, "refresh_expired": 400},
    **{"in": "node"},
    stack="oidc_server.mjs",
    client="spa",
    secret=False,
    grant="code",
    scope="openid offline_access read",
    settings=keys("RS256"),
    life=3601,
    refresh_life=14 * DAY,
    keys="/jwks",
)
ASYMMETRIC = ("RS256", "ES256", "EdDSA")
SERVERS = {
    "simplejwt": SIMPLEJWT,
    "simplejwt without rotation": row(SIMPLEJWT, UNROTATED, settings={"settings": {"ROTATE_REFRESH_TOKENS": "False", "BLACKLIST_AFTER_ROTATION": "False"}}),
    "simplejwt without a blacklist": row(SIMPLEJWT, GOOD, settings={"settings": {"BLACKLIST_AFTER_ROTATION": "False"}}),
    "simplejwt sliding": row(
        SLIDING,
        {**NO_LOGOUT, **GOOD},
        settings={"settings": {"AUTH_TOKEN_CLASSES": "('rest_framework_simplejwt.tokens.SlidingToken',)"}},
        login="/api/sliding/",
        refresh="POST /api/sliding/refresh/ token",
    ),
    "drf-jwt": FORK,
    "drf-jwt with Refresh-Token": row(FORK, {"header": 100}, settings={"middleware": ["django_server.renewing"]}, header=True),
    "drf-jwt-legacy": LEGACY,
    "drf-jwt-legacy with Refresh-Token": row(LEGACY, {"header": 100}, settings={"middleware": ["django_server.renewing"]}, header=True),
    "drf-jwt-legacy with a broken Refresh-Token": row(LEGACY, {"header": 0}, settings={"middleware": ["django_server.repeating"]}, header=True),
    "flask-jwt-extended": row(FLASK, UNROTATED, settings={"rotate": False}),
    "flask-jwt-extended with rotation": row(FLASK, settings={"rotate": True}),
    "flask-jwt-extended with cookies": row(
        FLASK,
        {"refresh_after": 200, "view_after": 401},
        **FLASK_COOKIES,
        logout_by_access=True,
        settings={"rotate": True, "cookies": True},
    ),
    "dj-rest-auth": DJ_REST_AUTH,
    "dj-rest-auth with cookies": row(DJ_REST_AUTH, **DJ_COOKIES, settings={"rest_auth": REST_AUTH}),
    "ninja-jwt": row(
        SIMPLEJWT, **{"in": "stacks"}, stack="ninja-jwt", login="/token/pair", refresh="POST /token/refresh refresh", logout="POST /token/blacklist refresh"
    ),
    "nest": row(
        FLASK,
        {"view": [200, 401], "old_again": 403, "logout": [200, 200], "refresh_after": 403},
        **{"in": "node"},
        stack="nest_server.mjs",
        settings={"refresh_key": SECRET.replace("signing", "refresh")},
        logout="POST /logout Authorization",
        logout_by_access=True,
        refresh_life=7 * DAY,
    ),
    "django-oauth-toolkit": TOOLKIT,
    "django-oauth-toolkit, public": row(TOOLKIT, client="pub", secret=False),
    "django-oauth-toolkit in a browser": row(TOOLKIT, {"wrong": None}, client="spa", secret=False, grant="code", scope="read"),
    "django-oauth-toolkit, a robot": row(TOOLKIT, ROBOT, client="robot", grant="client_credentials"),
    "django-oauth-toolkit with a grace": row(TOOLKIT, GOOD, settings={"settings": {"REFRESH_TOKEN_GRACE_PERIOD_SECONDS": "30"}}),
    "django-oauth-toolkit with reuse protection": row(TOOLKIT, {"successor_after": 400}, settings={"settings": {"REFRESH_TOKEN_REUSE_PROTECTION": "True"}}),
    "authlib": AUTHLIB,
    "authlib with ES256": row(AUTHLIB, {"keys": ["ES256"]}, settings={"rotate": True, "algorithm": "ES256", **keys("ES256")}),
    "authlib without rotation": row(AUTHLIB, UNROTATED, settings={"rotate": False, "algorithm": "RS256", **keys("RS256")}),
    "authlib, public": row(AUTHLIB, client="pub", secret=False),
    "authlib, a robot": row(AUTHLIB, ROBOT, grant="client_credentials"),
    "oidc-provider, a device": row(OIDC, client="tv", grant="device"),
    # It revokes no JWT.
    "oidc-provider, a robot": row(OIDC, {**ROBOT, "logout": [400, 400]}, client="robot", secret=True, grant="client_credentials"),
}
for algorithm in ASYMMETRIC:
    signed = {"algorithm": algorithm, **keys(algorithm)}
    django_signed = {"settings": {"ALGORITHM": repr(algorithm)}, **keys(algorithm)}
    SERVERS[f"simplejwt with {algorithm}"] = row(SIMPLEJWT, {"keys": [algorithm]}, keys="/jwks.json", settings=django_signed)
    SERVERS[f"flask-jwt-extended with {algorithm}"] = row(FLASK, {**UNROTATED, "keys": [algorithm]}, keys="/jwks.json", settings={"rotate": False, **signed})
    SERVERS[f"oidc-provider with {algorithm}"] = row(OIDC, {"keys": [algorithm]}, settings=signed)


if __name__ == "__main__":
    sys.exit(main())
