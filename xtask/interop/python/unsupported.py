"""What the emulator says it doesn't do. Each must be refused by name: an answer that is wrong would be worse."""

from PowerPlatform.Dataverse.models import ManyToManyRelationshipMetadata


def run(report, client):
    key = client.records.create("rsk_vessel", {"rsk_name": "Unsupported"})
    sql = "SELECT rsk_name FROM rsk_vessel"
    many = ManyToManyRelationshipMetadata(
        schema_name="rsk_new_many", entity1_logical_name="rsk_port", entity2_logical_name="rsk_vessel",
    )

    tables = client.tables
    for operation, feature, call in [
        ("query.sql", "'sql'", lambda: client.query.sql(sql)),
        ("records.delete with a list: BulkDelete", "BulkDelete", lambda: client.records.delete("rsk_vessel", [key])),
        ("tables.create", "changing the schema", lambda: tables.create("rsk_New", {"rsk_Budget": "money"})),
        ("tables.delete", "changing the schema", lambda: tables.delete("rsk_category")),
        ("tables.add_columns", "changing the schema", lambda: tables.add_columns("rsk_vessel", {"rsk_New": "string"})),
        ("tables.update_column", "changing the schema", lambda: tables.update_column("rsk_vessel", "rsk_imo", {"max_length": 9})),
        ("tables.remove_columns", "changing the schema", lambda: tables.remove_columns("rsk_vessel", "rsk_beam")),
        ("tables.create_many_to_many_relationship", "changing the schema", lambda: tables.create_many_to_many_relationship(many)),
        ("tables.create_lookup_field", "changing the schema", lambda: tables.create_lookup_field("rsk_vessel", "rsk_NewId", "rsk_port")),
        ("tables.create_alternate_key", "changing the schema", lambda: tables.create_alternate_key("rsk_vessel", "rsk_new_key", ["rsk_name"])),
    ]:
        report.unsupported(operation, feature, call)
