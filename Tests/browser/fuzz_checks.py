"""What schemathesis asks of each answer besides its own checks; it loads this file by SCHEMATHESIS_HOOKS."""
import schemathesis
from schemathesis import GenerationMode


@schemathesis.check
def described_data_is_read(ctx, response, case):
    """What the description allows is never refused for its shape: a 422 for it names rules only, and it is no 400 or 415."""
    meta = case.meta
    if meta is None or meta.generation.mode != GenerationMode.POSITIVE:
        return
    if response.status_code in (400, 415):
        raise AssertionError(f"{response.status_code} for a request that keeps the description: {response.text[:300]}")
    if response.status_code == 422:
        faults = [fault for fault in response.json().get("errors", []) if fault["code"] == "schema"]
        if faults:
            raise AssertionError(f"refused by shape though the description allows it: {faults}")
