"""PyPI PowerPlatform-Dataverse-Client reading all rows page by page: `cargo xtask bench peers`."""

import os
import time

from azure.core.credentials import AccessToken
from PowerPlatform.Dataverse.client import DataverseClient

COLUMNS = [
    "accountid", "name", "accountnumber", "emailaddress1", "telephone1", "address1_city", "address1_country",
    "address1_postalcode", "websiteurl", "description", "revenue", "creditlimit", "exchangerate", "numberofemployees",
    "industrycode", "statecode", "donotemail", "createdon", "modifiedon", "_ownerid_value", "_primarycontactid_value",
    "versionnumber",
]


class Fixed:
    """A credential whose token nobody issued."""

    def get_token(self, *scopes, **_):
        return AccessToken("not.a.token", 4102444800)


def read(client, **options):
    count = 0
    for page in client.records.list_pages("account", select=COLUMNS, page_size=5000, **options):
        for row in page:
            if row["accountid"]:
                count += 1
    return count


with DataverseClient(os.environ["SERVER_URL"], Fixed()) as client:
    read(client, filter="name ne null")
    start = time.perf_counter()
    count = read(client)
    print(count, time.perf_counter() - start)
