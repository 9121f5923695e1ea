// Single rows: create, retrieve, update, upsert, delete.

import assert from "node:assert/strict";
import { connect } from "./emulator.mjs";
import { refusal, refused } from "./report.mjs";

const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const ABSENT = "00000000-0000-0000-0000-00000000dead";

export async function rows(report) {
  const api = connect();
  const port = await report.step("create", async () => {
    const id = await api.create({ collection: "rsk_ports", data: { rsk_name: "Bergen", rsk_unlocode: "NOBGO" } });
    assert.match(id, GUID);
    return id;
  });
  const vessel = await created(report, api, port);
  await retrieved(report, api, port, vessel);
  await updated(report, api, vessel);
  await upserted(report, api, vessel);
  await elastic(report, api);
  await deleted(report, api);
}

async function created(report, api, port) {
  const vessel = await report.step("create with returnRepresentation, select and a bound lookup", async () => {
    const row = await api.create({
      collection: "rsk_vessels",
      data: {
        rsk_name: "Aster",
        rsk_imo: "9074729",
        rsk_crew: 21,
        rsk_draught: 7.25,
        rsk_beam: 19.5,
        rsk_distance: 123456789,
        rsk_hulltype: 814250002,
        rsk_features: "814250003,814250000",
        rsk_active: false,
        rsk_built: "1998-05-17",
        rsk_lastseen: "2024-03-05T08:30:00+02:00",
        rsk_insuredvalue: 5000000.5,
        rsk_description: "Ice, nø fog\r\nand “quotes” 🚢",
        "rsk_HomePortId@odata.bind": `rsk_ports(${port})`,
      },
      returnRepresentation: true,
      select: [
        "rsk_name", "rsk_draught", "rsk_distance", "rsk_hulltype", "rsk_features", "rsk_active", "rsk_built",
        "rsk_lastseen", "rsk_insuredvalue", "rsk_description", "_rsk_homeportid_value",
      ],
    });
    assert.match(row.rsk_vesselid, GUID);
    assert.match(row["@odata.etag"], /^W\/"\d+"$/);
    assert.match(row.oDataContext, /\$metadata#rsk_vessels\(.*\)\/\$entity$/);
    assert.equal(row.rsk_name, "Aster");
    assert.equal(row.rsk_draught, 7.25);
    assert.equal(row.rsk_distance, 123456789);
    assert.equal(row.rsk_hulltype, 814250002);
    assert.equal(row.rsk_features, "814250000,814250003");
    assert.equal(row.rsk_active, false);
    assert.equal(row.rsk_built, "1998-05-17");
    // The client makes dates of texts that look like one.
    assert.deepEqual(row.rsk_lastseen, new Date("2024-03-05T06:30:00Z"));
    assert.equal(row.rsk_insuredvalue, 5000000.5);
    assert.match(row._transactioncurrencyid_value, GUID, "comes with every amount");
    assert.equal(row.rsk_description, "Ice, nø fog\r\nand “quotes” 🚢");
    assert.equal(row._rsk_homeportid_value, port);
    assert.ok(!("rsk_imo" in row), "a column that wasn't selected");
    return row.rsk_vesselid;
  });
  await report.step("create with nested rows (deep insert)", async () => {
    const key = await api.create({
      collection: "rsk_vessels",
      data: {
        rsk_name: "Birk",
        rsk_HomePortId: { rsk_name: "Stavanger", rsk_unlocode: "NOSVG" },
        rsk_vessel_inspection: [{ rsk_name: "Initial" }, { rsk_name: "Annual" }],
      },
    });
    const row = await api.retrieve({
      collection: "rsk_vessels",
      key,
      select: ["rsk_name", "rsk_code"],
      expand: [
        { property: "rsk_HomePortId", select: ["rsk_unlocode"] },
        { property: "rsk_vessel_inspection", select: ["rsk_name", "rsk_number"], orderBy: ["rsk_name"] },
      ],
    });
    assert.equal(row.rsk_HomePortId.rsk_unlocode, "NOSVG");
    assert.deepEqual(row.rsk_vessel_inspection.map((each) => each.rsk_name), ["Annual", "Initial"]);
    assert.match(row.rsk_code, /^V-\d{5}$/, "an auto-numbered column");
    assert.match(row.rsk_vessel_inspection[0].rsk_number, /^I-\d{6}-\d{4}$/);
  });
  await report.step("create is refused: required column, unknown column, long text, key that exists", async () => {
    const create = (collection, data) => api.create({ collection, data });
    await refused(create("rsk_vessels", { rsk_name: "x".repeat(161) }), 400, "0x80044331");
    assert.equal((await refusal(create("rsk_vessels", { rsk_nmae: "x" }))).status, 400);
    assert.equal((await refusal(create("rsk_inspections", { rsk_name: "x" }))).status, 400);
    await refused(create("rsk_vessels", { rsk_name: "Twin", rsk_imo: "9074729" }), 412, "0x80060892");
    const missing = await refusal(create("rsk_vesels", { rsk_name: "x" }));
    assert.deepEqual([missing.status, missing.code], [404, "0x8006088a"]);
  });
  return vessel;
}

async function retrieved(report, api, port, vessel) {
  const collection = "rsk_vessels";
  await report.step("retrieve by id with select", async () => {
    const row = await api.retrieve({ collection, key: vessel, select: ["rsk_name", "createdon", "statecode"] });
    assert.deepEqual(Object.keys(row).filter((name) => !/odata/i.test(name)).sort(), [
      "createdon", "rsk_name", "rsk_vesselid", "statecode",
    ]);
    assert.ok(Math.abs(Date.now() - row.createdon) < 600_000);
    assert.equal(row.statecode, 0);
  });
  await report.step("retrieve by alternate key", async () => {
    const one = await api.retrieve({ collection, key: "rsk_imo='9074729'", select: ["rsk_name"] });
    assert.equal(one.rsk_vesselid, vessel);
    const two = await api.retrieve({
      collection,
      key: `_rsk_homeportid_value=${port},rsk_name="Aster"`,
      select: ["rsk_imo"],
    });
    assert.equal(two.rsk_imo, "9074729");
    await refused(api.retrieve({ collection, key: "rsk_imo='0'", select: ["rsk_name"] }), 404, "0x80060891");
  });
  await report.step("retrieve with includeAnnotations", async () => {
    const row = await api.retrieve({
      collection,
      key: vessel,
      select: ["rsk_hulltype", "rsk_features", "rsk_active", "_rsk_homeportid_value", "_ownerid_value"],
      includeAnnotations: "*",
    });
    assert.equal(row.rsk_hulltype_Formatted, "Catamaran");
    assert.equal(row.rsk_features_Formatted, "Ice class; Reefer plugs");
    assert.equal(row.rsk_active_Formatted, "Laid up");
    assert.equal(row._rsk_homeportid_value_Formatted, "Bergen");
    assert.equal(row._rsk_homeportid_value_LogicalName, "rsk_port");
    assert.equal(row._rsk_homeportid_value_NavigationProperty, "rsk_HomePortId");
    assert.equal(row._ownerid_value_LogicalName, "systemuser");
  });
  await report.step("retrieve a reference, a navigation property, a related row", async () => {
    const reference = await api.retrieve({ collection, key: vessel, select: ["rsk_HomePortId/$ref"] });
    assert.deepEqual([reference.id, reference.collection], [port, "rsk_ports"]);
    const related = await api.retrieve({
      collection,
      key: vessel,
      navigationProperty: "rsk_HomePortId",
      select: ["rsk_unlocode"],
    });
    assert.equal(related.rsk_unlocode, "NOBGO");
    const single = await api.retrieve({ collection, key: vessel, select: ["/rsk_name"] });
    assert.equal(single.value, "Aster");
  });
  await report.step("retrieve with ifnonematch: 304 while nothing has changed", async () => {
    const row = await api.retrieve({ collection, key: vessel, select: ["rsk_name"] });
    const ifnonematch = row["@odata.etag"];
    const again = await api.retrieve({ collection, key: vessel, select: ["rsk_name"], ifnonematch });
    assert.equal(again, undefined);
    const other = await api.retrieve({ collection, key: vessel, select: ["rsk_name"], ifnonematch: 'W/"1"' });
    assert.equal(other.rsk_name, "Aster");
  });
  await report.step("retrieve of a missing row, with an unknown column", async () => {
    const error = await refused(api.retrieve({ collection, key: ABSENT, select: ["rsk_name"] }), 404, "0x80040217");
    assert.equal(error.message, `rsk_vessel With Id = ${ABSENT} Does Not Exist`);
    await refused(api.retrieve({ collection, key: vessel, select: ["rsk_nmae"] }), 400, "0x80060888");
  });
}

async function updated(report, api, vessel) {
  const collection = "rsk_vessels";
  const read = (...select) => api.retrieve({ collection, key: vessel, select });
  await report.step("update", async () => {
    const done = await api.update({
      collection,
      key: vessel,
      data: { rsk_crew: 22, rsk_description: null, "rsk_HomePortId@odata.bind": null },
    });
    assert.equal(done, true);
    const row = await read("rsk_crew", "rsk_description", "_rsk_homeportid_value", "rsk_name");
    assert.deepEqual(
      [row.rsk_crew, row.rsk_description, row._rsk_homeportid_value, row.rsk_name],
      [22, null, null, "Aster"],
    );
  });
  await report.step("update with returnRepresentation", async () => {
    const row = await api.update({
      collection,
      key: "rsk_imo='9074729'",
      data: { rsk_crew: 23 },
      returnRepresentation: true,
      select: ["rsk_crew"],
    });
    assert.deepEqual([row.rsk_crew, row.rsk_vesselid], [23, vessel]);
  });
  await report.step("update with ifmatch: etags of before and of now", async () => {
    const before = (await read("rsk_name"))["@odata.etag"];
    assert.equal(await api.update({ collection, key: vessel, data: { rsk_crew: 24 }, ifmatch: before }), true);
    // The client turns 412 into false.
    assert.equal(await api.update({ collection, key: vessel, data: { rsk_crew: 25 }, ifmatch: before }), false);
    assert.equal((await read("rsk_crew")).rsk_crew, 24);
    const strict = connect({ propagateErrors: true });
    await refused(
      strict.update({ collection, key: vessel, data: { rsk_crew: 25 }, ifmatch: before }),
      412,
      "0x80060882",
    );
  });
  await report.step("update of a missing row", async () => {
    await refused(api.update({ collection, key: ABSENT, data: { rsk_crew: 1 } }), 404, "0x80040217");
  });
  await report.step("updateSingleProperty", async () => {
    await api.updateSingleProperty({ collection, key: vessel, fieldValuePair: { rsk_website: "https://aster.example" } });
    assert.equal((await read("rsk_website")).rsk_website, "https://aster.example");
  });
  await report.step("deleteRecord of a single property", async () => {
    await api.deleteRecord({ collection, key: vessel, property: "rsk_website" });
    assert.equal((await read("rsk_website")).rsk_website, null);
  });
  await report.step("state and status", async () => {
    await api.update({ collection, key: vessel, data: { statecode: 1, statuscode: 814250000 } });
    assert.equal((await read("statuscode")).statuscode, 814250000);
    await api.update({ collection, key: vessel, data: { statecode: 0 } });
    assert.equal((await read("statuscode")).statuscode, 1, "the default status of the state");
    await refused(
      api.update({ collection, key: vessel, data: { statecode: 0, statuscode: 814250000 } }),
      400,
      "0x80048408",
    );
  });
}

async function upserted(report, api, vessel) {
  const collection = "rsk_vessels";
  const key = "0c7a5e2e-1111-4c4c-8d8d-000000000001";
  await report.step("upsert creates and updates", async () => {
    const id = await api.upsert({ collection, key, data: { rsk_name: "Cirrus" } });
    assert.equal(id, key);
    const row = await api.upsert({
      collection,
      key,
      data: { rsk_crew: 5 },
      returnRepresentation: true,
      select: ["rsk_name", "rsk_crew"],
    });
    assert.deepEqual([row.rsk_name, row.rsk_crew], ["Cirrus", 5]);
  });
  await report.step("upsert by alternate key", async () => {
    const data = { rsk_name: "Dione" };
    await api.upsert({ collection, key: "rsk_imo='9999999'", data });
    const row = await api.upsert({
      collection,
      key: "rsk_imo='9999999'",
      data: { rsk_crew: 8 },
      returnRepresentation: true,
      select: ["rsk_name", "rsk_crew", "rsk_imo"],
    });
    assert.deepEqual([row.rsk_name, row.rsk_crew, row.rsk_imo], ["Dione", 8, "9999999"]);
  });
  await report.step("upsert that may only create, or only update", async () => {
    // The client turns the service's refusals into null.
    assert.equal(await api.upsert({ collection, key: vessel, data: { rsk_crew: 1 }, ifnonematch: "*" }), null);
    assert.equal(await api.upsert({ collection, key: ABSENT, data: { rsk_crew: 1 }, ifmatch: "*" }), null);
    await refused(api.retrieve({ collection, key: ABSENT, select: ["rsk_name"] }), 404, "0x80040217");
  });
}

/** A table whose rows are known by their partition too. */
async function elastic(report, api) {
  const collection = "rsk_readings";
  const id = "0c7a5e2e-1111-4c4c-8d8d-0000000000e1";
  await report.step("an elastic table: create, retrieve, upsert, deleteRecord by id and partition", async () => {
    const one = { rsk_readingid: id, rsk_name: "one", rsk_value: 1.5, rsk_sequence: 7 };
    for (const partitionid of ["dev-1", "dev-2"]) await api.create({ collection, data: { ...one, partitionid } });
    const key = (partition) => `rsk_readingid=${id},partitionid='${partition}'`;
    const read = (partition) =>
      api.retrieve({ collection, key: key(partition), select: ["rsk_name", "rsk_value", "partitionid"] });
    assert.equal((await read("dev-2")).partitionid, "dev-2");
    // An upsert of such a row replaces it.
    await api.upsert({ collection, key: key("dev-1"), data: { rsk_name: "two" } });
    const row = await read("dev-1");
    assert.deepEqual([row.rsk_name, row.rsk_value], ["two", null]);
    await api.deleteRecord({ collection, key: key("dev-1") });
    assert.equal((await refusal(read("dev-1"))).status, 404);
    assert.equal((await read("dev-2")).rsk_name, "one");
  });
}

async function deleted(report, api) {
  const collection = "rsk_categories";
  await report.step("deleteRecord", async () => {
    const key = await api.create({ collection, data: { rsk_name: "Short-lived" } });
    const row = await api.retrieve({ collection, key, select: ["rsk_name"] });
    assert.equal(await api.deleteRecord({ collection, key, ifmatch: 'W/"1"' }), false);
    assert.equal(await api.deleteRecord({ collection, key, ifmatch: row["@odata.etag"] }), true);
    await refused(api.deleteRecord({ collection, key }), 404, "0x80040217");
  });
  await report.step("deleteRecord follows the relationships: cascade, remove link, restrict", async () => {
    const port = await api.create({ collection: "rsk_ports", data: { rsk_name: "Kiel", rsk_unlocode: "DEKEL" } });
    const vessel = await api.create({
      collection: "rsk_vessels",
      data: { rsk_name: "Eos", "rsk_HomePortId@odata.bind": `/rsk_ports(${port})` },
    });
    const inspection = await api.create({
      collection: "rsk_inspections",
      data: {
        rsk_name: "Hull",
        "rsk_VesselId@odata.bind": `/rsk_vessels(${vessel})`,
        "rsk_PortId@odata.bind": `/rsk_ports(${port})`,
      },
    });
    const error = await refusal(api.deleteRecord({ collection: "rsk_ports", key: port }));
    assert.equal(error.code, "0x80040227");
    await api.deleteRecord({ collection: "rsk_vessels", key: vessel });
    await refused(api.retrieve({ collection: "rsk_inspections", key: inspection, select: ["rsk_name"] }), 404, "0x80040217");
    assert.equal(await api.deleteRecord({ collection: "rsk_ports", key: port }), true);
  });
}
