"""The program as an administrator installs it, and what it says to wrong settings."""
import os, shutil, socket, subprocess, tempfile
from pathlib import Path
from tandem import Installation, binary

ROOT = Path(__file__).resolve().parents[2]

# Each is refused before anything starts, by its name.
WRONG = {
    "TANDEM_SERVER_LISTN": "127.0.0.1:0", "TANDEM_SERVER_BASE_URL": "tandem.example.org", "TANDEM_SERVER_TRUSTED_PROXIES": "10.0.0.0/33",
    "TANDEM_SERVER_SECRET_KEY": "short", "TANDEM_DATABASE_MIGRATE": "manuel", "TANDEM_MAIL_FROM": "nobody", "TANDEM_NETWORK_PRIVATE": "maybe",
    "TANDEM_MAIL_REPLIES": "replies",
    "TANDEM_LOG_LEVEL": "warn", "TANDEM_LOG_FORMAT": "jsn", "TANDEM_BACKUP_EVERY": "0s", "TANDEM_BACKUP_KEEP": "0",
    "TANDEM_LIMITS_BODY": "-5", "TANDEM_LIMITS_CONNECTIONS": "0", "TANDEM_LIMITS_CONNECTIONS_PER_ADDRESS": "0", "TANDEM_LIMITS_IDLE": "60",
    "TANDEM_LIMITS_REQUEST_BURST": "0", "TANDEM_STORAGE_MAX_UPLOAD": "many",
}


def call(command, **more):
    return subprocess.run(command, capture_output=True, text=True, timeout=120, **more)


def install():
    """Called by its name from anywhere, the installed program finds its pages; alone it says what is missing."""
    faults = []
    with tempfile.TemporaryDirectory() as folder:
        alone = call([shutil.copy(binary(), folder), "demo", "--data", f"{folder}/none", "--members", "12", "--days", "20"])
        if alone.returncode != 2 or "share/tandem" not in alone.stderr:
            faults.append(f"alone: {alone.returncode} {alone.stderr[-200:]}")
        build = os.path.dirname(os.path.realpath(binary()))
        subprocess.run([ROOT / "scripts/install", f"{folder}/usr"], check=True, env={**os.environ, "BUILD": build})
        reached = {**os.environ, "PATH": f"{folder}/usr/bin:{os.environ['PATH']}"}
        os.symlink(f"{folder}/usr/bin/tandem", f"{folder}/other-name")
        for command in (["tandem", "routes"], [f"{folder}/other-name", "routes"]):
            said = call(command, env=reached, cwd="/")
            if said.returncode or "/sign-in" not in said.stdout:
                faults.append(f"{command[0]}: {said.returncode} {said.stderr[-200:]}")
        with Installation() as house:
            made = call(["tandem", "demo", "--data", house.folder, "--members", "20", "--days", "20"], env=reached, cwd="/")
            if made.returncode:
                faults.append(f"demo: {made.stderr[-200:]}")
            os.environ["TANDEM"], own = f"{folder}/usr/bin/tandem", os.environ.get("TANDEM")
            try:
                house.start()
                for path in ("/sign-in", "/assets/tandem.css"):
                    status = house.get(path)[0]
                    if status != 200:
                        faults.append(f"{path}: {status}")
            finally:
                os.environ.pop("TANDEM") if own is None else os.environ.update(TANDEM=own)
    return not faults, "; ".join(faults) or "found by name, by link and from /, alone refused"


def settings():
    """Wrong settings are refused by name; the port, the folder and the key of somebody else too; doctor makes no key."""
    faults = []
    with Installation() as house:
        house.found()
        for name, value in WRONG.items():
            said = call([binary(), "doctor", "--data", house.folder], env={**os.environ, name: value})
            shown = name[len("TANDEM_"):].lower().replace("_", ".", 1)
            if said.returncode != 2 or shown not in said.stderr and name not in said.stderr:
                faults.append(f"{name}={value}: {said.returncode} {said.stderr[-120:]}")
        key = Path(house.folder, "secret_key")
        if key.exists():
            faults.append("a command made a key")
        call([binary(), "doctor", "--data", house.folder])
        if key.exists():
            faults.append("doctor made a key")
        with socket.socket() as other:
            other.bind(("127.0.0.1", 0))
            other.listen()
            port = other.getsockname()[1]
            said = call([binary(), "serve", "--data", house.folder, "--listen", f"127.0.0.1:{port}"])
            if said.returncode != 75 or str(port) not in said.stderr or "--listen" not in said.stderr:
                faults.append(f"port: {said.returncode} {said.stderr[-200:]}")
        house.start()
        house.stop()
        server = {**os.environ, "TANDEM_MAIL_URL": "smtp://127.0.0.1:9"}
        own = {**server, "TANDEM_MAIL_FROM": "Tandem <tandem@example.org>"}
        told = ["look sender" in call([binary(), "doctor", "--data", house.folder], env=env).stdout for env in (os.environ, server, own)]
        if told != [False, True, False]:
            faults.append(f"doctor tells of the sender: {told}")
        held = key.read_text()
        key.write_text("A" * 43 + "\n")
        for command in ("serve", "work"):
            said = call([binary(), command, "--data", house.folder])
            if said.returncode != 2 or "adopt-key" not in said.stderr:
                faults.append(f"{command} with another key: {said.returncode} {said.stderr[-200:]}")
        if "not the one" not in call([binary(), "doctor", "--data", house.folder]).stdout:
            faults.append("doctor does not see another key")
        house.run("admin", "adopt-key")
        house.start()
        house.stop()
        if held == key.read_text():
            faults.append("the key was put back")
    return not faults, "; ".join(faults) or f"{len(WRONG)} settings, a port and a key refused"
