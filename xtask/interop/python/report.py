"""What a step exercised and how it ended: one line of JSON on standard output for each."""

import json
import os
import traceback

from PowerPlatform.Dataverse.core.errors import HttpError


class Report:
    """Runs steps one after the other. A failed step doesn't stop the others."""

    def __init__(self):
        self._area = ""

    def area(self, name, run):
        """Steps that belong together. A failure outside of them, as they are prepared, ends the area and is told."""
        self._area = name
        try:
            run()
        except Exception as error:
            self._tell("the rows that the steps need", "failed", reason(error))

    def step(self, operation):
        """A step that must succeed: the decorated function runs at once, and its name stands for its result."""

        def run(function):
            try:
                result = function()
            except Exception as error:
                self._tell(operation, "failed", reason(error))
                return None
            self._tell(operation, "passed", "")
            return result

        return run

    def unsupported(self, operation, feature, call):
        """A step that the emulator must refuse with 501 and the feature's name. Succeeding is a failure too: the list is
        then out of date."""
        try:
            call()
        except HttpError as error:
            if error.status_code == 501 and feature in error.message:
                self._tell(operation, "unsupported", error.message)
            else:
                self._tell(operation, "failed", f"expected 501 with '{feature}', got {reason(error)}")
        except Exception as error:
            self._tell(operation, "failed", f"expected 501 with '{feature}', got {reason(error)}")
        else:
            self._tell(operation, "failed", f"expected 501 with '{feature}', but it succeeded")

    def _tell(self, operation, outcome, detail):
        line = {"area": self._area, "operation": operation, "outcome": outcome, "detail": detail}
        print(json.dumps(line), flush=True)


def refused(call, status, code=None):
    """That a call is refused with this status, and this code of the service. Gives the error."""
    try:
        call()
    except HttpError as error:
        found = (error.status_code, error.details.get("service_error_code") if code else None)
        assert found == (status, code), f"{found} {error.message}"
        return error
    raise AssertionError("the call succeeded, though it had to be refused")


def equal(found, expected):
    """That two values are the same, told when they aren't."""
    assert found == expected, f"{found!r} is not {expected!r}"


def reason(error):
    frames = traceback.extract_tb(error.__traceback__)
    own = [frame for frame in frames if os.path.dirname(frame.filename) == os.path.dirname(__file__)]
    place = f" ({own[-1].name}:{own[-1].lineno})" if own else ""
    if isinstance(error, HttpError):
        return f"{error.status_code} {error.details.get('service_error_code', '')} {error.message}{place}"
    text = " ".join(str(error).split())
    return f"{type(error).__name__}: {text}{place}"
