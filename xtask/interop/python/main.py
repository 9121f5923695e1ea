"""PyPI PowerPlatform-Dataverse-Client against the emulator: `cargo xtask interop --only python`."""

import logging
import warnings

from PowerPlatform.Dataverse.client import DataverseClient

import access
import asynchronous
import batches
import bulk
import files
import metadata
import queries
import records
import unsupported
from emulator import URL, credential
from report import Report


def main():
    # What the libraries say besides is of no interest here, such as that a wrong secret is wrong.
    warnings.simplefilter("ignore")
    logging.disable(logging.CRITICAL)
    report = Report()
    areas = [access, records, bulk, queries, batches, metadata, files, asynchronous, unsupported]
    with DataverseClient(URL, credential()) as client:
        for area in areas:
            report.area(area.__name__, lambda: area.run(report, client))


if __name__ == "__main__":
    main()
