"""Time stamps on lines of the register by an authority (RFC 3161): proof that a line existed at a time.

The authority sees the SHA-256 of a line, never the line. Its response is kept, so anybody can check it:

    openssl ts -verify -data LINE -in FILE.tsr -CAfile ROOT.pem

Only this module and `pades` know pyHanko.
"""

import asyncio
import datetime as dt
import hashlib

from asn1crypto import pem, tsp, x509
from pyhanko.sign.timestamps import TimestampRequestError
from pyhanko.sign.timestamps.requests_client import RequestsHTTPTimeStamper
from pyhanko.sign.validation.generic_cms import validate_tst_signed_data
from pyhanko.sign.validation.status import TimestampSignatureStatus
from pyhanko_certvalidator import ValidationContext

from build_tools.versions.pades import apart
from build_tools.versions.unusable import Unusable

_SECONDS = 15


def request(line: bytes, authority: str) -> bytes:
    """Return the response of an authority at an address, with a time stamp on a line.

    Raises:
        Unusable: if it does not answer, or refuses.
    """
    client = RequestsHTTPTimeStamper(authority, timeout=_SECONDS)  # type: ignore[no-untyped-call]  # published without
    try:
        token = apart(lambda: asyncio.run(client.async_timestamp(hashlib.sha256(line).digest(), "sha256")))
    except TimestampRequestError as error:
        reason = "it does not answer" if error.__cause__ else error.args[0]
        raise Unusable(f"{authority} gave no time stamp: {reason}.") from None
    except Exception as error:  # an answer that is not a response makes the libraries raise what they do not document
        raise Unusable(f"{authority} gave no time stamp, but something else.") from error
    content: bytes = tsp.TimeStampResp({"status": {"status": "granted"}, "time_stamp_token": token}).dump()
    return content


def stamped_at(line: bytes, response: bytes, roots: bytes) -> dt.datetime:
    """Return when an authority stamped a line; `roots` are the root certificates that are trusted, in a PEM file.

    Nothing is asked of the network: revoked certificates are not known.

    Raises:
        Unusable: if the time stamp is of other bytes, or of an authority whose root is not trusted, or its certificate
            was not valid at its time.
    """
    trusted = _certificates(roots)
    try:
        signed = tsp.TimeStampResp.load(response, strict=True)["time_stamp_token"]["content"]
        at: dt.datetime = signed["encap_content_info"]["content"].parsed["gen_time"].native
        context = ValidationContext(trust_roots=trusted, moment=at, allow_fetching=False)
        found = apart(
            lambda: asyncio.run(
                validate_tst_signed_data(signed, context, lambda name: hashlib.new(name, line).digest())
            )
        )
        status = TimestampSignatureStatus(**found)
    except Exception as error:  # damaged bytes make the libraries raise more exceptions than they document
        raise Unusable("The time stamp cannot be read: it is damaged.") from error
    if not status.intact:
        raise Unusable("The time stamp is not of this line, or one of the two was changed.")
    if not status.valid:
        raise Unusable("The time stamp was changed: its signature does not match.")
    certificate = status.signing_cert
    if not certificate.not_valid_before <= at <= certificate.not_valid_after:
        raise Unusable(f"The certificate of the time stamp was not valid at its time, {at:%Y-%m-%d}.")
    if not status.trusted:
        issuer = certificate.issuer.human_friendly
        raise Unusable(f"The time stamp is not of the authority whose root certificate is trusted, but from {issuer}.")
    return at


def _certificates(roots: bytes) -> list[x509.Certificate]:
    """Return the certificates of a PEM file.

    Raises:
        Unusable: if it contains something else.
    """
    try:
        return [x509.Certificate.load(content, strict=True) for _, _, content in pem.unarmor(roots, multiple=True)]
    except (ValueError, TypeError):
        raise Unusable("The root certificate of the authority is not a certificate in PEM format.") from None
