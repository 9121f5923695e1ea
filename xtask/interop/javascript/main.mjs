// npm dynamics-web-api against the emulator: `cargo xtask interop --only javascript`.

import { access } from "./access.mjs";
import { batches } from "./batches.mjs";
import { files } from "./files.mjs";
import { metadata } from "./metadata.mjs";
import { operations } from "./operations.mjs";
import { queries } from "./queries.mjs";
import { relations } from "./relations.mjs";
import { Report } from "./report.mjs";
import { rows } from "./rows.mjs";
import { unsupported } from "./unsupported.mjs";

const report = new Report();
const areas = { access, rows, queries, relations, operations, batches, metadata, files, unsupported };
for (const [name, run] of Object.entries(areas)) {
  await report.area(name, run);
}
