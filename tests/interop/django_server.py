"""A real Django server on a free port of the loopback: simplejwt, drf-jwt or the legacy djangorestframework-jwt; two that build on simplejwt, dj-rest-auth and
django-ninja-jwt; and django-oauth-toolkit.

  django_server.py STACK < settings        as serving.py has it

The settings:
  database     the path of its SQLite database, made anew; or postgres://… with `schema`, where its tables are made and, at its end, dropped
  settings     SIMPLE_JWT, NINJA_JWT, JWT_AUTH or OAUTH2_PROVIDER: Django's name to the value's text as it would stand in a settings.py
  signing_key  the text of the key that signs, verifying_key of the one that verifies; both the same for a secret
and where they are not as below, `rest_auth` and `rest_framework`, values of REST_AUTH and REST_FRAMEWORK; `middleware`, names of classes. For drf-jwt's, two of this module answer
a fresh token in `Refresh-Token`.

Each stands where its documentation has it, and GET /view takes an access token. POST /deactivate {user} is for the tests alone: the user is no longer active.
Users: alice (id 1), bob (2), carol (3, not active); each has the password NAME-password. Clients of django-oauth-toolkit: see `make_clients`.
"""

import json
import os
import sys
import time
import warnings
from datetime import timedelta
from urllib.parse import urlsplit

import serving
from django.conf import settings as django_settings

# The setting that holds what each is set to.
SETTING = {
    "simplejwt": "SIMPLE_JWT",
    "dj-rest-auth": "SIMPLE_JWT",
    "ninja-jwt": "NINJA_JWT",
    "drf-jwt": "JWT_AUTH",
    "drf-jwt-legacy": "JWT_AUTH",
    "django-oauth-toolkit": "OAUTH2_PROVIDER",
}
APPS = {
    "simplejwt": ["rest_framework_simplejwt.token_blacklist"],
    "dj-rest-auth": ["rest_framework_simplejwt.token_blacklist", "dj_rest_auth"],
    "ninja-jwt": ["ninja_extra", "ninja_jwt", "ninja_jwt.token_blacklist"],
    "drf-jwt": ["rest_framework_jwt.blacklist"],
    "drf-jwt-legacy": [],
    "django-oauth-toolkit": ["oauth2_provider", "django.contrib.sessions"],
}
AUTHENTICATION = {
    "django-oauth-toolkit": "oauth2_provider.contrib.rest_framework.OAuth2Authentication",
    "dj-rest-auth": "dj_rest_auth.jwt_auth.JWTCookieAuthentication",
    "simplejwt": "rest_framework_simplejwt.authentication.JWTAuthentication",
    "drf-jwt": "rest_framework_jwt.authentication.JSONWebTokenAuthentication",
    "drf-jwt-legacy": "rest_framework_jwt.authentication.JSONWebTokenAuthentication",
}


# What pages for people need.
PAGES = ["django.contrib.sessions.middleware.SessionMiddleware", "django.contrib.auth.middleware.AuthenticationMiddleware"]


def jwt_settings(stack, given):
    """The dictionary as the settings.py would have it: our tests' servers rotate, blacklist and refresh unless told otherwise."""
    values = {name: eval(text, {"timedelta": timedelta}) for name, text in given["settings"].items()}  # noqa: S307: the tests' own text
    if stack == "django-oauth-toolkit":
        # With the password grant, which it has for old clients alone.
        return {"SCOPES": {"read": "Read", "write": "Write"}, **values}
    signing, verifying = given["signing_key"], given["verifying_key"]
    if SETTING[stack] != "JWT_AUTH":
        keys = {"SIGNING_KEY": signing, "VERIFYING_KEY": "" if signing == verifying else verifying}
        return {"ROTATE_REFRESH_TOKENS": True, "BLACKLIST_AFTER_ROTATION": True, **keys, **values}
    keys = {"JWT_SECRET_KEY": signing} if signing == verifying else {"JWT_PRIVATE_KEY": signing, "JWT_PUBLIC_KEY": verifying}
    return {"JWT_ALLOW_REFRESH": True, **keys, **values}


def database(given):
    """The entry of DATABASES."""
    if not given["database"].startswith("postgres://"):
        return {"ENGINE": "django.db.backends.sqlite3", "NAME": given["database"], "OPTIONS": {"timeout": 20}}
    url = urlsplit(given["database"])
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": url.path[1:],
        "USER": url.username,
        "PASSWORD": url.password,
        "HOST": url.hostname,
        "PORT": url.port,
        "OPTIONS": {"options": "-c search_path=" + given["schema"]},
    }


