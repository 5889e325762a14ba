"""Starts a scratch server, gives schemathesis an administrator's token, and hands on what it says."""
import os, pathlib, subprocess, sys

from server import ROOT, Server

# What would end the token or the run itself: revoking it, a stream without an end.
LEFT_OUT = "/(you/tokens|you/sessions|sign-out|live)"

# A schema cannot say that a day has passed or that a time is taken, so "positive_data_acceptance" calls right refusals wrong.
# fuzz_checks.py has the same check for all that the description does state.
SWITCHED_OFF = "positive_data_acceptance"


def main():
    examples = sys.argv[1] if len(sys.argv) > 1 else "50"
    with Server(os.environ.get("FUZZ_DATABASE", "sqlite")) as server:
        server.command("admin", "create-organisation", "Scratch", "--zone", "Europe/Berlin")
        server.command("admin", "create-member", "ada@scratch.example", "--name", "Ada", "--organisation", "scratch", "--roles", "mentor,manager,editor,moderator,admin")
        token = server.command("admin", "token", "ada@scratch.example", "--organisation", "scratch")
        server.wait("/api/v1/openapi.json")
        done = subprocess.run(
            [ROOT / ".build/venv-api/bin/schemathesis", "run", server.base + "/api/v1/openapi.json", "--max-examples", examples, "--workers", "2",
             "--header", f"Authorization: Bearer {token}", "--exclude-path-regex", LEFT_OUT, "--suppress-health-check", "all",
             # NUL is refused in any text; a schema could say so only by a pattern on each.
             "--generation-allow-x00", "false",
             "--phases", "examples,coverage,fuzzing", "--exclude-checks", SWITCHED_OFF, "--request-timeout", "30", "--warnings", "off", *sys.argv[2:]],
            cwd=server.folder, env={**os.environ, "SCHEMATHESIS_HOOKS": "fuzz_checks", "PYTHONPATH": str(pathlib.Path(__file__).parent)})
        fell = server.process.poll() is not None
        if fell:
            print("the server ended: " + server.words()[-2000:])
    return 1 if fell else done.returncode


if __name__ == "__main__":
    sys.exit(main())
