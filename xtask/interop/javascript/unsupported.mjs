// What the emulator says it doesn't do. Each must be refused by name: an answer that is wrong would be worse.

import { connect } from "./emulator.mjs";

export async function unsupported(report) {
  const api = connect();
  const key = await api.create({ collection: "rsk_vessels", data: { rsk_name: "Iris" } });

  await report.unsupported("savedQuery", "'savedQuery'", () =>
    api.retrieveMultiple({ collection: "rsk_vessels", savedQuery: key }));
  await report.unsupported("userQuery", "'userQuery'", () =>
    api.retrieveMultiple({ collection: "rsk_vessels", userQuery: key }));
  await report.unsupported("query, suggest, autocomplete", "search", () => api.query("aster"));
  await report.unsupported("respondAsync", "background operations", () =>
    api.callAction({ actionName: "rsk_ScheduleInspection", action: {}, respondAsync: true }));
  await report.unsupported("getBackgroundOperationStatus, cancelBackgroundOperation", "background operations", () =>
    api.getBackgroundOperationStatus(key));
  await report.unsupported("createEntity, updateEntity", "changing the schema", () =>
    api.createEntity({ data: { "@odata.type": "Microsoft.Dynamics.CRM.EntityMetadata", SchemaName: "rsk_New" } }));
  await report.unsupported("createAttribute, updateAttribute", "changing the schema", () =>
    api.createAttribute({
      entityKey: "LogicalName='rsk_vessel'",
      data: { "@odata.type": "Microsoft.Dynamics.CRM.StringAttributeMetadata", SchemaName: "rsk_New" },
    }));
  await report.unsupported("createRelationship, updateRelationship, deleteRelationship", "changing the schema", () =>
    api.createRelationship({ data: { "@odata.type": "Microsoft.Dynamics.CRM.OneToManyRelationshipMetadata" } }));
  await report.unsupported("createGlobalOptionSet, updateGlobalOptionSet, deleteGlobalOptionSet", "changing the schema", () =>
    api.createGlobalOptionSet({ data: { "@odata.type": "Microsoft.Dynamics.CRM.OptionSetMetadata", Name: "rsk_new" } }));
}
