// Functions and actions, those of the service and those of the example's publisher.

import assert from "node:assert/strict";
import { connect } from "./emulator.mjs";
import { refusal } from "./report.mjs";

export async function operations(report) {
  const api = connect();

  await report.step("callFunction: unbound, without parameters", async () => {
    const who = await api.callFunction({ name: "WhoAmI" });
    assert.deepEqual(Object.keys(who).filter((name) => !/odata/i.test(name)).sort(), [
      "BusinessUnitId", "OrganizationId", "UserId",
    ]);
    assert.match((await api.callFunction("RetrieveVersion")).Version, /^9\.\d/);
  });
  await report.step("callFunction: unbound, with a collection as parameter", async () => {
    const answer = await api.callFunction({
      name: "RetrieveTotalRecordCount",
      parameters: { EntityNames: ["rsk_port", "rsk_vessel"] },
    });
    const { Keys: keys, Values: values } = answer.EntityRecordCountCollection;
    assert.deepEqual([...keys].sort(), ["rsk_port", "rsk_vessel"]);
    assert.equal(values.length, 2);
  });
  await report.step("callFunction: an unknown name", async () => {
    const error = await refusal(api.callFunction("WhoAreYou"));
    assert.equal(error.status, 404);
  });

  const port = await api.create({ collection: "rsk_ports", data: { rsk_name: "Gdynia", rsk_unlocode: "PLGDY" } });
  const key = await api.create({ collection: "rsk_vessels", data: { rsk_name: "Hera" } });

  await report.step("callAction: CreateMultiple, UpdateMultiple, UpsertMultiple", async () => {
    const target = { "@odata.type": "Microsoft.Dynamics.CRM.rsk_category" };
    const call = (name, Targets) =>
      api.callAction({ collection: "rsk_categories", actionName: `Microsoft.Dynamics.CRM.${name}`, action: { Targets } });
    const created = await call("CreateMultiple", [1, 2].map((n) => ({ ...target, rsk_name: `Bulk ${n}`, rsk_order: n })));
    assert.equal(created.Ids.length, 2);
    const [first, second] = created.Ids;
    await call("UpdateMultiple", [first, second].map((id) => ({ ...target, rsk_categoryid: id, rsk_color: "#ff0000" })));
    const fresh = "0c7a5e2e-1111-4c4c-8d8d-0000000000b1";
    await call("UpsertMultiple", [first, fresh].map((id) => ({ ...target, rsk_categoryid: id, rsk_name: `Upserted ${id}` })));
    const read = (id) => api.retrieve({ collection: "rsk_categories", key: id, select: ["rsk_name", "rsk_color", "rsk_order"] });
    const row = await read(first);
    assert.deepEqual([row.rsk_name, row.rsk_color, row.rsk_order], [`Upserted ${first}`, "#ff0000", 1]);
    assert.equal((await read(fresh)).rsk_color, null);
  });

  await report.step("callAction: Merge", async () => {
    const account = (name, fax) => api.create({ collection: "accounts", data: { name, fax } });
    const [target, subordinate] = [await account("Kept", null), await account("Merged away", "1")];
    const reference = (accountid) => ({ "@odata.type": "Microsoft.Dynamics.CRM.account", accountid });
    await api.callAction({
      actionName: "Merge",
      action: {
        Target: reference(target),
        Subordinate: reference(subordinate),
        UpdateContent: { "@odata.type": "Microsoft.Dynamics.CRM.account", fax: "1" },
        PerformParentingChecks: false,
      },
    });
    const read = (key) => api.retrieve({ collection: "accounts", key, select: ["fax", "merged", "statecode", "_masterid_value"] });
    assert.equal((await read(target)).fax, "1");
    const gone = await read(subordinate);
    assert.deepEqual([gone.merged, gone.statecode, gone._masterid_value], [true, 1, target]);
  });

  // These are the publisher's own: the emulator runs what `xtask` registers for them.
  await report.step("callAction: unbound, a custom API", async () => {
    const answer = await api.callAction({
      actionName: "rsk_ScheduleInspection",
      action: { VesselId: key, ScheduledOn: "2031-05-04T10:00:00Z", Fee: 120.5, Urgent: true, Topics: ["hull", "crew"] },
    });
    assert.match(answer.InspectionId, /^[0-9a-f-]{36}$/);
    const row = await api.retrieve({
      collection: "rsk_inspections",
      key: answer.InspectionId,
      select: ["rsk_name", "rsk_scheduledon", "_rsk_vesselid_value"],
    });
    assert.equal(row._rsk_vesselid_value, key);
    assert.deepEqual(row.rsk_scheduledon, new Date("2031-05-04T10:00:00Z"));
  });
  await report.step("callAction: bound to a row, a custom API", async () => {
    const row = await api.callAction({
      collection: "rsk_vessels",
      key,
      actionName: "Microsoft.Dynamics.CRM.rsk_DockVessel",
      action: { Port: { rsk_portid: port, "@odata.type": "Microsoft.Dynamics.CRM.rsk_port" }, Berth: "7b" },
    });
    assert.deepEqual([row.rsk_vesselid, row._rsk_homeportid_value], [key, port]);
  });
  await report.step("callFunction: bound to a row, a custom API", async () => {
    const row = await api.callFunction({
      collection: "rsk_vessels",
      key,
      name: "Microsoft.Dynamics.CRM.rsk_NextInspection",
    });
    assert.equal(row._rsk_vesselid_value, key);
  });
  await report.step("callFunction: bound to a table, with parameters, a custom API", async () => {
    const answer = await api.callFunction({
      collection: "rsk_ports",
      name: "Microsoft.Dynamics.CRM.rsk_FindBerths",
      parameters: { MinimumDraught: 7.5, type: "quay" },
    });
    // The other seeded port is too shallow.
    assert.deepEqual(answer.value.map((row) => row.rsk_name), ["Hamburg"]);
  });
}
