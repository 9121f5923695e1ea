"""Tokens and errors."""

from azure.core.credentials import AccessToken
from azure.core.exceptions import ClientAuthenticationError
from azure.identity import ClientSecretCredential
from PowerPlatform.Dataverse.client import DataverseClient
from PowerPlatform.Dataverse.core.errors import HttpError, MetadataError

from emulator import SIGN_IN, URL, credential, faults
from report import equal, refused


class Fixed:
    """A credential whose token nobody issued."""

    def get_token(self, *scopes, **_):
        return AccessToken("not.a.token", 4102444800)


def run(report, client):
    @report.step("azure-identity: ClientSecretCredential")
    def _():
        token = credential().get_token(f"{URL}/.default")
        assert token.token.count(".") == 2
        try:
            ClientSecretCredential(**{**SIGN_IN, "client_secret": "wrong"}).get_token(f"{URL}/.default")
        except ClientAuthenticationError as error:
            assert "AADSTS7000215" in str(error), str(error)
        else:
            raise AssertionError("a wrong secret was taken")

    @report.step("a call with a wrong token is refused")
    def _():
        with DataverseClient(URL, Fixed()) as stranger:
            refused(lambda: stranger.records.list("account", select=["name"], top=1), 401)

    @report.step("errors: status, code, is_transient, ids of the request")
    def _():
        call = lambda: client.records.update("account", "00000000-0000-0000-0000-00000000dead", {"fax": "1"})
        error = refused(call, 404, "0x80040217")
        assert isinstance(error, HttpError) and not error.is_transient
        assert error.details["service_request_id"] and error.details["client_request_id"]
        equal(error.subcode, "http_404")

    @report.step("errors: a throttled request is transient, and says how long to wait")
    def _():
        faults([{"times": 1, "path": "accounts", "fails": {"status": 429, "retry_after": 7}}])
        error = refused(lambda: client.records.list("account", select=["name"], top=1), 429, "0x80072322")
        assert error.is_transient
        equal(error.details["retry_after"], 7)
        client.records.list("account", select=["name"], top=1)

    @report.step("errors: an unknown table")
    def _():
        try:
            client.records.create("rsk_nothing", {"rsk_name": "x"})
        except MetadataError as error:
            equal(error.subcode, "metadata_entityset_not_found")
        else:
            raise AssertionError("an unknown table was found")
