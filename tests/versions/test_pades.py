"""Signed PDFs: the standards that they keep to, what the signature covers, and that no change goes unseen."""

import dataclasses
import hashlib
import io
from collections.abc import Callable, Mapping

import page
import pikepdf
import pytest
from asn1crypto.cms import ContentInfo
from certificates import DOCUMENTS, KEYS_ONLY, PASSPHRASE, SUBJECT, WEBSITES, make_certificate
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.serialization import Encoding
from folders import ROOT
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.fields import InvisSigSettings
from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner, SimpleSigner

from build_tools.outputs.pdf import render_pdf
from build_tools.project import Project
from build_tools.reading import read
from build_tools.versions import pades
from build_tools.versions.pades import apart, read_signature, read_signer, sign
from build_tools.versions.unusable import Unusable

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def unsigned() -> bytes:
    """Return the PDF of a real school, with only the first section of its policy, which takes a second to set."""
    resolved = read(Project(ROOT), ["trottiscliffe"]).school("trottiscliffe")
    policy = dataclasses.replace(resolved.policy, sections=resolved.policy.sections[:1])
    return render_pdf(dataclasses.replace(resolved, policy=policy), (ROOT / "templates",))


@pytest.fixture(scope="module")
def school() -> tuple[bytes, x509.Certificate]:
    """Return the school's certificate, in its file and by itself."""
    return make_certificate(DOCUMENTS)


@pytest.fixture(scope="module")
def signed(unsigned: bytes, school: tuple[bytes, x509.Certificate]) -> bytes:
    return sign(unsigned, read_signer(school[0], PASSPHRASE))


def _failures(data: bytes, profile: str) -> list[str]:
    return [failure.rule_id for failure in page.validate_pdf_bytes(data, profile=profile).failures]


