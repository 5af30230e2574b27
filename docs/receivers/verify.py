"""Verifies deliveries of Pacta (Standard Webhooks 1.0.0).

The secret of an endpoint (whsec_...) needs nothing but Python 3.8. Our public key (whpk_...) also needs the package
`cryptography` (pip install cryptography, or apt-get install python3-cryptography).
"""

import base64
import hashlib
import hmac
import json
import sys
import time

# Seconds by which our clock and yours may differ.
TOLERANCE = 300


class Refused(Exception):
    """Not from us, not whole, or too old: answer 400 and do nothing."""


def verify_webhook(key, headers, body, now=None):
    """Gives the event that a delivery carries.

    key: whsec_..., the secret of your endpoint, or whpk_..., our public key: either is enough
    headers: of the request, with their names in small letters
    body: bytes of the request as they came, not parsed and written again
    now: Unix seconds
    """
    try:
        event_id, timestamp, signatures = (headers["webhook-" + name] for name in ("id", "timestamp", "signature"))
    except KeyError:
        raise Refused("a header is missing") from None
    if not (timestamp.isascii() and timestamp.isdigit() and len(timestamp) <= 12):
        raise Refused("the timestamp is no number")
    if abs((time.time() if now is None else now) - int(timestamp)) > TOLERANCE:
        raise Refused("the timestamp is too old, or lies ahead")
    signed = f"{event_id}.{timestamp}.".encode() + body
    # While a secret is being replaced there is one signature with each. One that is right is enough.
    if not any(_is_right(key, signature, signed) for signature in signatures.split(" ")):
        raise Refused("no signature is right")
    return json.loads(body)


def _is_right(key, signature, signed):
    version, _, encoded = signature.partition(",")
    try:
        given = base64.b64decode(encoded, validate=True)
    except ValueError:
        return False
    key_bytes = base64.b64decode(key.partition("_")[2])
    if key.startswith("whsec_") and version == "v1":
        return hmac.compare_digest(given, hmac.new(key_bytes, signed, hashlib.sha256).digest())
    if key.startswith("whpk_") and version == "v1a":
        return _is_signed_by_us(key_bytes, given, signed)
    return False


def _is_signed_by_us(public_key, given, signed):
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    try:
        Ed25519PublicKey.from_public_bytes(public_key).verify(given, signed)
        return True
    except InvalidSignature:
        return False


# To try it: python3 verify.py whsec_... < request.json, where request.json holds {"headers": {...}, "body": "..."}.
if __name__ == "__main__":
    request = json.load(sys.stdin)
    try:
        event = verify_webhook(sys.argv[1], request["headers"], request["body"].encode())
        print("verified:", event["type"], event["id"])
    except Refused as refused:
        print("refused:", refused)
        sys.exit(1)
