"""Signatures on lines of the register by SSH keys, in the format of OpenSSH (PROTOCOL.sshsig).

The program ssh-keygen makes and checks them. It comes with Windows, macOS and most Linux systems, so anybody can check
one without this program:

    ssh-keygen -Y verify -f allowed_signers -I NAME -n schoolpolicy -s FILE.sig < LINE

Who may sign is in a file in the format ALLOWED SIGNERS of ssh-keygen(1): a name and a public key on each line. It may
limit the days on which a key is allowed. Nobody can tell when a signature was made, so it is checked for today: if a
key expires, what it signed must be signed again with another key.
"""

import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

from build_tools.versions.unusable import Unusable

NAMESPACE = "schoolpolicy"
"""Prevents a signature that a key made for another purpose, such as a Git commit, from being used here."""

_PROGRAM = "ssh-keygen"
_MISSING = (
    "Signing lines of the register, and checking their signatures, needs the program ssh-keygen, which is not "
    "installed. It is part of OpenSSH: on Windows, add the optional feature OpenSSH Client; on Linux, install "
    "openssh-client."
)


def require_program() -> str:
    """Return the path of ssh-keygen.

    Raises:
        Unusable: if it is not installed.
    """
    found = shutil.which(_PROGRAM)
    if not found:
        raise Unusable(_MISSING)
    return found


def sign(line: bytes, key: Path) -> bytes:
    """Return the signature of a line by a private key, or by the key in the SSH agent that belongs to a public key.

    ssh-keygen asks for the key's passphrase, if it has one.

    Raises:
        Unusable: if the key cannot sign, or ssh-keygen is not installed.
    """
    done = _run("sign", "-f", str(key), "-n", NAMESPACE, line=line)
    if done.returncode:
        reason = done.stderr.decode(errors="replace").strip().rpartition("\n")[2]
        raise Unusable(f"ssh-keygen cannot sign with this key: {reason or 'it gave no reason'}")
    return done.stdout


def signer(line: bytes, signature: bytes, allowed: Path) -> str:
    """Return the name of whoever signed a line, as the file of allowed signers has it.

    Raises:
        Unusable: if the signature is of other bytes, or by a key that is not allowed, or ssh-keygen is not installed.
    """
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "line.sig")
        file.write_bytes(signature)
        names = list(_names("find-principals", "-s", str(file), "-f", str(allowed)))
        for name in names:
            known = ("-s", str(file), "-f", str(allowed), "-I", name, "-n", NAMESPACE)
            if _run("verify", *known, line=line).returncode == 0:
                return name
        if names:
            raise Unusable(f"The signature by {', '.join(names)} does not match this line.")
        is_intact = _run("check-novalidate", "-s", str(file), "-n", NAMESPACE, line=line).returncode == 0
    if is_intact:
        message = f"The key of the signature is not in {allowed.name}, or is no longer allowed there."
        raise Unusable(f"{message} If it may sign, add its public key.")
    raise Unusable("The signature does not match this line, or is damaged.")


def _names(*arguments: str) -> Iterator[str]:
    done = _run(*arguments)
    if done.returncode == 0:
        yield from filter(None, done.stdout.decode(errors="replace").split("\n"))


def _run(operation: str, *arguments: str, line: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    command = [require_program(), "-Y", operation, *arguments]
    return subprocess.run(command, input=line, capture_output=True, check=False)  # noqa: S603 - no shell
