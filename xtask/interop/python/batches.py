"""$batch: single requests, change sets, references within them, failures."""

from report import equal


def run(report, client):
    def names(prefix):
        rows = client.records.list("rsk_vessel", filter=f"startswith(rsk_name,'{prefix}')", select=["rsk_name"], orderby=["rsk_name"])
        return [row["rsk_name"] for row in rows]

    @report.step("batch: create, update, retrieve, list, delete outside of change sets")
    def _():
        key = client.records.create("rsk_vessel", {"rsk_name": "batch a 1"})
        gone = client.records.create("rsk_vessel", {"rsk_name": "batch a 2"})
        batch = client.batch.new()
        batch.records.create("rsk_vessel", {"rsk_name": "batch a 3"})
        batch.records.create("rsk_vessel", [{"rsk_name": "batch a 4"}, {"rsk_name": "batch a 5"}])
        batch.records.update("rsk_vessel", key, {"rsk_crew": 4})
        batch.records.delete("rsk_vessel", gone)
        batch.records.retrieve("rsk_vessel", key, select=["rsk_crew"], include_annotations="*")
        # The client writes the condition with its blanks into the request line.
        batch.records.list("rsk_vessel", filter="startswith(rsk_name,'batch a')", select=["rsk_name"], orderby=["rsk_name"], page_size=2)
        result = batch.execute()
        equal([response.status_code for response in result.responses], [204, 200, 204, 204, 200, 200])
        created, many, _, _, row, page = result.responses
        assert created.entity_id and created.entity_id in result.entity_ids
        equal(len(many.data["Ids"]), 2)
        equal(row.data["rsk_crew"], 4)
        equal([each["rsk_name"] for each in page.data["value"]], ["batch a 1", "batch a 3"])
        assert "@odata.nextLink" in page.data

    @report.step("batch: a change set with references to its own rows")
    def _():
        batch = client.batch.new()
        with batch.changeset() as changes:
            port = changes.records.create("rsk_port", {"rsk_name": "Batch harbour", "rsk_unlocode": "XXBHB"})
            vessel = changes.records.create("rsk_vessel", {"rsk_name": "batch b 1", "rsk_HomePortId@odata.bind": port})
            changes.records.update("rsk_vessel", vessel, {"rsk_crew": 9})
        with batch.changeset() as changes:
            changes.records.create("rsk_vessel", {"rsk_name": "batch b 2"})
        result = batch.execute()
        equal([response.status_code for response in result.responses], [204, 204, 204, 204])
        equal([response.content_id for response in result.responses], ["1", "2", "3", "4"])
        row = client.records.retrieve(
            "rsk_vessel", result.responses[1].entity_id, select=["rsk_crew"], expand=["rsk_HomePortId($select=rsk_name)"],
        )
        equal([row["rsk_crew"], row["rsk_HomePortId"]["rsk_name"]], [9, "Batch harbour"])

    @report.step("batch: a failing change set leaves nothing behind")
    def _():
        batch = client.batch.new()
        with batch.changeset() as changes:
            changes.records.create("rsk_vessel", {"rsk_name": "batch c 1"})
            changes.records.create("rsk_vessel", {"rsk_name": "batch c 2".ljust(161, "x")})
        result = batch.execute()
        equal([(each.status_code, each.error_code) for each in result.responses], [(400, "0x80044331")])
        equal(names("batch c"), [])

    @report.step("batch: continue_on_error")
    def _():
        batch = client.batch.new()
        batch.records.create("rsk_vessel", {"rsk_name": "batch d".ljust(161, "x")})
        batch.records.retrieve("rsk_vessel", "00000000-0000-0000-0000-00000000dead", select=["rsk_name"])
        batch.records.create("rsk_vessel", {"rsk_name": "batch d 2"})
        result = batch.execute(continue_on_error=True)
        equal([response.status_code for response in result.responses], [400, 404, 204])
        equal([response.error_code for response in result.failed], ["0x80044331", "0x80040217"])
        equal(names("batch d"), ["batch d 2"])

    @report.step("batch: upsert, update of several rows, reads of tables and relationships")
    def _():
        keys = client.records.create("rsk_vessel", [{"rsk_name": "batch e 1"}, {"rsk_name": "batch e 2"}])
        batch = client.batch.new()
        batch.records.upsert("rsk_vessel", [{"alternate_key": {"rsk_imo": "5550001"}, "record": {"rsk_name": "batch e 3"}}])
        batch.records.update("rsk_vessel", keys, {"rsk_crew": 6})
        batch.tables.get("rsk_port")
        batch.tables.list(select=["LogicalName"])
        batch.tables.get_relationship("rsk_port_vessel")
        result = batch.execute()
        equal([response.status_code for response in result.responses], [204, 204, 200, 200, 200])
        table, tables, relationship = (response.data["value"] for response in result.responses[2:])
        equal(table[0]["EntitySetName"], "rsk_ports")
        assert len(tables) > 20
        equal(relationship[0]["ReferencedEntity"], "rsk_port")
        equal(names("batch e"), ["batch e 1", "batch e 2", "batch e 3"])
