// The schema as the client reads it.

import assert from "node:assert/strict";
import { connect } from "./emulator.mjs";
import { refusal } from "./report.mjs";

const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

export async function metadata(report) {
  const api = connect();

  await report.step("retrieveEntities", async () => {
    const answer = await api.retrieveEntities({ select: ["LogicalName", "EntitySetName"] });
    const sets = Object.fromEntries(answer.value.map((each) => [each.LogicalName, each.EntitySetName]));
    assert.equal(sets.rsk_category, "rsk_categories");
    assert.ok(answer.value.every((each) => GUID.test(each.MetadataId)));
    const one = await api.retrieveEntities({
      select: ["LogicalName"],
      filter: "IsActivity eq false and SchemaName eq 'rsk_port'",
    });
    assert.deepEqual(one.value.map((each) => each.LogicalName), ["rsk_port"]);
  });

  const table = await report.step("retrieveEntity by name and by id, with expand", async () => {
    const named = await api.retrieveEntity({
      key: "LogicalName='rsk_vessel'",
      select: ["LogicalName", "PrimaryIdAttribute", "PrimaryNameAttribute", "OwnershipType", "DisplayName"],
      expand: [
        { property: "Keys", select: ["LogicalName", "KeyAttributes"] },
        { property: "Attributes", select: ["LogicalName"], filter: "LogicalName eq 'rsk_imo'" },
      ],
    });
    assert.deepEqual(
      [named.PrimaryIdAttribute, named.PrimaryNameAttribute, named.OwnershipType],
      ["rsk_vesselid", "rsk_name", "UserOwned"],
    );
    assert.equal(named.DisplayName.UserLocalizedLabel.Label, "Vessel");
    assert.ok(named.Keys.some((key) => key.KeyAttributes.includes("rsk_imo")));
    assert.deepEqual(named.Attributes.map((each) => each.LogicalName), ["rsk_imo"]);
    const byId = await api.retrieveEntity({ key: named.MetadataId, select: ["LogicalName"] });
    assert.equal(byId.LogicalName, "rsk_vessel");
    return named.MetadataId;
  });

  await report.step("retrieveAttributes, with a cast and option sets", async () => {
    const all = await api.retrieveAttributes({ entityKey: table, select: ["LogicalName", "AttributeType"] });
    assert.ok(all.value.some((each) => each.LogicalName === "rsk_draught" && each.AttributeType === "Decimal"));
    const choices = await api.retrieveAttributes({
      entityKey: "LogicalName='rsk_vessel'",
      castType: "Microsoft.Dynamics.CRM.PicklistAttributeMetadata",
      select: ["LogicalName"],
      expand: [{ property: "OptionSet" }, { property: "GlobalOptionSet" }],
    });
    const hull = choices.value.find((each) => each.LogicalName === "rsk_hulltype");
    assert.deepEqual(
      hull.OptionSet.Options.map((option) => [option.Value, option.Label.UserLocalizedLabel.Label]),
      [
        [814250000, "Single hull"], [814250001, "Double hull"], [814250002, "Catamaran"], [814250003, "Trimaran"],
      ],
    );
    const flag = choices.value.find((each) => each.LogicalName === "rsk_flagstate");
    assert.equal(flag.GlobalOptionSet.Name, "rsk_flagstate");
  });

  await report.step("retrieveAttribute by name and by id", async () => {
    const named = await api.retrieveAttribute({
      entityKey: "LogicalName='rsk_vessel'",
      attributeKey: "LogicalName='rsk_imo'",
      castType: "Microsoft.Dynamics.CRM.StringAttributeMetadata",
      select: ["LogicalName", "MaxLength"],
    });
    assert.equal(named.MaxLength, 7);
    const byId = await api.retrieveAttribute({ entityKey: table, attributeKey: named.MetadataId });
    assert.equal(byId.LogicalName, "rsk_imo");
    assert.equal(byId["@odata.type"], "#Microsoft.Dynamics.CRM.StringAttributeMetadata");
    const missing = api.retrieveAttribute({ entityKey: table, attributeKey: "LogicalName='rsk_nmae'" });
    assert.equal((await refusal(missing)).status, 404);
  });

  await report.step("retrieveRelationships, retrieveRelationship", async () => {
    const castType = "Microsoft.Dynamics.CRM.OneToManyRelationshipMetadata";
    const answer = await api.retrieveRelationships({
      castType,
      select: ["SchemaName", "ReferencedEntity", "ReferencingAttribute"],
      filter: "ReferencedEntity eq 'rsk_port' and ReferencingEntity eq 'rsk_vessel'",
    });
    assert.deepEqual(
      answer.value.map((each) => [each.SchemaName, each.ReferencingAttribute]),
      [["rsk_port_vessel", "rsk_homeportid"]],
    );
    const { MetadataId: key } = answer.value[0];
    const one = await api.retrieveRelationship({ key, castType });
    assert.equal(one.ReferencingEntityNavigationPropertyName, "rsk_HomePortId");
    const many = await api.retrieveRelationship({ key: "SchemaName='rsk_vessel_rsk_category'" });
    assert.equal(many.IntersectEntityName, "rsk_vessel_rsk_category");
  });

  await report.step("retrieveGlobalOptionSets, retrieveGlobalOptionSet", async () => {
    const all = await api.retrieveGlobalOptionSets();
    assert.ok(all.value.some((each) => each.Name === "rsk_currentshift"));
    const castType = "Microsoft.Dynamics.CRM.OptionSetMetadata";
    const one = await api.retrieveGlobalOptionSet({ key: "Name='rsk_flagstate'", castType, select: ["Name", "Options"] });
    assert.equal(one.Options.find((option) => option.Value === 814250006).Label.UserLocalizedLabel.Label, "Côte d'Ivoire");
  });

  await report.step("retrieveCsdlMetadata, with and without annotations", async () => {
    const plain = await api.retrieveCsdlMetadata();
    assert.match(plain, /^<\?xml/);
    assert.match(plain, /<EntitySet Name="rsk_vessels" EntityType="Microsoft\.Dynamics\.CRM\.rsk_vessel"/);
    const annotated = await api.retrieveCsdlMetadata({ addAnnotations: true });
    assert.ok(annotated.length >= plain.length);
  });

  await report.step("useEntityNames: the client asks for the names of the sets", async () => {
    const named = connect({ useEntityNames: true });
    const id = await named.create({ collection: "rsk_category", data: { rsk_name: "By name" } });
    const row = await api.retrieve({ collection: "rsk_categories", key: id, select: ["rsk_name"] });
    assert.equal(row.rsk_name, "By name");
  });
}
