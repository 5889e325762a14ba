"""Counts what passed and says what failed."""
import time, traceback


class Results:
    def __init__(self):
        self.passed, self.failed, self.total_failed = 0, 0, 0
        self.where = None

    def suite(self, name):
        self.where = None
        self.name, self.began, self.passed, self.failed = name, time.monotonic(), 0, 0

    def check(self, sentence, holds, detail=""):
        if holds:
            self.passed += 1
        else:
            self.failed += 1
            self.total_failed += 1
            print(f"FAILED {self.name}: {sentence}" + (f"\n       {detail}" if detail else ""), flush=True)
        return bool(holds)

    def step(self, sentence, run):
        """Runs a part whose exceptions are failures, and hands on what it gives."""
        try:
            value = run()
        except Exception as error:
            lines = [f"{f.filename.rsplit('/', 1)[-1]}:{f.lineno}" for f in traceback.extract_tb(error.__traceback__) if "/browser/" in f.filename]
            place = self.where() if self.where else ""
            self.check(sentence, False, f"{' < '.join(reversed(lines))}: {str(error)[:600]} {place}")
            return None
        self.check(sentence, True)
        return value

    def end(self):
        print(f"{self.name}: {self.passed} passed, {self.failed} failed ({time.monotonic() - self.began:.0f} s)", flush=True)
