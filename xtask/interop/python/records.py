"""Single rows: create, retrieve, update, upsert, delete."""

import re

from PowerPlatform.Dataverse.models import UpsertItem

from report import equal, refused

GUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def run(report, client):
    port = client.records.create("rsk_port", {"rsk_name": "Narvik", "rsk_unlocode": "NONVK"})

    @report.step("records.create: schema names in any case, choices by label, a bound lookup")
    def vessel():
        key = client.records.create(
            "rsk_Vessel",
            {
                "RSK_Name": "Python",
                "rsk_imo": "8888888",
                "rsk_crew": 12,
                "rsk_draught": 6.75,
                "rsk_insuredvalue": 1234567.89,
                "rsk_built": "2001-02-03",
                "rsk_active": False,
                "rsk_features": "814250003,814250001",
                # The client reads the options of the table and sends the number.
                "rsk_hulltype": "trimaran",
                "rsk_HomePortId@odata.bind": f"/rsk_ports({port})",
            },
        )
        assert GUID.fullmatch(key), key
        return key

    @report.step("records.retrieve: select, etag, values")
    def _():
        select = ["rsk_Name", "rsk_crew", "rsk_draught", "rsk_insuredvalue", "rsk_built", "rsk_active",
                  "rsk_features", "rsk_hulltype", "_rsk_homeportid_value"]
        row = client.records.retrieve("rsk_vessel", vessel, select=select)
        assert re.fullmatch(r'W/"\d+"', row.etag)
        values = {name: row[name] for name in map(str.lower, select)}
        equal(values, {
            "rsk_name": "Python", "rsk_crew": 12, "rsk_draught": 6.75, "rsk_insuredvalue": 1234567.89,
            "rsk_built": "2001-02-03", "rsk_active": False, "rsk_features": "814250001,814250003",
            "rsk_hulltype": 814250003, "_rsk_homeportid_value": port,
        })
        assert "rsk_imo" not in row

    @report.step("records.retrieve: expand and annotations")
    def _():
        row = client.records.retrieve(
            "rsk_vessel", vessel,
            select=["rsk_hulltype", "_rsk_homeportid_value"],
            expand=["rsk_HomePortId($select=rsk_unlocode)"],
            include_annotations="*",
        )
        equal(row["rsk_hulltype@OData.Community.Display.V1.FormattedValue"], "Trimaran")
        equal(row["_rsk_homeportid_value@Microsoft.Dynamics.CRM.lookuplogicalname"], "rsk_port")
        equal(row["rsk_HomePortId"]["rsk_unlocode"], "NONVK")

    @report.step("records.retrieve: by alternate key, a missing row")
    def _():
        row = client.records.retrieve("rsk_vessel", "rsk_imo='8888888'", select=["rsk_name"])
        equal(row["rsk_vesselid"], vessel)
        equal(client.records.retrieve("rsk_vessel", "00000000-0000-0000-0000-00000000dead", select=["rsk_name"]), None)
        equal(client.records.retrieve("rsk_vessel", "rsk_imo='1'", select=["rsk_name"]), None)

    @report.step("records.update")
    def _():
        client.records.update("rsk_vessel", vessel, {"rsk_crew": 13, "rsk_built": None})
        row = client.records.retrieve("rsk_vessel", vessel, select=["rsk_crew", "rsk_built", "rsk_name"])
        equal([row["rsk_crew"], row["rsk_built"], row["rsk_name"]], [13, None, "Python"])
        missing = "00000000-0000-0000-0000-00000000dead"
        refused(lambda: client.records.update("rsk_vessel", missing, {"rsk_crew": 1}), 404, "0x80040217")
        refused(lambda: client.records.update("rsk_vessel", vessel, {"rsk_crew": "many"}), 400)

    @report.step("records.upsert: one row by alternate key, created and updated")
    def _():
        for crew in (1, 2):
            client.records.upsert("rsk_vessel", [UpsertItem({"rsk_imo": "7777777"}, {"rsk_name": "O'Neill", "rsk_crew": crew})])
        rows = client.records.list("rsk_vessel", filter="rsk_imo eq '7777777'", select=["rsk_crew", "rsk_name"])
        equal([(row["rsk_name"], row["rsk_crew"]) for row in rows], [("O'Neill", 2)])

    @report.step("records.delete")
    def _():
        key = client.records.create("rsk_category", {"rsk_name": "Short-lived"})
        client.records.delete("rsk_category", key)
        refused(lambda: client.records.delete("rsk_category", key), 404, "0x80040217")
