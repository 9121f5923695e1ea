"""Queries: the builder's conditions, orders, pages, expansions."""

from datetime import date, datetime, timedelta, timezone

from PowerPlatform.Dataverse.models import ExpandOption, col, raw

from report import equal


def run(report, client):
    ports = [
        client.records.create("rsk_port", {"rsk_name": name, "rsk_unlocode": code})
        for name, code in [("Tromsø", "NOTOS"), ("Bodø", "NOBOO")]
    ]
    rows = [
        {
            "rsk_name": f"P&Q-{n:02} 100%",
            "rsk_crew": None if n % 4 == 3 else n,
            "rsk_hulltype": 814250000 + n % 3,
            "rsk_built": f"20{n:02}-06-15",
            "rsk_HomePortId@odata.bind": f"/rsk_ports({ports[n % 2]})",
        }
        for n in range(10)
    ]
    keys = client.records.create("rsk_vessel", rows)
    client.records.create("rsk_inspection", [
        {"rsk_name": f"inspection {n}", "rsk_score": n * 10, "rsk_VesselId@odata.bind": f"/rsk_vessels({keys[0]})"}
        for n in range(3)
    ])
    own = col("rsk_name").startswith("P&Q-")

    def found(condition):
        query = client.query.builder("rsk_vessel").select("rsk_name").where(own).where(condition)
        return [int(row["rsk_name"][4:6]) for row in query.order_by("rsk_name").execute()]

    soon = datetime.now(timezone.utc) + timedelta(minutes=10)
    cases = {
        "comparisons, &, |, ~": ((col("rsk_crew") > 7) | ~(col("rsk_crew") >= 2), [0, 1, 8, 9]),
        "is_null, is_not_null": (col("rsk_crew").is_null() | (col("rsk_crew").is_not_null() & (col("rsk_crew") == 5)), [3, 5, 7]),
        "not equal": ((col("rsk_crew") != 0) & (col("rsk_crew") < 3), [1, 2]),
        "contains, endswith, like": (col("rsk_name").contains("-0") & col("rsk_name").endswith("100[%]") & col("rsk_name").like("%05 1%"), [5]),
        "in_, not_in": (col("rsk_crew").in_([1, 2, 4]) & col("rsk_crew").not_in([2]), [1, 4]),
        "in_ with text": (col("rsk_name").in_(["p&q-06 100%", "P&Q-08 100%"]), [6, 8]),
        "between, not_between": (col("rsk_crew").between(4, 9) & col("rsk_crew").not_between(5, 8), [4, 9]),
        "choices": (col("rsk_hulltype") == 814250002, [2, 5, 8]),
        "dates": ((col("rsk_built") >= date(2008, 1, 1)) & (col("createdon") < soon), [8, 9]),
        "ids": (raw(f"_rsk_homeportid_value eq {ports[1]}") & (col("rsk_crew") < 6), [1, 5]),
        "raw: lambdas and columns of related rows": (raw("rsk_vessel_inspection/any(i:i/rsk_score eq 20) and rsk_HomePortId/rsk_unlocode eq 'NOTOS'"), [0]),
    }
    for name, (condition, expected) in cases.items():
        @report.step(f"query.builder: {name}")
        def _():
            equal(found(condition), expected)

    @report.step("query.builder: order_by, top, include_formatted_values")
    def _():
        query = client.query.builder("rsk_vessel").select("rsk_crew", "rsk_hulltype").where(own)
        got = query.order_by("rsk_crew", descending=True).top(3).include_formatted_values().execute()
        equal([row["rsk_crew"] for row in got], [9, 8, 6])
        equal(got[0]["rsk_hulltype@OData.Community.Display.V1.FormattedValue"], "Single hull")

    @report.step("query.builder: pages")
    def _():
        query = client.query.builder("rsk_vessel").select("rsk_name").where(own).order_by("rsk_name").page_size(4)
        pages = [[row["rsk_vesselid"] for row in page] for page in query.execute_pages()]
        equal(pages, [keys[:4], keys[4:8], keys[8:]])
        equal([row["rsk_vesselid"] for row in query.execute()], keys)

    @report.step("query.builder: expand a lookup and a collection with options")
    def _():
        query = client.query.builder("rsk_vessel").select("rsk_name").where(own & (col("rsk_crew") == 0))
        inspections = ExpandOption("rsk_vessel_inspection").select("rsk_score").filter("rsk_score gt 5").order_by("rsk_score", True).top(1)
        row = query.expand("rsk_HomePortId($select=rsk_name)", inspections).execute().first()
        equal(row["rsk_HomePortId"]["rsk_name"], "Tromsø")
        equal([each["rsk_score"] for each in row["rsk_vessel_inspection"]], [20])

    @report.step("records.list, records.list_pages with count and annotations")
    def _():
        options = {
            "filter": own, "select": ["rsk_name", "_rsk_homeportid_value"], "orderby": ["rsk_Name desc"],
            "count": True, "include_annotations": "*",
        }
        rows = client.records.list("rsk_vessel", top=2, **options)
        equal([row["rsk_name"][4:6] for row in rows], ["09", "08"])
        equal(rows[0]["_rsk_homeportid_value@OData.Community.Display.V1.FormattedValue"], "Bodø")
        pages = list(client.records.list_pages("rsk_vessel", page_size=6, **options))
        equal([len(page) for page in pages], [6, 4])

    @report.step("query.builder: many values in a condition")
    def _():
        equal(found(col("rsk_vesselid").in_(keys[2:4] + [f"00000000-0000-0000-0000-{n:012}" for n in range(150)])), [2, 3])

    def fetch_xml(order):
        return f"""<fetch count="4"><entity name="rsk_vessel"><attribute name="rsk_name"/><attribute name="rsk_hulltype"/>
            <filter><condition attribute="rsk_name" operator="begins-with" value="P&amp;Q-"/></filter>
            <link-entity name="rsk_port" from="rsk_portid" to="rsk_homeportid" alias="port"><attribute name="rsk_name"/></link-entity>
            {order}</entity></fetch>"""

    @report.step("query.fetchxml: a link, pages by cookie")
    def _():
        order = '<order attribute="rsk_name" descending="true"/>'
        pages = [list(page) for page in client.query.fetchxml(fetch_xml(order)).execute_pages()]
        equal([[row["rsk_name"][4:6] for row in page] for page in pages], [["09", "08", "07", "06"], ["05", "04", "03", "02"], ["01", "00"]])
        equal(pages[0][0]["port.rsk_name"], "Bodø")

    @report.step("query.fetchxml: pages by number, ordered by a column of the link")
    def _():
        order = '<order attribute="rsk_name" entityname="port"/><order attribute="rsk_name"/>'
        rows = client.query.fetchxml(fetch_xml(order)).execute()
        equal([row["rsk_name"][4:6] for row in rows], ["01", "03", "05", "07", "09", "00", "02", "04", "06", "08"])
