"""The emulator as the steps see it: its addresses, and credentials that ask its token endpoint."""

import os

import requests
from azure.identity import ClientSecretCredential

URL = os.environ["EMULATOR_URL"]
# Microsoft's own library for Entra ID, with the emulator's double as its authority.
SIGN_IN = {
    "tenant_id": os.environ["EMULATOR_TENANT"],
    "client_id": os.environ["EMULATOR_CLIENT"],
    "client_secret": os.environ["EMULATOR_SECRET"],
    "authority": URL,
    "disable_instance_discovery": True,
}


def faults(rules):
    """Makes the emulator fail as these rules say."""
    requests.post(f"{URL}/emulator/faults", json={"rules": rules}).raise_for_status()


def credential():
    return ClientSecretCredential(**SIGN_IN)
