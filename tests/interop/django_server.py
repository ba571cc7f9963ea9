"""A real Django server on a free port of the loopback: simplejwt, drf-jwt or the legacy djangorestframework-jwt; and two that build on simplejwt, dj-rest-auth and
django-ninja-jwt.

  django_server.py STACK < settings

The first line of standard input is a JSON object:
  database     the path of its SQLite database, made anew; or postgres://… with `schema`, where its tables are made and, at its end, dropped
  settings     SIMPLE_JWT, NINJA_JWT or JWT_AUTH: Django's name to the value's text as it would stand in a settings.py
  signing_key  the text of the key that signs, verifying_key of the one that verifies; both the same for a secret
It makes the database and its users, then prints its port on a line. It ends when standard input does, so that it never outlives whoever started it.

Users: alice (id 1), bob (2), carol (3, not active); each has the password NAME-password.
"""

import json
import logging
import os
import sys
import threading
import warnings
from datetime import timedelta
from urllib.parse import urlsplit

from django.conf import settings as django_settings

# The setting that holds what each is set to.
SETTING = {"simplejwt": "SIMPLE_JWT", "dj-rest-auth": "SIMPLE_JWT", "ninja-jwt": "NINJA_JWT", "drf-jwt": "JWT_AUTH", "drf-jwt-legacy": "JWT_AUTH"}
APPS = {
    "simplejwt": ["rest_framework_simplejwt.token_blacklist"],
    "dj-rest-auth": ["rest_framework_simplejwt.token_blacklist", "dj_rest_auth"],
    "ninja-jwt": ["ninja_extra", "ninja_jwt", "ninja_jwt.token_blacklist"],
    "drf-jwt": ["rest_framework_jwt.blacklist"],
    "drf-jwt-legacy": [],
}
AUTHENTICATION = {
    "dj-rest-auth": "dj_rest_auth.jwt_auth.JWTCookieAuthentication",
    "simplejwt": "rest_framework_simplejwt.authentication.JWTAuthentication",
    "drf-jwt": "rest_framework_jwt.authentication.JSONWebTokenAuthentication",
    "drf-jwt-legacy": "rest_framework_jwt.authentication.JSONWebTokenAuthentication",
}


def jwt_settings(stack, given):
    """The dictionary as the settings.py would have it: our tests' servers rotate, blacklist and refresh unless told otherwise."""
    values = {name: eval(text, {"timedelta": timedelta}) for name, text in given["settings"].items()}  # noqa: S307: the tests' own text
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
        APPEND_SLASH=False,
        INSTALLED_APPS=["django.contrib.auth", "django.contrib.contenttypes", "rest_framework", *(APPS[stack] if apps is None else eval(apps))],
        DATABASES={"default": database(given)},
        DEFAULT_AUTO_FIELD="django.db.models.AutoField" if SETTING[stack] == "JWT_AUTH" else "django.db.models.BigAutoField",
        # A password is not what is tested.
        PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"],
        REST_FRAMEWORK={
            "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
            "DEFAULT_AUTHENTICATION_CLASSES": [AUTHENTICATION[stack]] if stack in AUTHENTICATION else [],
        },
        # As its documentation has it, with the tokens in the answers: without JWT_AUTH_HTTPONLY off, the refresh token is empty there.
        REST_AUTH={"USE_JWT": True, "SESSION_LOGIN": False, "TOKEN_MODEL": None, "JWT_AUTH_HTTPONLY": False},
        **{SETTING[stack]: jwt_settings(stack, given)},
    )


def make_database(given):
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
    call_command("migrate", verbosity=0)
    for name in ("alice", "bob", "carol"):
        get_user_model().objects.create_user(name, name + "@example.com", name + "-password", is_active=name != "carol")
    connection.close()


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


def routes(stack):
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
            path("login", views.TokenObtainPairView.as_view()),
            path("refresh", views.TokenRefreshView.as_view()),
            path("verify", views.TokenVerifyView.as_view()),
            path("blacklist", views.TokenBlacklistView.as_view()),
            path("sliding-login", views.TokenObtainSlidingView.as_view()),
            path("sliding-refresh", views.TokenRefreshSlidingView.as_view()),
            path("view", WhoAmI.as_view()),
            path("stateless", Stateless.as_view()),
        ]
    from rest_framework_jwt import views

    found = [
        path("login", views.obtain_jwt_token),
        path("refresh", views.refresh_jwt_token),
        path("verify", views.verify_jwt_token),
        path("view", WhoAmI.as_view()),
    ]
    if "rest_framework_jwt.blacklist" in django_settings.INSTALLED_APPS:
        from rest_framework_jwt.blacklist.views import BlacklistView

        found.append(path("blacklist", BlacklistView.as_view({"post": "create"})))
    return found


def main():
    stack = sys.argv[1]
    warnings.simplefilter("ignore")
    logging.disable(logging.CRITICAL)
    given = json.loads(sys.stdin.readline())
    configure(stack, given)
    make_database(given)

    from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler
    from django.core.wsgi import get_wsgi_application

    global urlpatterns
    urlpatterns = routes(stack)
    server = ThreadedWSGIServer(("127.0.0.1", 0), WSGIRequestHandler)
    server.set_app(get_wsgi_application())
    threading.Thread(target=server.serve_forever, daemon=True).start()
    print(server.server_port, flush=True)
    sys.stdin.read()
    if given.get("schema"):
        from django.db import connection

        connection.cursor().execute(f"DROP SCHEMA {given['schema']} CASCADE")
    os._exit(0)


if __name__ == "__main__":
    # Django imports the routes from the module of this name.
    sys.modules["django_server"] = sys.modules["__main__"]
    main()
