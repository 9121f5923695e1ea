// npm dynamics-web-api reading all rows page by page: `cargo xtask bench peers`.

import { DynamicsWebApi } from "dynamics-web-api";

const api = new DynamicsWebApi({
  serverUrl: process.env.SERVER_URL,
  dataApi: { version: "9.2" },
  onTokenRefresh: async () => "not.a.token",
});
const accounts = {
  collection: "accounts",
  select: [
    "accountid", "name", "accountnumber", "emailaddress1", "telephone1", "address1_city", "address1_country",
    "address1_postalcode", "websiteurl", "description", "revenue", "creditlimit", "exchangerate", "numberofemployees",
    "industrycode", "statecode", "donotemail", "createdon", "modifiedon", "_ownerid_value", "_primarycontactid_value",
    "versionnumber",
  ],
  maxPageSize: 5000,
};

await api.retrieveMultiple({ ...accounts, filter: "name ne null" });

const start = process.hrtime.bigint();
let count = 0;
let page = await api.retrieveMultiple(accounts);
for (;;) {
  for (const row of page.value) {
    if (row.accountid) count += 1;
  }
  if (!page.oDataNextLink) break;
  page = await api.retrieveMultiple(accounts, page.oDataNextLink);
}
console.log(`${count} ${Number(process.hrtime.bigint() - start) / 1e9}`);
