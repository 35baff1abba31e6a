"""Runs before anything else in the frozen program."""

import os
import sys
import warnings

# TorchScript wants Python sources, which a frozen program has not. Nothing here uses it.
os.environ.setdefault("PYTORCH_JIT", "0")

# The OpenSSL that comes along looks for certificates where the system it was built on keeps them.
_CERTIFICATES = (
    "/etc/ssl/certs/ca-certificates.crt",
    "/etc/pki/tls/certs/ca-bundle.crt",
    "/etc/ssl/ca-bundle.pem",
    "/etc/ssl/cert.pem",
)
if sys.platform != "win32" and "SSL_CERT_FILE" not in os.environ and "SSL_CERT_DIR" not in os.environ:
    for _path in _CERTIFICATES:
        if os.path.exists(_path):  # noqa: PTH110 - pathlib is slow to import this early
            os.environ["SSL_CERT_FILE"] = _path
            break

# This program has its libraries now; what it starts (a browser, another Python with a GPU) must not get them.
if sys.platform.startswith("linux"):
    _theirs = os.environ.pop("LD_LIBRARY_PATH_ORIG", "")
    os.environ.pop("LD_LIBRARY_PATH", None)
    if _theirs:
        os.environ["LD_LIBRARY_PATH"] = _theirs

# torch says twenty times on being imported that the sources just mentioned are missing.
warnings.filterwarnings("ignore", message="Unable to retrieve source for @torch.jit._overload")
