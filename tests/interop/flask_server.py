"""A Flask server with Flask-JWT-Extended on a free port of the loopback, its routes as that package's documentation has them.

  flask_server.py < settings        as serving.py has it

The settings: `signing_key`, the secret; `rotate`, whether a refresh answers a new refresh token, too, and blocks the presented one; and where they are not the package's own,
`algorithm` with `verifying_key`, and `cookies`, whether the tokens are in cookies instead of answers and headers.

  POST /login {username, password}; POST /refresh and DELETE /logout with the token in the header; GET /view, and /fresh for a token from a login alone
Users: alice and bob; each has the password NAME-password.
"""

import serving
from flask import Flask, jsonify, request
from flask_jwt_extended import (
    JWTManager,
    create_access_token,
    create_refresh_token,
    get_jwt,
    get_jwt_identity,
    jwt_required,
    set_access_cookies,
    set_refresh_cookies,
    unset_jwt_cookies,
)
from werkzeug.serving import make_server


def configure(app, given):
    app.json.sort_keys = False
    app.config["JWT_SECRET_KEY"] = given["signing_key"]
    app.config["JWT_TOKEN_LOCATION"] = ["cookies" if given.get("cookies") else "headers"]
    if "algorithm" in given:
        app.config.update(JWT_ALGORITHM=given["algorithm"], JWT_PRIVATE_KEY=given["signing_key"], JWT_PUBLIC_KEY=given["verifying_key"])


def application(given):
    app = Flask("flask_server")
    configure(app, given)
    blocked = set()
    JWTManager(app).token_in_blocklist_loader(lambda header, payload: payload["jti"] in blocked)

    def answer(access, refresh):
        if not given.get("cookies"):
            return jsonify(access_token=access, refresh_token=refresh) if refresh else jsonify(access_token=access)
        response = jsonify(msg="the tokens are in cookies")
        set_access_cookies(response, access)
        if refresh:
            set_refresh_cookies(response, refresh)
        return response

    @app.post("/login")
    def login():
        body = request.get_json()
        user = body["username"]
        if user not in ("alice", "bob") or body["password"] != user + "-password":
            return jsonify(msg="Bad username or password"), 401
        return answer(create_access_token(identity=user, fresh=True), create_refresh_token(identity=user))

    @app.post("/refresh")
    @jwt_required(refresh=True)
    def refresh():
        access, refresh = create_access_token(identity=get_jwt_identity()), None
        if given["rotate"]:
            blocked.add(get_jwt()["jti"])
            refresh = create_refresh_token(identity=get_jwt_identity())
        return answer(access, refresh)

    @app.delete("/logout")
    @jwt_required(verify_type=False)
    def logout():
        blocked.add(get_jwt()["jti"])
        response = jsonify(msg="Token successfully revoked")
        if given.get("cookies"):
            unset_jwt_cookies(response)
        return response

    @app.get("/view")
    @jwt_required()
    def view():
        return jsonify(user=get_jwt_identity())

    @app.get("/fresh")
    @jwt_required(fresh=True)
    def fresh():
        return jsonify(user=get_jwt_identity())

    return app


def main():
    given = serving.settings()
    routed = serving.with_routes(application(given), lambda: serving.key_set(given["algorithm"], given["verifying_key"]))
    server = make_server("127.0.0.1", 0, routed, threaded=True)
    serving.serve(server, server.server_port)
    serving.end()


if __name__ == "__main__":
    main()
