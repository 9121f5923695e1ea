// Files and images: up in chunks, down in parts, and gone.

import { connect } from "./emulator.mjs";
import { equal } from "node:assert/strict";

export async function files(report) {
  const api = connect();
  const key = await api.create({ collection: "rsk_vessels", data: { rsk_name: "Iris" } });
  // More than one chunk of the service's size.
  const content = Buffer.alloc(5 * 1024 * 1024, "sea chart ");
  const place = { collection: "rsk_vessels", key, property: "rsk_certificate" };

  await report.step("uploadFile: chunks", async () => {
    await api.uploadFile({ ...place, fileName: "certificate.txt", data: content });
    const row = await api.retrieve({ collection: "rsk_vessels", key, select: ["rsk_certificate"] });
    equal(typeof row.rsk_certificate, "string");
  });
  await report.step("downloadFile: parts", async () => {
    const file = await api.downloadFile(place);
    equal(file.fileName, "certificate.txt");
    equal(file.fileSize, content.length);
    equal(content.compare(file.data), 0);
  });
  await report.step("deleteRecord of a file's property", async () => {
    await api.deleteRecord({ collection: "rsk_vessels", key, property: "rsk_certificate" });
    const row = await api.retrieve({ collection: "rsk_vessels", key, select: ["rsk_certificate"] });
    equal(row.rsk_certificate, null);
  });
}
