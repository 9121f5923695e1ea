"""The client's asynchronous half, which speaks HTTP with another library."""

import asyncio

from azure.identity.aio import ClientSecretCredential
from PowerPlatform.Dataverse.aio import AsyncDataverseClient
from PowerPlatform.Dataverse.models import col

from emulator import SIGN_IN, URL
from report import equal


async def exercise():
    async with ClientSecretCredential(**SIGN_IN) as credential, AsyncDataverseClient(URL, credential) as client:
        keys = await asyncio.gather(*(client.records.create("rsk_vessel", {"rsk_name": f"async {n}"}) for n in range(8)))
        equal(len(set(keys)), 8)
        await client.records.update("rsk_vessel", keys[0], {"rsk_crew": 1})
        row = await client.records.retrieve("rsk_vessel", keys[0], select=["rsk_crew"])
        equal(row["rsk_crew"], 1)
        query = client.query.builder("rsk_vessel").select("rsk_name").where(col("rsk_name").startswith("async "))
        pages = [len(page) async for page in query.order_by("rsk_name").page_size(5).execute_pages()]
        equal(pages, [5, 3])
        batch = client.batch.new()
        for key in keys:
            batch.records.delete("rsk_vessel", key)
        result = await batch.execute()
        equal([response.status_code for response in result.responses], [204] * 8)
        equal((await client.tables.get("rsk_port")).entity_set_name, "rsk_ports")


def run(report, _client):
    @report.step("records, query pages, batch, tables: concurrently")
    def _():
        asyncio.run(exercise())
