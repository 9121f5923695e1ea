// Many rows: filters, orders, pages, counts, aggregates.

import assert from "node:assert/strict";
import { arrived, connect } from "./emulator.mjs";
import { refused } from "./report.mjs";

const collection = "rsk_vessels";
// The rows of these steps, apart from those of others.
const own = "startswith(rsk_name,'Q-')";
const names = (answer) => answer.value.map((row) => row.rsk_name);

export async function queries(report) {
  const api = connect();
  const rows = await fleet(api);
  await filtered(report, api, rows);
  await ordered(report, api, rows);
  await paged(report, api);
  await counted(report, api);
  await expanded(report, api, rows);
  await tracked(report, api);
  await fetched(report, api, rows);
}

/** Twelve ships in two ports, with three inspections for every second one. */
async function fleet(api) {
  const port = (rsk_name, rsk_unlocode) => api.create({ collection: "rsk_ports", data: { rsk_name, rsk_unlocode } });
  const ports = [await port("Oslo", "NOOSL"), await port("Aarhus", "DKAAR")];
  const vessels = [];
  for (let n = 0; n < 12; n++) {
    const data = {
      rsk_name: `Q-${String(n).padStart(2, "0")}`,
      rsk_crew: n % 4 === 3 ? null : n,
      rsk_hulltype: 814250000 + (n % 3),
      rsk_built: `20${String(n).padStart(2, "0")}-06-15`,
      rsk_insuredvalue: n * 1000.25,
      "rsk_HomePortId@odata.bind": `/rsk_ports(${ports[n % 2]})`,
    };
    if (n % 2 === 0) {
      data.rsk_vessel_inspection = [10, 50, 90].map((score) => ({ rsk_name: `I-${n}-${score}`, rsk_score: score }));
    }
    vessels.push(await api.create({ collection, data }));
  }
  return { ports, vessels };
}

async function filtered(report, api, { ports, vessels }) {
  const found = async (filter) =>
    names(await api.retrieveMultiple({ collection, select: ["rsk_name"], filter: `${own} and ${filter}`, orderBy: ["rsk_name"] }));
  const cases = {
    "comparisons, and, or, not": ["(rsk_crew gt 8 or rsk_crew le 1) and not (rsk_name eq 'q-00')", ["Q-01", "Q-09", "Q-10"]],
    "null": ["rsk_crew eq null", ["Q-03", "Q-07", "Q-11"]],
    "not equal leaves out null": ["rsk_crew ne 0 and rsk_crew lt 3", ["Q-01", "Q-02"]],
    "contains, endswith": ["contains(rsk_name,'-1') and endswith(rsk_name,'1')", ["Q-11"]],
    "choice": ["rsk_hulltype eq 814250002 and rsk_crew ge 5", ["Q-05", "Q-08"]],
    "dates": ["rsk_built ge 2009-01-01 and rsk_built lt 2011-01-01", ["Q-09", "Q-10"]],
    "money": ["rsk_insuredvalue gt 9002.25 and rsk_insuredvalue le 10002.5", ["Q-10"]],
    "a lookup, with braces around the id": [`_rsk_homeportid_value eq {${ports[1]}} and rsk_crew lt 6`, ["Q-01", "Q-05"]],
    "a column of a related row": ["rsk_HomePortId/rsk_name eq 'OSLO' and rsk_crew lt 3", ["Q-00", "Q-02"]],
    "any over related rows": ["rsk_vessel_inspection/any(i:i/rsk_score eq 90 and startswith(i/rsk_name,'I-4'))", ["Q-04"]],
    "all over related rows": ["rsk_vessel_inspection/all(i:i/rsk_score gt 9) and rsk_crew lt 2", ["Q-00", "Q-01"]],
    "query functions": [
      "Microsoft.Dynamics.CRM.In(PropertyName='rsk_crew',PropertyValues=[\"4\",\"6\"]) and Microsoft.Dynamics.CRM.Today(PropertyName='createdon')",
      ["Q-04", "Q-06"],
    ],
    "between": ["Microsoft.Dynamics.CRM.Between(PropertyName='rsk_crew',PropertyValues=[\"4\",\"6\"])", ["Q-04", "Q-05", "Q-06"]],
  };
  for (const [name, [filter, expected]] of Object.entries(cases)) {
    await report.step(`filter: ${name}`, async () => assert.deepEqual(await found(filter), expected));
  }
  await report.step("filter: too long for a URL, sent as a batch by the client", async () => {
    const ids = vessels.slice(0, 5).concat(Array(60).fill(vessels[9])).map((id) => `rsk_vesselid eq ${id}`);
    const answer = await api.retrieveMultiple({ collection, select: ["rsk_name"], filter: ids.join(" or ") });
    assert.deepEqual(names(answer).sort(), ["Q-00", "Q-01", "Q-02", "Q-03", "Q-04", "Q-09"]);
    assert.ok((await arrived()).some((request) => request.method === "POST" && request.path === "$batch"));
  });
  await report.step("filter: an unknown column is refused", () =>
    refused(api.retrieveMultiple({ collection, filter: "rsk_nmae eq 'x'" }), 400, "0x80060888"));
}

