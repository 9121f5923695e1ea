// Batches: single requests, change sets, references within them, failures.

import assert from "node:assert/strict";
import { connect } from "./emulator.mjs";
import { refusal } from "./report.mjs";

const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

export async function batches(report) {
  const api = connect();
  const names = async (prefix) => {
    const answer = await api.retrieveMultiple({
      collection: "rsk_vessels",
      select: ["rsk_name"],
      filter: `startswith(rsk_name,'${prefix}')`,
      orderBy: ["rsk_name"],
    });
    return answer.value.map((row) => row.rsk_name);
  };
  const vessel = (rsk_name, more = {}) => ({ collection: "rsk_vessels", data: { rsk_name }, ...more });

  await report.step("executeBatch: requests outside of change sets", async () => {
    const key = await api.create(vessel("B1-a"));
    api.startBatch();
    api.create(vessel("B1-b"));
    api.update({ collection: "rsk_vessels", key, data: { rsk_crew: 3 } });
    api.retrieve({ collection: "rsk_vessels", key, select: ["rsk_crew"] });
    api.retrieveMultiple({ collection: "rsk_vessels", select: ["rsk_name"], filter: "rsk_name eq 'B1-b'" });
    api.count({ collection: "rsk_ports" });
    api.callFunction("WhoAmI");
    const [id, done, row, found, count, who] = await api.executeBatch({ inChangeSet: false });
    assert.match(id, GUID);
    assert.equal(done, true);
    assert.equal(row.rsk_crew, 3);
    assert.equal(found.value[0].rsk_vesselid, id);
    assert.ok(count > 0);
    assert.match(who.UserId, GUID);
  });

  await report.step("executeBatch: a change set with a read after it", async () => {
    api.startBatch();
    api.create(vessel("B2-a", { returnRepresentation: true, select: ["rsk_name"] }));
    api.create(vessel("B2-b"));
    api.retrieveMultiple({ collection: "rsk_vessels", select: ["rsk_name"], filter: "startswith(rsk_name,'B2-')" });
    const [first, second, all] = await api.executeBatch();
    assert.equal(first.rsk_name, "B2-a");
    assert.match(second, GUID);
    assert.equal(all.value.length, 2);
  });

  await report.step("executeBatch: contentId in bodies, as an address, and in associate", async () => {
    api.startBatch();
    api.create({ collection: "rsk_ports", data: { rsk_name: "Riga", rsk_unlocode: "LVRIX" }, contentId: "1" });
    api.create({
      collection: "rsk_vessels",
      data: { rsk_name: "B3-a", "rsk_HomePortId@odata.bind": "$1" },
      contentId: "2",
    });
    api.update({ contentId: "$1", data: { rsk_country: "Latvia" } });
    api.create({ collection: "rsk_categories", data: { rsk_name: "B3" }, contentId: "3" });
    api.associate({ contentId: "$2", relationshipName: "rsk_vessel_rsk_category", relatedKey: "$3" });
    const answers = await api.executeBatch();
    const row = await api.retrieve({
      collection: "rsk_vessels",
      key: answers[1],
      select: ["rsk_name"],
      expand: [
        { property: "rsk_HomePortId", select: ["rsk_country"] },
        { property: "rsk_vessel_rsk_category", select: ["rsk_name"] },
      ],
    });
    assert.equal(row.rsk_HomePortId.rsk_country, "Latvia");
    assert.deepEqual(row.rsk_vessel_rsk_category.map((each) => each.rsk_name), ["B3"]);
  });

  await report.step("executeBatch: a failing change set leaves nothing behind", async () => {
    api.startBatch();
    api.create(vessel("B4-a"));
    api.create(vessel("B4-b".padEnd(161, "x")));
    const errors = await refusal(api.executeBatch());
    assert.equal(errors.length, 1);
    assert.deepEqual([errors[0].status, errors[0].error.code], [400, "0x80044331"]);
    assert.deepEqual(await names("B4-"), []);
  });

  await report.step("executeBatch: stops at the first failure", async () => {
    api.startBatch();
    api.create(vessel("B5-a"));
    api.retrieve({ collection: "rsk_vessels", key: "00000000-0000-0000-0000-00000000dead", select: ["rsk_name"] });
    api.create(vessel("B5-b"));
    const answers = await refusal(api.executeBatch({ inChangeSet: false }));
    assert.equal(answers.length, 2);
    assert.match(answers[0], GUID);
    assert.deepEqual([answers[1].status, answers[1].error.code], [404, "0x80040217"]);
    assert.deepEqual(await names("B5-"), ["B5-a"]);
  });

  await report.step("executeBatch: continueOnError", async () => {
    api.startBatch();
    api.retrieve({ collection: "rsk_vessels", key: "00000000-0000-0000-0000-00000000dead", select: ["rsk_name"] });
    api.create(vessel("B6-a"));
    const [error, id] = await api.executeBatch({ inChangeSet: false, continueOnError: true });
    assert.equal(error.status, 404);
    assert.match(id, GUID);
    assert.deepEqual(await names("B6-"), ["B6-a"]);
  });

  await report.step("executeBatch: deleteRecord, upsert, associateSingleValued, disassociate", async () => {
    const port = await api.create({ collection: "rsk_ports", data: { rsk_name: "Visby", rsk_unlocode: "SEVBY" } });
    const key = await api.create(vessel("B7-a"));
    const gone = await api.create(vessel("B7-b"));
    api.startBatch();
    api.deleteRecord({ collection: "rsk_vessels", key: gone });
    api.upsert({ collection: "rsk_vessels", key: "0c7a5e2e-1111-4c4c-8d8d-0000000000b7", data: { rsk_name: "B7-c" } });
    api.associateSingleValued({
      collection: "rsk_vessels",
      primaryKey: key,
      navigationProperty: "rsk_HomePortId",
      relatedCollection: "rsk_ports",
      relatedKey: port,
    });
    api.disassociate({ collection: "rsk_ports", primaryKey: port, relationshipName: "rsk_port_vessel", relatedKey: key });
    await api.executeBatch();
    assert.deepEqual(await names("B7-"), ["B7-a", "B7-c"]);
    const row = await api.retrieve({ collection: "rsk_vessels", key, select: ["_rsk_homeportid_value"] });
    assert.equal(row._rsk_homeportid_value, null);
  });
}
