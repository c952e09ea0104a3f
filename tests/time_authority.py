"""An authority that stamps times, on this machine: it is asked by HTTP, and answers as RFC 3161 says."""

import contextlib
import datetime as dt
import http.server
import threading
from collections.abc import Iterator

from asn1crypto import keys, tsp
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from pyhanko.sign.timestamps.dummy_client import DummyTimeStamper

NOW = dt.datetime(2026, 11, 2, 9, 30, tzinfo=dt.UTC)


class Authority:
    """An authority with its own root certificate."""

    def __init__(self, at: dt.datetime = NOW, years: tuple[int, int] = (2020, 2040)) -> None:
        """Create it: it believes that it is always `at`, and its certificate, not its root, is valid in the years."""
        root_key, key = (rsa.generate_private_key(65537, 2048) for _ in range(2))
        root_name, name = _named("Test Root"), _named("Test Time Stamps")
        root = _certificate(root_name, root_name, root_key, root_key, (2000, 2100), is_root=True)
        own = _certificate(name, root_name, key, root_key, years, is_root=False)
        self.root = root.public_bytes(Encoding.PEM)
        """The root certificate, as a PEM file."""
        private = key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
        self._stamper = DummyTimeStamper(
            asn1_x509.Certificate.load(own.public_bytes(Encoding.DER)),
            keys.PrivateKeyInfo.load(private),
            fixed_dt=at,
        )

    def answer(self, request: bytes) -> bytes:
        """Return the response to a request."""
        content: bytes = self._stamper.request_tsa_response(tsp.TimeStampReq.load(request)).dump()
        return content


@contextlib.contextmanager
def listening(authority: Authority | None) -> Iterator[str]:
    """Yield the address of an authority while the block runs; without one, of a page that gives no time stamps."""

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            asked = self.rfile.read(int(self.headers["Content-Length"]))
            answer = authority.answer(asked) if authority else b"<p>Welcome</p>"
            self.send_response(200)
            self.send_header("Content-Type", "application/timestamp-reply" if authority else "text/html")
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, *_: object) -> None:
            """Print nothing."""

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()


def _named(name: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])


def _certificate(
    name: x509.Name,
    issuer: x509.Name,
    key: rsa.RSAPrivateKey,
    issuer_key: rsa.RSAPrivateKey,
    years: tuple[int, int],
    *,
    is_root: bool,
) -> x509.Certificate:
    begins, ends = (dt.datetime(year, 1, 1, tzinfo=dt.UTC) for year in years)
    builder = (
        x509.CertificateBuilder(issuer, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(begins)
        .not_valid_after(ends)
        .add_extension(x509.BasicConstraints(is_root, None), critical=True)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer_key.public_key()), critical=False)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
    )
    if not is_root:
        stamps = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING])
        builder = builder.add_extension(stamps, critical=True)
    return builder.sign(issuer_key, hashes.SHA256())
