"""Verifies one token per line with PyJWT: python3 verify.py SECRET < TOKENS. It prints a line for each."""
import json
import sys

import jwt

for line in sys.stdin:
    print(json.dumps(jwt.decode(line.strip(), sys.argv[1], algorithms=["HS256"])))