def _signature(data: bytes) -> tuple[list[int], bytes]:
    """Return which stretches of a file are signed, and what is said of them, as another library finds it."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        (field,) = pdf.Root.AcroForm.Fields
        assert (str(field.V.Type), str(field.V.SubFilter)) == ("/Sig", "/ETSI.CAdES.detached")
        return [int(part) for part in field.V.ByteRange.as_list()], bytes(field.V.Contents)


# --- the signed file -------------------------------------------------------------------------------------------------


def test_a_signed_pdf_is_still_pdf_ua_1_and_pdf_a_2a(signed: bytes) -> None:
    assert _failures(signed, "ua1") == []
    assert _failures(signed, "2a") == []
    with pikepdf.open(io.BytesIO(signed)) as pdf:
        assert pdf.check_pdf_syntax() == []


def test_a_visible_field_or_new_metadata_breaks_the_standards(
    unsigned: bytes, school: tuple[bytes, x509.Certificate], monkeypatch: pytest.MonkeyPatch
) -> None:
    signer = read_signer(school[0], PASSPHRASE)
    with monkeypatch.context() as patch:
        patch.setattr(pades, "InvisSigSettings", lambda **_: InvisSigSettings())
        assert _failures(sign(unsigned, signer), "ua1")
    with monkeypatch.context() as patch:
        patch.setattr(pades, "_SameMetadata", IncrementalPdfFileWriter)
        assert _failures(sign(unsigned, signer), "2a")


def test_signing_keeps_every_byte_and_the_metadata(unsigned: bytes, signed: bytes) -> None:
    assert signed.startswith(unsigned)
    with pikepdf.open(io.BytesIO(unsigned)) as before, pikepdf.open(io.BytesIO(signed)) as after:
        assert after.Root.Metadata.read_bytes() == before.Root.Metadata.read_bytes()
        assert dict(after.docinfo) == dict(before.docinfo)
        assert after.Root.AcroForm.Fields[0].TU == "The school’s signature"


def test_all_of_the_file_is_signed_but_the_signature_itself(signed: bytes) -> None:
    (begin, length, again, rest), contents = _signature(signed)
    assert (begin, again + rest) == (0, len(signed))
    assert signed[length:again] == f"<{contents.hex().upper()}>".encode()
    digest = hashlib.sha256(signed[:length] + signed[again:]).digest()
    (info,) = ContentInfo.load(contents)["content"]["signer_infos"]
    told = {attribute["type"].native: attribute["values"][0].native for attribute in info["signed_attrs"]}
    assert told["message_digest"] == digest
    # ETSI EN 319 142-1, 6.3: which certificate is signed as well, and the time stands in the dictionary alone
    assert "signing_certificate_v2" in told
    assert "signing_time" not in told


@pytest.mark.parametrize("is_rsa", [True, False], ids=["RSA", "elliptic curve"])
def test_a_signature_tells_its_certificate_and_its_time(unsigned: bytes, *, is_rsa: bool) -> None:
    content, certificate = make_certificate(is_rsa=is_rsa)
    found = read_signature(sign(unsigned, read_signer(content, PASSPHRASE)))
    assert found.by == SUBJECT
    assert found.certificate == certificate.fingerprint(hashes.SHA256()).hex()
    assert found.at[10] + found.at[-1] == "TZ"


# --- every change is found --------------------------------------------------------------------------------------------


def test_one_changed_byte_is_found_wherever_it_is(signed: bytes) -> None:
    (_, length, again, _), _ = _signature(signed)
    places = [*range(0, length, length // 40), length - 1, length + 9, again, len(signed) - 1]
    read_signature(signed)
    for place in places:
        changed = bytearray(signed)
        changed[place] ^= 1
        with pytest.raises(Unusable):
            read_signature(bytes(changed))


def _without_field(data: bytes) -> bytes:
    saved = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as pdf:
        del pdf.Root.AcroForm, pdf.pages[0].Annots
        pdf.save(saved)
    return saved.getvalue()


def _signed_again(data: bytes) -> bytes:
    metadata = PdfSignatureMetadata(field_name="Second")
    signing = PdfSigner(metadata, read_signer(make_certificate()[0], PASSPHRASE))
    written: io.BytesIO = apart(lambda: signing.sign_pdf(IncrementalPdfFileWriter(io.BytesIO(data))))
    return written.getvalue()


_TAMPERED: Mapping[str, tuple[Callable[[bytes], bytes], str]] = {
    "field taken out": (_without_field, "Its signature is missing."),
    "cut off": (lambda data: data[: data.index(b"%%EOF") + 6], "Its signature is missing."),
    "signed again": (_signed_again, "Something was added to it after it was signed."),
    "added to": (lambda data: data + b"\n%", "Something was added to it after it was signed."),
    "half lost": (lambda data: data[: len(data) // 2], "was changed after it was signed"),
    "all lost": (lambda _: b"", "was changed after it was signed"),
}


@pytest.mark.parametrize(("tamper", "words"), _TAMPERED.values(), ids=_TAMPERED.keys())
def test_what_was_done_to_a_signed_file_is_told(signed: bytes, tamper: Callable[[bytes], bytes], words: str) -> None:
    tampered = tamper(signed)
    assert tampered != signed
    with pytest.raises(Unusable, match=words):
        read_signature(tampered)


def test_a_signature_outside_its_certificate_dates_is_found(unsigned: bytes) -> None:
    content, _ = make_certificate(years=(2000, 2001))
    with pytest.raises(Unusable, match="at a time when its certificate was not valid"):
        read_signature(sign(unsigned, SimpleSigner.load_pkcs12_data(content, (), PASSPHRASE.encode())))


# --- what cannot sign -------------------------------------------------------------------------------------------------

_CANNOT: Mapping[str, tuple[Callable[[], bytes], str]] = {
    "another passphrase": (
        lambda: make_certificate(passphrase=PASSPHRASE[1:])[0],
        "The passphrase does not open this file",
    ),
    "no key": (lambda: make_certificate(has_key=False)[0], "This file does not contain the certificate's key"),
    "expired": (lambda: make_certificate(years=(2000, 2001))[0], "valid from 2000-01-01 to 2001-01-01, not today"),
    "not yet": (lambda: make_certificate(years=(2100, 2101))[0], "valid from 2100-01-01 to 2101-01-01, not today"),
    "keys only": (lambda: make_certificate(KEYS_ONLY)[0], "is not meant for signing documents"),
    "websites": (lambda: make_certificate(WEBSITES)[0], "is not meant for signing documents"),
    "nobody's": (lambda: make_certificate(name="")[0], "does not show its owner's name"),
    "invisible": (
        lambda: make_certificate(name="School\u200e")[0],
        "does not show its owner's name in visible characters",
    ),
    "the certificate alone": (
        lambda: make_certificate()[1].public_bytes(Encoding.DER),
        "This is not a certificate with",
    ),
    "the certificate as text": (lambda: make_certificate()[1].public_bytes(Encoding.PEM), "This is not a certificate"),
    "a letter": (lambda: b"Dear school,", "This is not a certificate with its key"),
    "nothing": (lambda: b"", "This is not a certificate with its key"),
    "half of it": (lambda: make_certificate()[0][:400], "This is not a certificate with its key"),
}


@pytest.mark.parametrize(("make", "words"), _CANNOT.values(), ids=_CANNOT.keys())
def test_a_file_that_cannot_sign_is_refused_with_the_reason(make: Callable[[], bytes], words: str) -> None:
    with pytest.raises(Unusable, match=words):
        read_signer(make(), PASSPHRASE)


@pytest.mark.parametrize(
    "extensions", [(), DOCUMENTS, DOCUMENTS[:1], DOCUMENTS[1:]], ids=["none", "both", "usage", "purpose"]
)
def test_a_certificate_for_documents_or_any_use_can_sign(extensions: tuple[x509.ExtensionType, ...]) -> None:
    assert read_signer(make_certificate(extensions)[0], PASSPHRASE)
