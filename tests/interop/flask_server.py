"""A Flask server with Flask-JWT-Extended on a free port of the loopback, its routes as that package's documentation has them.

  flask_server.py < settings

The first line of standard input is a JSON object: `signing_key`, the secret; `rotate`, whether a refresh answers a new refresh token, too, and blocks the presented one.
It prints its port on a line and ends when standard input does, so that it never outlives whoever started it.

  POST /login {username, password}; POST /refresh and DELETE /logout with the token in the header; GET /view, and /fresh for a token from a login alone
Users: alice and bob; each has the password NAME-password.
"""

import json
import logging
import os
import sys
import threading

from flask import Flask, jsonify, request
from flask_jwt_extended import (
    JWTManager,
    create_access_token,
    create_refresh_token,
    get_jwt,
    get_jwt_identity,
    jwt_required,
)
from werkzeug.serving import make_server


def application(given):
    app = Flask("flask_server")
    app.json.sort_keys = False
    app.config["JWT_SECRET_KEY"] = given["signing_key"]
    blocked = set()
    JWTManager(app).token_in_blocklist_loader(lambda header, payload: payload["jti"] in blocked)

    @app.post("/login")
    def login():
        body = request.get_json()
        user = body["username"]
        if user not in ("alice", "bob") or body["password"] != user + "-password":
            return jsonify(msg="Bad username or password"), 401
        return jsonify(access_token=create_access_token(identity=user, fresh=True), refresh_token=create_refresh_token(identity=user))

    @app.post("/refresh")
    @jwt_required(refresh=True)
    def refresh():
        answer = {"access_token": create_access_token(identity=get_jwt_identity())}
        if given["rotate"]:
            blocked.add(get_jwt()["jti"])
            answer["refresh_token"] = create_refresh_token(identity=get_jwt_identity())
        return jsonify(answer)

    @app.delete("/logout")
    @jwt_required(verify_type=False)
    def logout():
        blocked.add(get_jwt()["jti"])
        return jsonify(msg="Token successfully revoked")

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
    logging.disable(logging.CRITICAL)
    server = make_server("127.0.0.1", 0, application(json.loads(sys.stdin.readline())), threaded=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    print(server.server_port, flush=True)
    sys.stdin.read()
    os._exit(0)


if __name__ == "__main__":
    main()
