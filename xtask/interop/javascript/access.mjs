// Tokens and users.

import assert from "node:assert/strict";
import { acquireToken, arrived, connect, faults, header, url } from "./emulator.mjs";
import { refusal } from "./report.mjs";
import { DynamicsWebApi } from "dynamics-web-api";

export async function access(report) {
  const api = connect();

  await report.step("a call without a token is challenged", async () => {
    const error = await refusal(new DynamicsWebApi({ serverUrl: url }).callFunction("WhoAmI"));
    assert.equal(error.status, 401);
    assert.match(error.headers["www-authenticate"], /authorization_uri=/);
  });

  await report.step("onTokenRefresh", async () => {
    const who = await api.callFunction("WhoAmI");
    assert.match(who.UserId, /^[0-9a-f-]{36}$/);
  });

  await report.step("token of a single request", async () => {
    const bare = new DynamicsWebApi({ serverUrl: url });
    const token = await acquireToken();
    const ports = await bare.retrieveMultiple({ collection: "rsk_ports", select: ["rsk_name"], top: 1, token });
    assert.ok(Array.isArray(ports.value));
    const error = await refusal(bare.retrieveMultiple({ collection: "rsk_ports", top: 1, token: `${token}x` }));
    assert.equal(error.status, 401);
  });

  await report.step("a throttled request: status, code, Retry-After", async () => {
    await faults([{ times: 1, path: "WhoAmI", fails: { status: 429, retry_after: 7 } }]);
    const error = await refusal(api.callFunction("WhoAmI"));
    assert.deepEqual([error.status, error.code, error.headers["retry-after"]], [429, "0x80072322", "7"]);
    await api.callFunction("WhoAmI");
  });

  const administrator = process.env.EMULATOR_ADMINISTRATOR;
  const objectId = process.env.EMULATOR_ADMINISTRATOR_OBJECT;
  await report.step("impersonate, impersonateAAD", async () => {
    const own = (await api.callFunction("WhoAmI")).UserId;
    for (const as of [{ impersonate: administrator }, { impersonateAAD: objectId }]) {
      const key = await api.create({
        collection: "rsk_ports",
        data: { rsk_name: "Helsinki", rsk_unlocode: "FIHEL" },
        ...as,
      });
      const port = await api.retrieve({
        collection: "rsk_ports",
        key,
        select: ["_createdby_value", "_createdonbehalfby_value"],
      });
      assert.equal(port._createdby_value, administrator);
      assert.equal(port._createdonbehalfby_value, own);
      await api.deleteRecord({ collection: "rsk_ports", key });
    }
    const as = connect({ impersonate: administrator });
    assert.equal((await as.callFunction("WhoAmI")).UserId, administrator);
    const unknown = connect({ impersonate: "00000000-0000-0000-0000-0000000000aa" });
    assert.ok((await refusal(unknown.callFunction("WhoAmI"))).status >= 400);
  });

  await report.step("headers arrive: duplicateDetection, bypassCustomPluginExecution, tag, headers", async () => {
    const key = await api.create({
      collection: "rsk_ports",
      data: { rsk_name: "Turku", rsk_unlocode: "FITKU" },
      duplicateDetection: true,
      bypassCustomPluginExecution: true,
      tag: "a tag & more",
      headers: { "MSCRM.SolutionUniqueName": "RaskFleet" },
    });
    await api.deleteRecord({ collection: "rsk_ports", key });
    const created = (await arrived()).findLast((request) => request.method === "POST");
    assert.equal(header(created, "MSCRM.SuppressDuplicateDetection"), "false");
    assert.equal(header(created, "MSCRM.BypassCustomPluginExecution"), "true");
    assert.equal(header(created, "MSCRM.SolutionUniqueName"), "RaskFleet");
    assert.match(created.path, /tag=a%20tag%20%26%20more/);
  });
}
