"""A push service and a browser in one: takes requests, checks who signed them, decrypts what they hold (http_ece).

usage: push_receiver.py

Prints JSON lines: first the keys of the browser and the port, then one line for each request. Ends when standard input ends.
"""
import base64
import http.server
import json
import os
import sys
import threading

import http_ece
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

KEY, SECRET = ec.generate_private_key(ec.SECP256R1()), os.urandom(16)


def text(data):
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


def data(text):
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def claims(header):
    """The claims of a VAPID signature; raises when it is not the key's."""
    token, key = header.removeprefix("vapid t=").split(", k=")
    signed, signature = token.rsplit(".", 1)
    raw = data(signature)
    number = encode_dss_signature(int.from_bytes(raw[:32], "big"), int.from_bytes(raw[32:], "big"))
    ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), data(key)).verify(number, signed.encode(), ec.ECDSA(hashes.SHA256()))
    return json.loads(data(signed.split(".")[1]))


class Handler(http.server.BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        plain = http_ece.decrypt(body, private_key=KEY, auth_secret=SECRET, version=self.headers["Content-Encoding"])
        found = claims(self.headers["Authorization"])
        print(json.dumps({"text": plain.decode(), "aud": found["aud"], "sub": found["sub"], "ttl": self.headers["TTL"]}), flush=True)
        self.send_response(201)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_):
        pass


server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
threading.Thread(target=server.serve_forever, daemon=True).start()
public = KEY.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
print(json.dumps({"port": server.server_address[1], "p256dh": text(public), "auth": text(SECRET)}), flush=True)
sys.stdin.read()
