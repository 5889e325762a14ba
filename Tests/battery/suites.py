"""Suites of the Swift tests that are part of the battery, with a floor under the number of their tests."""
import os, re, subprocess, tempfile
from tandem import ROOT


def suite(name, least, **environment):
    """Runs one suite from the debug build; it must find as many tests as it had when this was written."""
    bundle = ROOT / ".build/debug/tandemPackageTests.xctest"
    if not bundle.exists():
        subprocess.run(["swift", "build", "--build-tests"], cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    ran = subprocess.run(
        [str(bundle), "--testing-library", "swift-testing", "--filter", name], cwd=ROOT, env={**os.environ, **environment},
        capture_output=True, text=True)
    text = ran.stdout + ran.stderr
    counted = re.search(r"Test run with (\d+) tests?", text)
    tests = int(counted.group(1)) if counted else 0
    issue = re.search(r"recorded an issue[^\n]*", text)
    return ran.returncode == 0 and tests >= least and " skipped" not in text, f"{tests} tests{', ' + issue.group(0)[:160] if issue else ''}"


def matrix(wrong_row=False):
    """Every route for every role against the hand-written file; the control forbids members what they may do."""
    if not wrong_row:
        return suite("MatrixTests|StatementTests", 6)
    with tempfile.NamedTemporaryFile("w", suffix=".csv") as file:
        with open(ROOT / "Tests/Authorisation/matrix.csv") as own:
            for line in own:
                cells = line.split(",")
                if cells[0] == "GET /reviews":
                    cells[2] = "-"
                file.write(",".join(cells))
        file.flush()
        return suite("MatrixTests", 1, TANDEM_TEST_MATRIX=file.name)


def register(new_column=False):
    """Every column of both schemas is in the register of personal data; the control adds one that is not."""
    return suite("PersonalRegisterTests", 2, **({"TANDEM_TEST_PLANTED_COLUMN": "yes"} if new_column else {}))
