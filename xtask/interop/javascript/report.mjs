// What a step exercised and how it ended: one line of JSON on standard output for each.

import assert from "node:assert/strict";

/** Runs steps one after the other. A failed step doesn't stop the others. */
export class Report {
  #area = "";

  /** Steps that belong together. A failure outside of them, as they are prepared, ends the area and is told. */
  async area(name, run) {
    this.#area = name;
    try {
      await run(this);
    } catch (error) {
      this.#tell("the rows that the steps need", "failed", reason(error));
    }
  }

  /** A step that must succeed. What it returns is handed on; undefined if it failed. */
  async step(operation, run) {
    try {
      const result = await run();
      this.#tell(operation, "passed", "");
      return result;
    } catch (error) {
      this.#tell(operation, "failed", reason(error));
      return undefined;
    }
  }

  /** A step that the emulator must refuse with 501 and the feature's name. Succeeding is a failure too: the list is then out of date. */
  async unsupported(operation, feature, run) {
    try {
      await run();
    } catch (error) {
      const refusal = Array.isArray(error) ? error[0] : error;
      if (refusal.status === 501 && refusal.message.includes(feature)) {
        this.#tell(operation, "unsupported", refusal.message);
      } else {
        this.#tell(operation, "failed", `expected 501 with '${feature}', got ${reason(error)}`);
      }
      return;
    }
    this.#tell(operation, "failed", `expected 501 with '${feature}', but it succeeded`);
  }

  #tell(operation, outcome, detail) {
    console.log(JSON.stringify({ area: this.#area, operation, outcome, detail }));
  }
}

/** The refusal that a call ends with. */
export async function refusal(promise) {
  try {
    await promise;
  } catch (error) {
    return error;
  }
  assert.fail("the call succeeded, though it had to be refused");
}

/** That a call is refused with this status and this code of the service. */
export async function refused(promise, status, code) {
  const error = await refusal(promise);
  assert.deepEqual({ status: error.status, code: error.code }, { status, code }, error.message);
  return error;
}

function reason(error) {
  if (Array.isArray(error)) return error.map(reason).join("; ");
  if (!(error instanceof Error)) return JSON.stringify(error);
  // The refusal of a part of a batch keeps the service's words in a member of its own.
  const { code, message } = error.error ?? error;
  const said = [error.status, code?.startsWith?.("0x") ? code : "", message.replaceAll(/\s+/g, " ")];
  const at = /\/(\w+\.mjs:\d+)/.exec(error.stack ?? "")?.[1];
  return `${said.filter(Boolean).join(" ")}${at ? ` (${at})` : ""}`;
}
