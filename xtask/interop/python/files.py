"""Files: uploaded whole and in chunks."""

import os
import tempfile

from report import equal


def run(report, client):
    key = client.records.create("rsk_vessel", {"rsk_name": "Files"})

    def upload(content, **options):
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, "certificate.txt")
            with open(path, "wb") as file:
                file.write(content)
            client.files.upload("rsk_vessel", key, "rsk_certificate", path, **options)
        row = client.records.retrieve("rsk_vessel", key, select=["rsk_certificate"])
        assert row["rsk_certificate"], row
        return row["rsk_certificate"]

    @report.step("files.upload: one request")
    def first():
        return upload(b"valid")

    @report.step("files.upload: chunks, in the place of what is there")
    def _():
        second = upload(b"sea chart " * 500_000, mode="chunk", if_none_match=False)
        equal(second == first, False)
