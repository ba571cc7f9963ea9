"""What other implementations sign and accept: PyJWT, joserfc, cryptography and the openssl program.

  peers.py keys DIR      makes keys of every kind in DIR, by openssl and by cryptography, and prints a JSON list of them
  peers.py sign          reads such a list, prints a JSON list of tokens: each peer, each key, each algorithm
  peers.py verify        reads a JSON list of {name, alg, key, token}, prints {"checked": N, "failures": [...]}; each token is also
                         given with its payload changed, which every peer has to refuse

Nothing here touches the network.
"""

import base64
import hmac
import json
import os
import secrets
import subprocess
import sys
import tempfile
import time
import warnings

import jwt
from cryptography.hazmat.primitives import serialization as ser
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature, encode_dss_signature
from joserfc import jwk
from joserfc import jwt as joserfc_jwt

warnings.simplefilter("ignore")

RSA = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512"]
EC = {
    "ES256": ("P-256", "prime256v1", ec.SECP256R1, 32), "ES384": ("P-384", "secp384r1", ec.SECP384R1, 48),
    "ES512": ("P-521", "secp521r1", ec.SECP521R1, 66), "ES256K": ("secp256k1", "secp256k1", ec.SECP256K1, 32),
}
ED = ["EdDSA", "Ed25519"]
HMAC = {"HS256": 32, "HS384": 48, "HS512": 64}


def b64(data):
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def unb64(text):
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def openssl(*args, data=None):
    done = subprocess.run(["openssl", *args], input=data, capture_output=True)
    if done.returncode:
        raise RuntimeError("openssl %s: %s" % (args[0], done.stderr.decode(errors="replace").strip()))
    return done.stdout


def write(path, data):
    # 0600, as a private key has to be.
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        file.write(data if isinstance(data, bytes) else data.encode())
    return path


# --- keys


