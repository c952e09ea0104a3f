"""Certificates that nobody issued: made for the tests, in force from 2000 to 2100 if nothing else is said."""

import datetime as dt

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, pkcs12
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

NAME = "Sample School & “Şons”"
SUBJECT = f"Common Name: {NAME}, Country: GB"
PASSPHRASE = "grüße & more"  # noqa: S105 - it guards nothing
YEARS = (2000, 2100)


def key_usage(*, signs: bool) -> x509.KeyUsage:
    """Return the usage of one that signs documents, or of one that only agrees on keys."""
    return x509.KeyUsage(
        digital_signature=signs,
        content_commitment=signs,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=not signs,
        key_cert_sign=False,
        crl_sign=False,
        encipher_only=False,
        decipher_only=False,
    )


DOCUMENTS = (key_usage(signs=True), x509.ExtendedKeyUsage([x509.ObjectIdentifier("1.3.6.1.5.5.7.3.36")]))
KEYS_ONLY = (key_usage(signs=False),)
WEBSITES = (key_usage(signs=True), x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]))


def make_certificate(
    extensions: tuple[x509.ExtensionType, ...] = (),
    years: tuple[int, int] = YEARS,
    passphrase: str = PASSPHRASE,
    name: str = NAME,
    *,
    is_rsa: bool = False,
    has_key: bool = True,
) -> tuple[bytes, x509.Certificate]:
    """Return a PKCS#12 file with a new key, and its certificate."""
    key = rsa.generate_private_key(65537, 2048) if is_rsa else ec.generate_private_key(ec.SECP256R1())
    country = x509.NameAttribute(NameOID.COUNTRY_NAME, "GB")
    owner = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name), country] if name else [])
    builder = x509.CertificateBuilder(owner, owner, key.public_key(), x509.random_serial_number())
    begins, ends = (dt.datetime(year, 1, 1, tzinfo=dt.UTC) for year in years)
    builder = builder.not_valid_before(begins).not_valid_after(ends)
    for extension in extensions:
        builder = builder.add_extension(extension, critical=False)
    certificate = builder.sign(key, hashes.SHA256())
    protection = BestAvailableEncryption(passphrase.encode())
    content = pkcs12.serialize_key_and_certificates(None, key if has_key else None, certificate, None, protection)
    return content, certificate
