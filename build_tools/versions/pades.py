"""PAdES signatures of level B-B (ETSI EN 319 142-1) on PDFs, without a network. Only this module knows pyHanko.

A signature proves that a file has not changed since somebody with a certificate's key signed it. Only its issuer can
say whether the certificate belongs to the holder that it names, so that is not checked here.
"""

import datetime as dt
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from typing import TypeVar

from asn1crypto.pkcs12 import Pfx
from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.serialization import pkcs12
from cryptography.x509.oid import ExtendedKeyUsageOID
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.fields import InvisSigSettings, SigFieldSpec, SigSeedSubFilter
from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner, SimpleSigner
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.sign.validation.status import SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext

from build_tools.text.source import unwanted
from build_tools.versions.freezing import Signature
from build_tools.versions.unusable import Unusable

_T = TypeVar("_T")

_FIELD = "Signature"

_DOCUMENTS = {
    ExtendedKeyUsageOID.ANY_EXTENDED_KEY_USAGE,
    ExtendedKeyUsageOID.EMAIL_PROTECTION,
    x509.ObjectIdentifier("1.3.6.1.5.5.7.3.36"),  # document signing, RFC 9336
    x509.ObjectIdentifier("1.2.840.113583.1.1.5"),  # Adobe's, older than the common one
    x509.ObjectIdentifier("1.3.6.1.4.1.311.10.3.12"),  # Microsoft's
}
"""The purposes (RFC 5280, 4.2.1.12) that let a certificate sign documents, if it names any."""


class _SameMetadata(IncrementalPdfFileWriter):
    """Adds a signature to a PDF without changing the PDF's metadata.

    pyHanko would name itself as the producer, and would write the schema of `pdfuaid` in a form that does not follow
    ISO 19005-2, 6.6.2.3. Its author recommends overriding this method (pyHanko's issue 223).
    """

    def _update_meta(self) -> None:
        pass


def read_signer(content: bytes, passphrase: str) -> SimpleSigner:
    """Return the signer for the certificate and key of a PKCS#12 file.

    Raises:
        Unusable: if the file or its certificate cannot sign a document now.
    """
    try:
        Pfx.load(content)["version"].native  # noqa: B018 - asn1crypto parses only what is accessed
    except ValueError:
        raise Unusable(
            "This is not a certificate with its key. Give the file that ends in .p12 or .pfx (PKCS#12)."
        ) from None
    try:
        key, certificate, _ = pkcs12.load_key_and_certificates(content, passphrase.encode())
    except (ValueError, UnsupportedAlgorithm):
        raise Unusable("The passphrase does not open this file, or the file is damaged.") from None
    if certificate is None or key is None:
        raise Unusable(
            "This file does not contain the certificate's key, which is needed to sign. Export the two together."
        )
    begins, ends = certificate.not_valid_before_utc, certificate.not_valid_after_utc
    if not begins <= dt.datetime.now(dt.UTC) <= ends:
        raise Unusable(f"This certificate is valid from {begins:%Y-%m-%d} to {ends:%Y-%m-%d}, not today.")
    if not _is_for_documents(certificate.extensions):
        raise Unusable("This certificate is not meant for signing documents. Ask for one that is.")
    owner = certificate.subject.rfc4514_string()
    if not owner or unwanted(owner):
        raise Unusable("This certificate does not show its owner's name in visible characters, as the record must.")
    signer: SimpleSigner = SimpleSigner.load_pkcs12_data(content, (), passphrase.encode())
    return signer


def sign(pdf: bytes, signer: SimpleSigner) -> bytes:
    """Return a PDF with a signature that covers all of it.

    The field is invisible and not tagged. It has the print flag, as PDF/A requires (ISO 19005-2, 6.3.2), and is outside
    the page, where nothing is tagged (ISO 14289-1, 7.18.1).
    """
    field = SigFieldSpec(
        _FIELD,
        invis_sig_settings=InvisSigSettings(box_out_of_bounds=True),
        readable_field_name="The school’s signature",
    )
    metadata = PdfSignatureMetadata(field_name=_FIELD, subfilter=SigSeedSubFilter.PADES)
    signing = PdfSigner(metadata, signer, new_field_spec=field)
    written = apart(lambda: signing.sign_pdf(_SameMetadata(BytesIO(pdf))))
    content: bytes = written.getvalue()
    return content


def read_signature(pdf: bytes) -> Signature:
    """Return the signature of a PDF.

    Raises:
        Unusable: if there is none, it does not fit the whole file, or its certificate was not valid at its time.
    """
    try:
        signature = next(iter(PdfFileReader(BytesIO(pdf)).embedded_regular_signatures), None)
        if signature:
            own = ValidationContext(trust_roots=[signature.signer_cert], allow_fetching=False)
            status = apart(lambda: validate_pdf_signature(signature, own))
            certificate, at = signature.signer_cert, signature.self_reported_timestamp
    except Exception as error:  # a damaged PDF makes pyHanko raise more exceptions than it documents
        raise Unusable("Its signature cannot be read: it was changed after it was signed.") from error
    if not signature:
        raise Unusable("Its signature is missing.")
    if not (status.intact and status.valid):
        raise Unusable("It was changed after it was signed: the signature does not match.")
    if status.coverage is not SignatureCoverageLevel.ENTIRE_FILE:
        raise Unusable("Something was added to it after it was signed.")
    time = at.astimezone(dt.UTC) if at else None
    if not time or not certificate.not_valid_before <= time <= certificate.not_valid_after:
        raise Unusable("It was signed at a time when its certificate was not valid.")
    return Signature(certificate.subject.human_friendly, certificate.sha256.hex(), f"{time:%Y-%m-%dT%H:%M:%SZ}")


def apart(work: Callable[[], _T]) -> _T:
    """Return the result of some work in its own thread: pyHanko starts an event loop, and a thread has only one."""
    with ThreadPoolExecutor(max_workers=1) as pool:
        return pool.submit(work).result()


def _is_for_documents(extensions: x509.Extensions) -> bool:
    """Return whether a certificate may sign documents; one without a stated use may do all (RFC 5280, 4.2.1.3)."""
    named = {type(extension.value): extension.value for extension in extensions}
    usage, purposes = named.get(x509.KeyUsage), named.get(x509.ExtendedKeyUsage)
    may_sign = not isinstance(usage, x509.KeyUsage) or usage.digital_signature or usage.content_commitment
    return may_sign and (not isinstance(purposes, x509.ExtendedKeyUsage) or not _DOCUMENTS.isdisjoint(purposes))