async function ordered(report, api) {
  await report.step("orderBy, top: nulls first, several columns, a related row's column", async () => {
    const ask = async (orderBy, top) =>
      names(await api.retrieveMultiple({ collection, select: ["rsk_name"], filter: own, orderBy, top }));
    assert.deepEqual(await ask(["rsk_crew", "rsk_name desc"], 5), ["Q-11", "Q-07", "Q-03", "Q-00", "Q-01"]);
    assert.deepEqual(await ask(["rsk_HomePortId/rsk_name", "rsk_crew desc"], 2), ["Q-09", "Q-05"]);
  });
}

async function paged(report, api) {
  const request = { collection, select: ["rsk_name"], filter: own, orderBy: ["rsk_name"], maxPageSize: 5 };
  await report.step("maxPageSize and the next link", async () => {
    const first = await api.retrieveMultiple({ ...request, count: true });
    assert.equal(first.oDataCount, 12);
    assert.deepEqual(names(first), ["Q-00", "Q-01", "Q-02", "Q-03", "Q-04"]);
    const second = await api.retrieveMultiple(request, first.oDataNextLink);
    assert.deepEqual(names(second), ["Q-05", "Q-06", "Q-07", "Q-08", "Q-09"]);
    const third = await api.retrieveMultiple(request, second.oDataNextLink);
    assert.deepEqual(names(third), ["Q-10", "Q-11"]);
    assert.equal(third.oDataNextLink, undefined);
  });
  await report.step("retrieveAll", async () => {
    const all = await api.retrieveAll(request);
    assert.deepEqual(names(all), [...Array(12).keys()].map((n) => `Q-${String(n).padStart(2, "0")}`));
    const descending = await api.retrieveAll({ ...request, orderBy: ["rsk_hulltype", "rsk_crew desc"], maxPageSize: 4 });
    assert.equal(new Set(names(descending)).size, 12, "each row once, however the pages are ordered");
  });
}

async function tracked(report, api) {
  await report.step("trackChanges: all rows, then what has changed since", async () => {
    const ports = { collection: "rsk_ports" };
    const create = (rsk_name, rsk_unlocode) => api.create({ ...ports, data: { rsk_name, rsk_unlocode } });
    const [changed, gone] = [await create("Turku", "FITKU"), await create("Vaasa", "FIVAA")];
    const request = { ...ports, select: ["rsk_name"], trackChanges: true };
    const all = await api.retrieveAll({ ...request, maxPageSize: 3 });
    assert.ok(names(all).includes("Turku") && names(all).includes("Vaasa"));
    await api.update({ ...ports, key: changed, data: { rsk_name: "Åbo" } });
    await api.deleteRecord({ ...ports, key: gone });
    const changes = await api.retrieveMultiple(request, all.oDataDeltaLink);
    assert.deepEqual(changes.value.map((row) => [row.rsk_name, row.id, row.reason]), [
      ["Åbo", undefined, undefined],
      [undefined, gone, "deleted"],
    ]);
    const none = await api.retrieveMultiple(request, changes.oDataDeltaLink);
    assert.deepEqual(none.value, []);
  });
}

async function counted(report, api) {
  await report.step("count with and without a filter, countAll", async () => {
    assert.equal(await api.count({ collection, filter: own }), 12);
    assert.ok((await api.count({ collection })) >= 12);
    assert.equal(await api.countAll({ collection, filter: own, select: ["rsk_vesselid"], maxPageSize: 5 }), 12);
  });
  await report.step("count over a related collection's filter", async () => {
    assert.equal(await api.count({ collection: "rsk_inspections", filter: "startswith(rsk_VesselId/rsk_name,'Q-')" }), 18);
  });
  await report.step("apply: aggregate", async () => {
    const answer = await api.retrieveMultiple({
      collection,
      apply: `filter(${own})/aggregate(rsk_crew with sum as crew,rsk_crew with max as most,$count as ships)`,
    });
    assert.deepEqual([answer.value[0].crew, answer.value[0].most, answer.value[0].ships], [45, 10, 12]);
  });
  await report.step("apply: groupby", async () => {
    const answer = await api.retrieveMultiple({
      collection,
      apply: `filter(${own})/groupby((rsk_hulltype),aggregate($count as ships))`,
    });
    const groups = Object.fromEntries(answer.value.map((row) => [row.rsk_hulltype, row.ships]));
    assert.deepEqual(groups, { 814250000: 4, 814250001: 4, 814250002: 4 });
  });
}

