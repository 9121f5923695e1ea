"""The schema as the client reads it."""

from report import equal


def run(report, client):
    @report.step("tables.get, tables.list")
    def _():
        table = client.tables.get("rsk_Vessel")
        equal(
            [table.schema_name, table.logical_name, table.entity_set_name, table.primary_id_attribute, table.primary_name_attribute],
            ["rsk_vessel", "rsk_vessel", "rsk_vessels", "rsk_vesselid", "rsk_name"],
        )
        equal(client.tables.get("rsk_nothing"), None)
        tables = client.tables.list(filter="IsCustomEntity eq true", select=["LogicalName", "SchemaName"])
        names = {each["LogicalName"] for each in tables}
        assert {"rsk_port", "rsk_vessel"} <= names and "account" not in names

    @report.step("tables.list_columns, tables.get_column")
    def _():
        columns = client.tables.list_columns("rsk_vessel", select=["LogicalName", "AttributeType"], filter="AttributeType eq 'Decimal'")
        assert "rsk_draught" in {column["LogicalName"] for column in columns}
        assert {column["AttributeType"] for column in columns} == {"Decimal"}
        column = client.tables.get_column("rsk_vessel", "rsk_IMO")
        equal([column["LogicalName"], column["MaxLength"]], ["rsk_imo", 7])
        equal(client.tables.get_column("rsk_vessel", "rsk_nothing"), None)

    @report.step("tables.list_columns, tables.get_column with typed=True: RetrieveMetadataChanges")
    def _():
        columns = {column["LogicalName"]: column for column in client.tables.list_columns("rsk_vessel", typed=True)}
        equal([columns["rsk_imo"]["MaxLength"], columns["rsk_draught"]["Precision"]], [7, 2])
        equal(columns["rsk_crew"]["RequiredLevel"]["Value"], "Recommended")
        equal(client.tables.get_column("rsk_vessel", "rsk_beam", typed=True)["MaxValue"], 100)
        equal(client.tables.get_column("rsk_vessel", "rsk_nothing", typed=True), None)

    @report.step("tables.get_relationship, tables.list_relationships, tables.list_table_relationships")
    def _():
        one = client.tables.get_relationship("rsk_port_vessel")
        equal([one.relationship_type, one.referenced_entity, one.referencing_entity], ["one_to_many", "rsk_port", "rsk_vessel"])
        many = client.tables.get_relationship("rsk_vessel_rsk_category")
        equal({many.entity1_logical_name, many.entity2_logical_name}, {"rsk_vessel", "rsk_category"})
        equal(client.tables.get_relationship("rsk_nothing"), None)
        listed = client.tables.list_relationships(filter="SchemaName eq 'rsk_vessel_inspection'", select=["SchemaName"])
        equal([each["SchemaName"] for each in listed], ["rsk_vessel_inspection"])
        own = client.tables.list_table_relationships("rsk_port")
        assert {"rsk_port_vessel", "rsk_port_agent_account"} <= {each["SchemaName"] for each in own}

    @report.step("tables.get_alternate_keys")
    def _():
        keys = {key.schema_name: key for key in client.tables.get_alternate_keys("rsk_vessel")}
        imo = keys["rsk_imo_key"]
        equal([imo.key_attributes, imo.status], [["rsk_imo"], "Active"])
        equal(keys["rsk_code_key"].status, "Pending")

    @report.step("query.sql_columns, query.odata_expands: what the client makes of the schema")
    def _():
        columns = client.query.sql_columns("rsk_port")
        equal([columns[0]["name"], columns[1]["name"], columns[1]["label"]], ["rsk_portid", "rsk_name", "Name"])
        targets = {(each["nav_property"], each["target_entity_set"]) for each in client.query.odata_expands("rsk_vessel")}
        assert ("rsk_HomePortId", "rsk_ports") in targets and ("rsk_operatorid_contact", "contacts") in targets, targets
