"""Many rows in a request, and data frames, which are sent as such."""

import pandas
from PowerPlatform.Dataverse.models import UpsertItem, col

from report import equal, refused


def run(report, client):
    def named(prefix, *select):
        query = client.query.builder("rsk_vessel").select("rsk_name", *select).where(col("rsk_name").startswith(prefix))
        return query.order_by("rsk_name").execute()

    @report.step("records.create with a list: CreateMultiple")
    def keys():
        created = client.records.create("rsk_vessel", [{"rsk_name": f"bulk {n}", "rsk_crew": n} for n in range(5)])
        equal(len(set(created)), 5)
        rows = {row["rsk_vesselid"]: row["rsk_crew"] for row in named("bulk ", "rsk_crew")}
        equal([rows[key] for key in created], [0, 1, 2, 3, 4])
        return created

    @report.step("records.create with a list: all or nothing")
    def _():
        rows = [{"rsk_name": "none 1"}, {"rsk_name": "none 2".ljust(161, "x")}]
        refused(lambda: client.records.create("rsk_vessel", rows), 400, "0x80044331")
        equal(len(named("none ")), 0)

    @report.step("records.update with a list of ids: UpdateMultiple, one change and one for each")
    def _():
        client.records.update("rsk_vessel", keys, {"rsk_website": "https://fleet.example"})
        client.records.update("rsk_vessel", keys[:2], [{"rsk_crew": 100}, {"rsk_crew": 200}])
        rows = {row["rsk_vesselid"]: row for row in named("bulk ", "rsk_crew", "rsk_website")}
        equal([rows[key]["rsk_crew"] for key in keys], [100, 200, 2, 3, 4])
        equal({row["rsk_website"] for row in rows.values()}, {"https://fleet.example"})

    @report.step("records.upsert with several rows: UpsertMultiple by alternate key")
    def _():
        items = lambda crew: [UpsertItem({"rsk_imo": f"660000{n}"}, {"rsk_name": f"upsert {n}", "rsk_crew": crew}) for n in (1, 2)]
        client.records.upsert("rsk_vessel", items(1))
        client.records.upsert("rsk_vessel", items(2))
        equal([(row["rsk_imo"], row["rsk_crew"]) for row in named("upsert ", "rsk_imo", "rsk_crew")],
              [("6600001", 2), ("6600002", 2)])

    @report.step("records.delete with a list, one by one")
    def _():
        client.records.delete("rsk_vessel", keys, use_bulk_delete=False)
        equal(len(named("bulk ")), 0)

    @report.step("dataframe: create, update, delete; results as data frames")
    def _():
        frame = pandas.DataFrame([{"rsk_name": "frame 1", "rsk_crew": 1}, {"rsk_name": "frame 2", "rsk_crew": 2}])
        frame["rsk_vesselid"] = client.dataframe.create("rsk_vessel", frame)
        frame["rsk_crew"] = [7, 8]
        client.dataframe.update("rsk_vessel", frame[["rsk_vesselid", "rsk_crew"]], id_column="rsk_vesselid")
        read = named("frame ", "rsk_crew").to_dataframe()
        equal(read["rsk_crew"].tolist(), [7, 8])
        client.dataframe.delete("rsk_vessel", frame["rsk_vesselid"], use_bulk_delete=False)
        equal(len(named("frame ")), 0)
