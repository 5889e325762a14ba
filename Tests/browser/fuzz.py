"""Starts a scratch server, gives schemathesis an administrator's token, and hands on what it says."""
import os, subprocess, sys

from server import ROOT, Server

# What would end the token, the organisation or the run itself.
LEFT_OUT = "/(you/tokens|you/sessions|sign-out|live|admin/backups|admin/mail)"


def main():
    examples = sys.argv[1] if len(sys.argv) > 1 else "50"
    with Server(os.environ.get("FUZZ_DATABASE", "sqlite")) as server:
        server.command("admin", "create-organisation", "Scratch", "--zone", "Europe/Berlin")
        server.command("admin", "create-member", "ada@scratch.example", "--name", "Ada", "--organisation", "scratch", "--roles", "mentor,manager,editor,moderator,admin")
        token = server.command("admin", "token", "ada@scratch.example", "--organisation", "scratch")
        done = subprocess.run(
            [ROOT / ".build/venv-api/bin/schemathesis", "run", server.base + "/api/v1/openapi.json", "--max-examples", examples, "--workers", "2",
             "--header", f"Authorization: Bearer {token}", "--exclude-path-regex", LEFT_OUT, "--suppress-health-check", "all",
             "--phases", "examples,coverage,fuzzing", "--exclude-checks", "positive_data_acceptance,unsupported_method,missing_required_header", "--request-timeout", "30", *sys.argv[2:]], cwd=server.folder)
        fell = server.process.poll() is not None
        if fell:
            print("the server ended: " + server.words()[-2000:])
    return 1 if fell else done.returncode


if __name__ == "__main__":
    sys.exit(main())
