"""A real mail server (aiosmtpd) for the mail tests.

usage: mail_server.py FOLDER plain|starttls|tls|silent [CERTIFICATE_NAME]

Writes JSON lines: first its port and certificate, then one line for each mail it accepts. Ends when standard input ends.
What it answers depends on the address: later@ 451, nobody@ 550, unwelcome@ (sender) 550, heavy@ 552 after the data,
busy@ 421 after the data, closing@ is accepted and the connection then closed.
"""

import asyncio
import base64
import json
import logging
import ssl
import subprocess
import sys
import warnings

from aiosmtpd.smtp import SMTP, AuthResult


def say(**values):
    print(json.dumps(values), flush=True)


class Handler:
    async def handle_MAIL(self, server, session, envelope, address, options):
        if address.startswith("unwelcome@"):
            return "550 5.7.1 We do not know this sender"
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(self, server, session, envelope, address, options):
        if address.startswith("later@"):
            return "451 4.2.1 Greylisted, try again"
        if address.startswith("nobody@"):
            return "550-5.1.1 There is nobody\r\n550 5.1.1 of this name"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        recipient = envelope.rcpt_tos[0]
        if recipient.startswith("heavy@"):
            return "552 5.3.4 Too big"
        if recipient.startswith("busy@"):
            return "421 4.3.2 Shutting down"
        say(
            sender=envelope.mail_from,
            recipients=envelope.rcpt_tos,
            message=base64.b64encode(envelope.original_content).decode(),
            encrypted=server.transport.get_extra_info("ssl_object") is not None,
            user=(session.auth_data or b"").decode(),
            helo=session.host_name,
        )
        if recipient.startswith("closing@"):
            asyncio.get_running_loop().call_soon(self.close, server)
        return "250 Accepted"

    def close(self, server):
        server.transport.close()
        say(closed=True)


def authenticate(server, session, envelope, mechanism, data):
    if (data.login, data.password) == (b"tandem", b"right horse"):
        return AuthResult(success=True, auth_data=data.login)
    return AuthResult(success=False, handled=False)


def certificate(folder, name):
    pair = f"{folder}/certificate.pem", f"{folder}/key.pem"
    alternatives = f"subjectAltName=DNS:{name}" + (",IP:127.0.0.1" if name == "localhost" else "")
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2"]
        + ["-subj", f"/CN={name}", "-addext", alternatives, "-out", pair[0], "-keyout", pair[1]],
        check=True,
        stderr=subprocess.DEVNULL,
    )
    return pair


class Silence(asyncio.Protocol):
    pass


async def main(folder, mode, name="localhost"):
    pair = certificate(folder, name)
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(*pair)
    options = {"authenticator": authenticate, "auth_require_tls": False, "hostname": "mail.example.org"}
    if mode == "starttls":
        options |= {"tls_context": context, "require_starttls": True}
    factory = Silence if mode == "silent" else lambda: SMTP(Handler(), **options)
    loop = asyncio.get_running_loop()
    server = await loop.create_server(factory, "127.0.0.1", 0, ssl=context if mode == "tls" else None)
    say(port=server.sockets[0].getsockname()[1], certificate=pair[0])
    await loop.run_in_executor(None, sys.stdin.read)
    server.close()


# Refused handshakes are expected here and would fill the test's output.
logging.disable()
warnings.simplefilter("ignore")
asyncio.run(main(*sys.argv[1:]))
