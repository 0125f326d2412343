"""Every error that Vestka raises on purpose. Each message says what is wrong and the remedy, in one line.

VestkaError
├── UsageError            the caller asked for something that cannot be (exit 2, HTTP 422)
│   ├── BadQuestion       empty or over-long
│   ├── BadDate           not YYYY-MM-DD
│   └── BadSetting        a VESTKA_* variable is unknown or wrong
├── SourceError           nothing can be read from a SOURCE
│   ├── NoArticle         a page or record gives no article; indexing skips it with this reason (HTTP 422)
│   └── AddressRefused    an address that may not be fetched
├── ModelUnavailable      the embedding model cannot be loaded
└── StoreError
    ├── StoreMissing      there is no store yet, or it is empty
    ├── StoreLocked       another process is writing
    ├── StoreMismatch     built with another model, or by another version
    ├── StoreCorrupt      a file of the store is damaged
    └── ArticleNotFound   no article has this id (HTTP 404)
"""

from __future__ import annotations

from typing import ClassVar


class VestkaError(Exception):
    """Base of all errors of ours; `str(error)` is one line for the person who has to act on it.

    Attributes:
        exit_code: the command's exit status.
        http_status: the status of the HTTP answer.
        public: whether the message may be shown to anyone who asks, or is for the operator only.
    """

    exit_code: ClassVar[int] = 1
    http_status: ClassVar[int] = 500
    public: ClassVar[bool] = False


class UsageError(VestkaError):
    """The caller asked for something that cannot be."""

    exit_code = 2
    http_status = 422
    public = True


class BadQuestion(UsageError):
    """A question is empty or too long."""


class BadDate(UsageError):
    """A date is not of the form YYYY-MM-DD."""


class BadSetting(UsageError):
    """A setting is unknown or has a wrong value."""

    public = False


class SourceError(VestkaError):
    """Nothing can be read from a source."""


class NoArticle(SourceError):
    """A page or record gives no article; the message is the reason."""

    http_status = 422
    public = True


class AddressRefused(SourceError):
    """An address that may not be fetched."""


class ModelUnavailable(VestkaError):
    """The embedding model cannot be loaded."""

    http_status = 503


class StoreError(VestkaError):
    """The store cannot do what was asked."""

    http_status = 503


class StoreMissing(StoreError):
    """There is no store here, or it holds no article yet."""


class StoreLocked(StoreError):
    """Another process is writing to the store."""


class StoreMismatch(StoreError):
    """The store was built with another model, or by another version of Vestka."""

    @classmethod
    def of_model(cls, directory: object, stored: str | None, given: str) -> StoreMismatch:
        """Say that a store was built with another model, by their names."""
        if stored == given:
            return cls(
                f"{directory} was built with the {given} of another version of Vestka, whose vectors differ: "
                "index into a new --store"
            )
        return cls(
            f"{directory} was built with the model {stored}, not {given}: "
            "set VESTKA_MODEL to that one, or index into another --store"
        )


class StoreCorrupt(StoreError):
    """A file of the store is damaged."""


class ArticleNotFound(StoreError):
    """No article has this id."""

    http_status = 404
    public = True
