"""What modules the dependencies of a distribution have, as far as their names tell."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from ssot_lint.text.distribution_names import normalised

_MODULES: Mapping[str, str] = {
    "attrs": "attr",
    "beautifulsoup4": "bs4",
    "django-environ": "environ",
    "djangorestframework": "rest_framework",
    "discord-py": "discord",
    "faiss-cpu": "faiss",
    "gitpython": "git",
    "grpcio": "grpc",
    "kafka-python": "kafka",
    "matplotlib": "mpl_toolkits",
    "mysqlclient": "MySQLdb",
    "openai-whisper": "whisper",
    "opencv-python": "cv2",
    "opencv-python-headless": "cv2",
    "pillow": "PIL",
    "protobuf": "google.protobuf",
    "psycopg2-binary": "psycopg2",
    "pycryptodome": "Crypto",
    "pygithub": "github",
    "pyjwt": "jwt",
    "pymupdf": "fitz",
    "pynacl": "nacl",
    "pyopenssl": "OpenSSL",
    "pyserial": "serial",
    "python-dateutil": "dateutil",
    "python-docx": "docx",
    "python-dotenv": "dotenv",
    "python-jose": "jose",
    "python-magic": "magic",
    "python-multipart": "multipart",
    "python-pptx": "pptx",
    "python-slugify": "slugify",
    "python-socketio": "socketio",
    "python-telegram-bot": "telegram",
    "pyyaml": "yaml",
    "pyzmq": "zmq",
    "scikit-image": "skimage",
    "scikit-learn": "sklearn",
    "setuptools": "pkg_resources",
    "snowflake-connector-python": "snowflake.connector",
}
"""The modules of well-known distributions that are called otherwise, from their pages on PyPI."""


def modules_of(requirements: Collection[str], own: Collection[str]) -> frozenset[str]:
    """The modules of requirements, normalised as they are; those that are ``own``, distributions of the project, have
    none."""
    third_party = set(requirements) - set(own)
    return frozenset(third_party | {normalised(_MODULES[name]) for name in third_party & _MODULES.keys()})
