"""What the Python servers of this folder share: how they are started and ended, and a clock that a test moves.

The first line of standard input is a JSON object, the server's settings. The server prints its port on a line once it accepts, and ends when standard input does, so that it
never outlives whoever started it.

  POST /clock {"advance": SECONDS}    the server's clock runs on from there, and with it its tokens' lives and the header Date
  GET /jwks.json                      the key that verifies, if it is a public one
"""

import json
import logging
import os
import sys
import threading
import time

import jwt
import time_machine

clock = None


def settings():
    """The settings that whoever started the server gives it."""
    logging.disable(logging.CRITICAL)
    return json.loads(sys.stdin.readline())


def advance(seconds):
    """Moves the clock of the whole process, which runs on. Returns what time it is then."""
    global clock
    if clock is None:
        clock = time_machine.travel(time.time(), tick=True).start()
    clock.shift(seconds)
    return {"now": time.time()}


def key_set(algorithm, verifying_key):
    """The key that verifies as a JWKS (RFC 7517)."""
    verifier = jwt.PyJWS().get_algorithm_by_name(algorithm)
    key = json.loads(verifier.to_jwk(verifier.prepare_key(verifying_key)))
    return {"keys": [{**key, "use": "sig", "alg": algorithm}]}


def with_routes(application, keys):
    """The WSGI application with the routes of this module."""

    def body(environ):
        return json.loads(environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"])))

    def answer(environ, start_response):
        if environ["PATH_INFO"] == "/clock":
            said = advance(body(environ)["advance"])
        elif environ["PATH_INFO"] == "/jwks.json":
            said = keys()
        else:
            return application(environ, start_response)
        said = json.dumps(said).encode()
        start_response("200 OK", [("Content-Type", "application/json"), ("Content-Length", str(len(said)))])
        return [said]

    return answer


def serve(server, port):
    """Serves until standard input ends."""
    threading.Thread(target=server.serve_forever, daemon=True).start()
    print(port, flush=True)
    sys.stdin.read()


def end():
    """Ends the process without waiting for answers that are under way."""
    os._exit(0)