async function expanded(report, api, { ports }) {
  await report.step("expand a lookup and a collection with options", async () => {
    const answer = await api.retrieveMultiple({
      collection,
      select: ["rsk_name"],
      filter: `${own} and rsk_crew le 1`,
      orderBy: ["rsk_name"],
      expand: [
        { property: "rsk_HomePortId", select: ["rsk_name"] },
        {
          property: "rsk_vessel_inspection",
          select: ["rsk_score"],
          filter: "rsk_score gt 20",
          orderBy: ["rsk_score desc"],
          top: 1,
        },
      ],
    });
    assert.deepEqual(answer.value.map((row) => row.rsk_HomePortId.rsk_name), ["Oslo", "Aarhus"]);
    assert.deepEqual(answer.value[0].rsk_vessel_inspection.map((row) => row.rsk_score), [90]);
    assert.deepEqual(answer.value[1].rsk_vessel_inspection, []);
  });
  await report.step("expand in expand", async () => {
    const answer = await api.retrieveMultiple({
      collection: "rsk_inspections",
      select: ["rsk_name"],
      filter: "rsk_name eq 'I-2-50'",
      expand: "rsk_VesselId($select=rsk_name;$expand=rsk_HomePortId($select=rsk_name))",
    });
    assert.equal(answer.value[0].rsk_VesselId.rsk_HomePortId.rsk_name, "Oslo");
  });
  await report.step("a related collection as a query of its own", async () => {
    const answer = await api.retrieve({
      collection: "rsk_ports",
      key: ports[1],
      navigationProperty: "rsk_port_vessel",
      select: ["rsk_name"],
      filter: "rsk_crew gt 4",
      orderBy: ["rsk_name"],
    });
    assert.deepEqual(names(answer), ["Q-05", "Q-09"]);
  });
}

async function fetched(report, api, { ports }) {
  const own = '<filter><condition attribute="rsk_name" operator="begins-with" value="Q-"/></filter>';
  const port = (inner) =>
    `<link-entity name="rsk_port" from="rsk_portid" to="rsk_homeportid" alias="port">${inner}</link-entity>`;
  const vessels = (inner, attributes = "") =>
    `<fetch ${attributes}><entity name="rsk_vessel"><attribute name="rsk_name"/>${own}${inner}</entity></fetch>`;
  const order = '<order attribute="rsk_crew" descending="true"/><order attribute="rsk_name"/>';

  await report.step("fetch: a link, conditions, annotations", async () => {
    const answer = await api.fetch({
      collection,
      fetchXml: vessels(
        `<attribute name="rsk_hulltype"/><filter><condition attribute="rsk_crew" operator="in"><value>4</value><value>5</value></condition></filter>
        ${port('<attribute name="rsk_name"/>')}${order}`,
      ),
      includeAnnotations: "*",
    });
    assert.deepEqual(answer.value.map((row) => [row.rsk_name, row["port.rsk_name"]]), [["Q-05", "Aarhus"], ["Q-04", "Oslo"]]);
    assert.equal(answer.value[0].rsk_hulltype_Formatted, "Catamaran");
  });
  await report.step("fetch: pages by cookie", async () => {
    const request = { collection, fetchXml: vessels(order, 'count="5"'), includeAnnotations: "*" };
    const first = await api.fetch({ ...request, pageNumber: 1 });
    assert.deepEqual(names(first), ["Q-10", "Q-09", "Q-08", "Q-06", "Q-05"]);
    const { cookie: pagingCookie, nextPage: pageNumber } = first.PagingInfo;
    assert.ok(pagingCookie.includes("rsk_crew"), pagingCookie);
    const second = await api.fetch({ ...request, pageNumber, pagingCookie });
    assert.deepEqual(names(second), ["Q-04", "Q-02", "Q-01", "Q-00", "Q-03"]);
  });
  await report.step("fetchAll", async () => {
    const answer = await api.fetchAll({ collection, fetchXml: vessels(order, 'count="5"'), includeAnnotations: "*" });
    assert.equal(new Set(names(answer)).size, 12);
  });
  await report.step("fetch: aggregates", async () => {
    const fetchXml = `<fetch aggregate="true"><entity name="rsk_vessel">${own}
      <attribute name="rsk_homeportid" alias="port" groupby="true"/><attribute name="rsk_crew" alias="crew" aggregate="sum"/>
      <order alias="crew" descending="true"/></entity></fetch>`;
    const answer = await api.fetch({ collection, fetchXml });
    assert.deepEqual(answer.value.map((row) => [row.port, row.crew]), [[ports[0], 30], [ports[1], 15]]);
  });
}