def keys(folder):
    found = []

    def add(name, private, algs, pem=None, secret=None, extra=()):
        """`pem` is the public key in the peers' form, `extra` further files that hold the same key: (name, content, is private)."""
        public = pem and write(os.path.join(folder, name + ".pub.pem"), pem)
        entry = {"name": name, "algs": algs, "private": [], "public": [public] if public else [], "peer": public, "secret": secret}
        write_to = lambda label, content: write(os.path.join(folder, "%s.%s" % (name, label)), content)
        entry["private"].append(write_to("key", private))
        for label, content, is_private in extra:
            entry["private" if is_private else "public"].append(write_to(label, content))
        # The peers sign with a form that all of them read: PKCS#8, or the secret itself.
        if pem:
            entry["peer_private"] = write_to("p8", openssl("pkcs8", "-topk8", "-nocrypt", data=private if isinstance(private, bytes) else private.encode()))
        found.append(entry)

    def jwks(pem_private, kid):
        """The key as JWK and in a JWKS, private and public, as joserfc writes them."""
        key = jwk.import_key(pem_private, {"RSA": "RSA", "EC": "EC", "OKP": "OKP"}[kind(pem_private)])
        private, public = dict(key.as_dict(private=True)), dict(key.as_dict(private=False))
        for one in (private, public):
            one["kid"] = kid
        return [
            ("jwk", json.dumps(private), True),
            ("jwks", json.dumps({"keys": [private]}), True),
            ("pub.jwk", json.dumps(public), False),
            ("pub.jwks", json.dumps({"keys": [public]}), False),
        ]

    def kind(pem):
        key = ser.load_pem_private_key(pem, None)
        return "RSA" if isinstance(key, rsa.RSAPrivateKey) else "EC" if isinstance(key, ec.EllipticCurvePrivateKey) else "OKP"

    def by_openssl(name, private, algs, extra=()):
        add("openssl-" + name, private, algs, pem=openssl("pkey", "-pubout", data=private), extra=extra)

    # As people make them: genpkey (PKCS#8), genrsa -traditional (PKCS#1), ecparam (SEC1, with its EC PARAMETERS block or without).
    private = openssl("genpkey", "-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:2048")
    pkcs1 = openssl("rsa", "-traditional", data=private)
    pkcs1_public = openssl("rsa", "-RSAPublicKey_out", data=private)
    by_openssl("rsa-2048", private, RSA, extra=[("pkcs1.pem", pkcs1, True), ("pkcs1.pub.pem", pkcs1_public, False)])
    by_openssl("rsa-3072-pkcs1", openssl("rsa", "-traditional", data=openssl("genrsa", "3072")), RSA)
    for alg, (_, curve, _, _) in EC.items():
        by_openssl(curve + "-pkcs8", openssl("genpkey", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:" + curve), [alg])
        by_openssl(curve + "-sec1", openssl("ecparam", "-name", curve, "-genkey", "-noout"), [alg])
        by_openssl(curve + "-sec1-parameters", openssl("ecparam", "-name", curve, "-genkey"), [alg])
    by_openssl("ed25519", openssl("genpkey", "-algorithm", "ed25519"), ED)

    def by_cryptography(name, key, algs):
        pem = lambda form: key.private_bytes(ser.Encoding.PEM, form, ser.NoEncryption())
        public = key.public_key().public_bytes(ser.Encoding.PEM, ser.PublicFormat.SubjectPublicKeyInfo)
        private = pem(ser.PrivateFormat.PKCS8)
        extra = jwks(private, "kid-of-" + name)
        if not isinstance(key, ed25519.Ed25519PrivateKey):
            extra.append(("traditional.pem", pem(ser.PrivateFormat.TraditionalOpenSSL), True))
        add("cryptography-" + name, private, algs, pem=public, extra=extra)

    by_cryptography("rsa-2048", rsa.generate_private_key(65537, 2048), RSA)
    by_cryptography("rsa-4096", rsa.generate_private_key(65537, 4096), ["RS256", "PS512"])
    for alg, (curve, _, of, _) in EC.items():
        by_cryptography(curve, ec.generate_private_key(of()), [alg])
    by_cryptography("ed25519", ed25519.Ed25519PrivateKey.generate(), ED)

    for alg, size in HMAC.items():
        # As a text file (its newline is not part of the secret), as bytes that are no text, and as a JWK.
        text = secrets.token_hex(size // 2).encode()
        add("secret-text-" + alg, text + b"\n", [alg], secret=b64(text))
        raw = b"\xff\x00" + secrets.token_bytes(size - 3) + b"\n"
        oct_key = json.dumps({"kty": "oct", "k": b64(raw), "alg": alg})
        add("secret-bytes-" + alg, raw, [alg], secret=b64(raw), extra=[("jwk", oct_key, True)])
    return found


# --- one function a peer to sign and to verify


def digest(alg):
    return "-sha" + alg[2:5]


def pss(alg):
    return ["-sigopt", "rsa_padding_mode:pss", "-sigopt", "rsa_pss_saltlen:digest", "-sigopt", "rsa_mgf1_md:sha" + alg[2:]] if alg.startswith("PS") else []


def openssl_sign(key, alg, header, claims):
    head, body = b64(json.dumps({**header, "alg": alg}).encode()), b64(json.dumps(claims).encode())
    message = ("%s.%s" % (head, body)).encode()
    if alg in HMAC:
        signature = openssl("dgst", digest(alg), "-mac", "HMAC", "-macopt", "hexkey:" + unb64(key["secret"]).hex(), "-binary", data=message)
    elif alg in ED:
        with tempfile.NamedTemporaryFile() as file:
            file.write(message)
            file.flush()
            signature = openssl("pkeyutl", "-sign", "-inkey", key["peer_private"], "-rawin", "-in", file.name)
    else:
        signature = openssl("dgst", digest(alg), *pss(alg), "-sign", key["peer_private"], "-binary", data=message)
        if alg in EC:
            size = EC[alg][3]
            signature = b"".join(number.to_bytes(size, "big") for number in decode_dss_signature(signature))
    return "%s.%s.%s" % (head, body, b64(signature))


def openssl_verify(case):
    message, _, signature = case["token"].rpartition(".")
    signature, alg = unb64(signature), case["alg"]
    if alg in HMAC:
        # openssl has no check for an HMAC: it makes one, and we compare.
        made = openssl("dgst", digest(alg), "-mac", "HMAC", "-macopt", "hexkey:" + unb64(case["secret"]).hex(), "-binary", data=message.encode())
        if not hmac.compare_digest(made, signature):
            raise ValueError("openssl's HMAC is another")
        return
    if alg in EC:
        size = EC[alg][3]
        if len(signature) != 2 * size:
            raise ValueError("an %s signature of %d bytes" % (alg, len(signature)))
        signature = encode_dss_signature(int.from_bytes(signature[:size], "big"), int.from_bytes(signature[size:], "big"))
    with tempfile.NamedTemporaryFile() as data, tempfile.NamedTemporaryFile() as sig:
        data.write(message.encode())
        sig.write(signature)
        data.flush()
        sig.flush()
        if alg in ED:
            openssl("pkeyutl", "-verify", "-pubin", "-inkey", case["key"], "-rawin", "-in", data.name, "-sigfile", sig.name)
        else:
            openssl("dgst", digest(alg), *pss(alg), "-verify", case["key"], "-signature", sig.name, data.name)


def read(path):
    with open(path, "rb") as file:
        return file.read()


def pyjwt_sign(key, alg, header, claims):
    return jwt.encode(claims, unb64(key["secret"]) if alg in HMAC else read(key["peer_private"]), algorithm=alg, headers=header)


def pyjwt_verify(case):
    alg = case["alg"]
    jwt.decode(case["token"], unb64(case["secret"]) if alg in HMAC else read(case["key"]), algorithms=[alg])


def joserfc_key(case, path):
    alg = case["alg"]
    if alg in HMAC:
        return jwk.import_key(unb64(case["secret"]), "oct")
    return jwk.import_key(read(path), "RSA" if alg in RSA else "EC" if alg in EC else "OKP")


def joserfc_sign(key, alg, header, claims):
    material = joserfc_key({"alg": alg, "secret": key["secret"]}, key.get("peer_private"))
    return joserfc_jwt.encode({**header, "alg": alg}, claims, material, algorithms=[alg])


def joserfc_verify(case):
    alg = case["alg"]
    token = joserfc_jwt.decode(case["token"], joserfc_key(case, case["key"]), algorithms=[alg])
    joserfc_jwt.JWTClaimsRegistry(exp={"essential": True}).validate(token.claims)


# RFC 9864's name came in 2025: PyJWT has not learned it.
KNOWS = {"PyJWT": lambda alg: alg != "Ed25519", "joserfc": lambda alg: True, "openssl": lambda alg: True}
SIGN = {"PyJWT": pyjwt_sign, "joserfc": joserfc_sign, "openssl": openssl_sign}
VERIFY = {"PyJWT": pyjwt_verify, "joserfc": joserfc_verify, "openssl": openssl_verify}


def sign(entries):
    now = int(time.time())
    # Numbers, other scripts, nesting: what a claim may hold.
    claims = {"sub": "älice", "iat": now, "exp": now + 3600, "jti": "0191", "amount": 12345678901234567890, "nested": {"a": [1, None, True]}}
    for entry in entries:
        for alg in entry["algs"]:
            for peer, make in SIGN.items():
                if KNOWS[peer](alg):
                    token = make(entry, alg, {"typ": "JWT"}, claims)
                    yield {"peer": peer, "alg": alg, "name": entry["name"], "files": entry["public"] or entry["private"], "token": token}


def verify(cases):
    checked, failures = 0, []
    for case in cases:
        head, body, signature = case["token"].split(".")
        payload = unb64(body)
        changed = dict(case, token="%s.%s.%s" % (head, b64(payload.replace(b"{", b'{"changed":1,', 1)), signature))
        for peer, check in VERIFY.items():
            if not KNOWS[peer](case["alg"]):
                continue
            name = "%s: %s" % (peer, case["name"])
            try:
                check(case)
            except Exception as error:  # noqa: BLE001: whatever it says is the finding
                failures.append("%s refused: %s: %s" % (name, type(error).__name__, error))
            try:
                check(changed)
            except Exception:  # noqa: BLE001
                pass
            else:
                failures.append("%s accepted a changed payload" % name)
            checked += 1
    return {"checked": checked, "failures": failures}


def main():
    command = sys.argv[1]
    if command == "keys":
        answer = keys(sys.argv[2])
    elif command == "sign":
        answer = list(sign(json.load(sys.stdin)))
    elif command == "verify":
        answer = verify(json.load(sys.stdin))
    else:
        sys.exit("peers.py keys DIR | sign | verify")
    json.dump(answer, sys.stdout)


if __name__ == "__main__":
    main()