def configure(stack, given):
    apps = given["settings"].pop("INSTALLED_APPS", None)
    django_settings.configure(
        SECRET_KEY="not the key that signs: 0123456789abcdef0123456789abcdef",
        ALLOWED_HOSTS=["127.0.0.1"],
        USE_TZ=True,
        ROOT_URLCONF="django_server",
        INSTALLED_APPS=["django.contrib.auth", "django.contrib.contenttypes", "rest_framework", *(APPS[stack] if apps is None else eval(apps))],
        DATABASES={"default": database(given)},
        DEFAULT_AUTO_FIELD="django.db.models.AutoField" if SETTING[stack] == "JWT_AUTH" else "django.db.models.BigAutoField",
        # Its tables as they are now: making them as they came to be takes as long as all else.
        MIGRATION_MODULES={"oauth2_provider": None},
        # A password is not what is tested.
        PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"],
        REST_FRAMEWORK={
            "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
            "DEFAULT_AUTHENTICATION_CLASSES": [AUTHENTICATION[stack]] if stack in AUTHENTICATION else [],
            **given.get("rest_framework", {}),
        },
        MIDDLEWARE=given.get("middleware", PAGES if stack == "django-oauth-toolkit" else []),
        TEMPLATES=[{"BACKEND": "django.template.backends.django.DjangoTemplates", "APP_DIRS": True}],
        # As its documentation has it, with the tokens in the answers: without JWT_AUTH_HTTPONLY off, the refresh token is empty there.
        REST_AUTH={"USE_JWT": True, "SESSION_LOGIN": False, "TOKEN_MODEL": None, "JWT_AUTH_HTTPONLY": False, **given.get("rest_auth", {})},
        **{SETTING[stack]: jwt_settings(stack, given)},
    )


def make_clients(user):
    """One for each grant of django-oauth-toolkit; `pub` and `spa` are public, the others have the secret NAME-secret."""
    from oauth2_provider.models import Application

    for name, grant in (("lab", "password"), ("pub", "password"), ("robot", "client-credentials"), ("spa", "authorization-code")):
        public = name in ("pub", "spa")
        Application.objects.create(
            name=name,
            client_id=name,
            client_secret="" if public else name + "-secret",
            client_type="public" if public else "confidential",
            authorization_grant_type=grant,
            redirect_uris="http://127.0.0.1/callback" if name == "spa" else "",
            user=user,
        )


def make_database(stack, given):
    import django

    path, schema = given["database"], given.get("schema")
    if not schema and os.path.exists(path):
        os.remove(path)
    django.setup()
    from django.contrib.auth import get_user_model
    from django.core.management import call_command
    from django.db import connection

    # Who loses power while the tables are made starts again.
    connection.cursor().execute(f"CREATE SCHEMA {schema}" if schema else "PRAGMA synchronous=OFF")
    call_command("migrate", verbosity=0, run_syncdb=True)
    for name in ("alice", "bob", "carol"):
        get_user_model().objects.create_user(name, name + "@example.com", name + "-password", is_active=name != "carol")
    if stack == "django-oauth-toolkit":
        make_clients(get_user_model().objects.get(username="alice"))
    connection.close()


def refresh_header(fresh_claims):
    """A middleware that answers a fresh token in `Refresh-Token`. `fresh_claims` makes its claims of those presented."""

    def middleware(get_response):
        import jwt
        from rest_framework.authentication import get_authorization_header
        from rest_framework_jwt.settings import api_settings

        def presented(request):
            """The claims of the request's own token, if it is valid."""
            parts = get_authorization_header(request).decode().split()
            try:
                return jwt.decode(parts[-1], api_settings.JWT_SECRET_KEY, algorithms=[api_settings.JWT_ALGORITHM])
            except (IndexError, jwt.PyJWTError):
                return None

        def handle(request):
            claims, response = presented(request), get_response(request)
            if claims and response.status_code < 400:
                response["Refresh-Token"] = api_settings.JWT_ENCODE_HANDLER(fresh_claims(claims, api_settings))
                response["Cache-Control"] = "no-store"
            return response

        return handle

    return middleware


@refresh_header
def renewing(claims, api_settings):
    """Right: the token's end moves."""
    now = int(time.time())
    moved = {"exp": now + int(api_settings.JWT_EXPIRATION_DELTA.total_seconds())}
    return {**claims, **moved, **({"iat": now} if "iat" in claims else {})}


@refresh_header
def repeating(claims, api_settings):
    """As it is commonly written: the claims are signed as they are, so that the token ends when it would have ended."""
    return claims


def ninja_routes():
    from django.urls import path
    from ninja_extra import NinjaExtraAPI, api_controller, http_get
    from ninja_jwt.authentication import JWTAuth
    from ninja_jwt.controller import NinjaJWTDefaultController, TokenBlackListController

    @api_controller("/token", permissions=[])
    class Tokens(NinjaJWTDefaultController, TokenBlackListController):
        auto_import = False

    @api_controller("", auth=JWTAuth())
    class WhoAmI:
        @http_get("/view")
        def view(self, request):
            return {"user": request.user.get_username(), "id": request.user.pk}

    api = NinjaExtraAPI()
    api.register_controllers(Tokens, WhoAmI)
    return [path("", api.urls)]


def both(name, documented, view):
    """A view by a short name, and where the package's documentation has it."""
    from django.urls import path

    return [path(name, view), path(documented, view)]


def deactivate(request):
    from django.contrib.auth import get_user_model
    from django.http import JsonResponse

    get_user_model().objects.filter(username=json.loads(request.body)["user"]).update(is_active=False)
    return JsonResponse({})


def logging_in(request):
    """The page for a name and a password, which Django leaves to the application."""
    from django.contrib.auth import authenticate, login
    from django.http import HttpResponse, HttpResponseRedirect

    user = authenticate(request, username=request.POST.get("login"), password=request.POST.get("password"))
    if user is None:
        return HttpResponse('<form method="post"><input name="login"><input name="password" type="password"></form>')
    login(request, user)
    return HttpResponseRedirect(request.GET["next"])


def routes(stack):
    from django.urls import path

    return [path("deactivate", deactivate), *routes_of(stack)]


def routes_of(stack):
    if stack == "ninja-jwt":
        return ninja_routes()
    from django.urls import include, path
    from rest_framework.permissions import IsAuthenticated
    from rest_framework.response import Response
    from rest_framework.views import APIView

    class WhoAmI(APIView):
        permission_classes = (IsAuthenticated,)

        def get(self, request):
            user = {"user": request.user.get_username(), "id": request.user.pk}
            if stack == "simplejwt":
                user = {"user": user["user"], "id": str(user["id"]), "claims": request.auth.payload}
            return Response(user)

    if stack == "dj-rest-auth":
        return [path("auth/", include("dj_rest_auth.urls")), path("view", WhoAmI.as_view())]
    if stack == "django-oauth-toolkit":
        from oauth2_provider.contrib.rest_framework import TokenHasScope
        from oauth2_provider.urls import metadata_urlpatterns

        class OfScope(WhoAmI):
            """Also for a token without a user, who is a client then."""

            permission_classes = (TokenHasScope,)
            required_scopes = ("read",)

            def get(self, request):
                return super().get(request) if request.user else Response({"client": request.auth.application.client_id})

        return [
            path("o/", include("oauth2_provider.urls")),
            *metadata_urlpatterns,
            path("accounts/login/", logging_in),
            path("view", OfScope.as_view()),
        ]
    if stack == "simplejwt":
        from rest_framework_simplejwt import authentication, views

        found = []
        if "rest_framework_simplejwt.token_blacklist" in django_settings.INSTALLED_APPS:
            from rest_framework_simplejwt.token_blacklist.models import OutstandingToken

            class Outstanding(APIView):
                """The list as the server reads it, not for callers of its own."""

                authentication_classes = ()

                def get(self, request):
                    def shown(row):
                        moments = (row.created_at.timestamp(), row.expires_at.timestamp())
                        user = row.user and row.user.username
                        return [row.jti, user, row.token, *moments, hasattr(row, "blacklistedtoken")]

                    return Response([shown(row) for row in OutstandingToken.objects.order_by("id")])

                def delete(self, request):
                    OutstandingToken.objects.get(jti=request.data["jti"]).delete()
                    return Response()

            found.append(path("outstanding", Outstanding.as_view()))

        class Stateless(WhoAmI):
            authentication_classes = (authentication.JWTStatelessUserAuthentication,)

        return [
            *found,
            *both("login", "api/token/", views.TokenObtainPairView.as_view()),
            *both("refresh", "api/token/refresh/", views.TokenRefreshView.as_view()),
            *both("verify", "api/token/verify/", views.TokenVerifyView.as_view()),
            *both("blacklist", "api/token/blacklist/", views.TokenBlacklistView.as_view()),
            *both("sliding-login", "api/sliding/", views.TokenObtainSlidingView.as_view()),
            *both("sliding-refresh", "api/sliding/refresh/", views.TokenRefreshSlidingView.as_view()),
            path("view", WhoAmI.as_view()),
            path("stateless", Stateless.as_view()),
        ]
    from rest_framework_jwt import views

    found = [
        *both("login", "api-token-auth/", views.obtain_jwt_token),
        *both("refresh", "api-token-refresh/", views.refresh_jwt_token),
        *both("verify", "api-token-verify/", views.verify_jwt_token),
        path("view", WhoAmI.as_view()),
    ]
    if "rest_framework_jwt.blacklist" in django_settings.INSTALLED_APPS:
        from rest_framework_jwt.blacklist.views import BlacklistView

        found += both("blacklist", "blacklist/", BlacklistView.as_view({"post": "create"}))
    return found


def main():
    stack = sys.argv[1]
    warnings.simplefilter("ignore")
    given = serving.settings()
    configure(stack, given)
    make_database(stack, given)

    from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler
    from django.core.wsgi import get_wsgi_application

    global urlpatterns
    urlpatterns = routes(stack)
    server = ThreadedWSGIServer(("127.0.0.1", 0), WSGIRequestHandler)
    own = getattr(django_settings, SETTING[stack])
    server.set_app(serving.with_routes(get_wsgi_application(), lambda: serving.key_set(own["ALGORITHM"], given["verifying_key"])))
    serving.serve(server, server.server_port)
    if given.get("schema"):
        from django.db import connection

        connection.cursor().execute(f"DROP SCHEMA {given['schema']} CASCADE")
    serving.end()


if __name__ == "__main__":
    # Django imports the routes and the middleware from the module of this name.
    sys.modules["django_server"] = sys.modules["__main__"]
    main()
