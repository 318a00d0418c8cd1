"""The formats in which a figure is written as a network: what each is called and how its files end."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from figpath.publish.cx2 import to_cx2
from figpath.publish.datanodes import to_datanodes
from figpath.publish.gpml import to_gpml
from figpath.publish.graphml import to_graphml
from figpath.publish.network import from_record
from figpath.publish.sif import to_sif

if TYPE_CHECKING:
    from collections.abc import Callable

    from figpath.publish.network import Network
    from figpath.record import Record


@dataclass(frozen=True, slots=True, kw_only=True)
class NetworkFormat:
    """A format of networks.

    Parameters
    ----------
    name
        What the command line calls it.
    ending
        What follows the figid in the name of a file.
    write
        Makes the bytes of a file.
    """

    name: str
    ending: str
    write: Callable[[Network], bytes]


FORMATS: Final = (
    NetworkFormat(name="cx2", ending=".cx2", write=to_cx2),
    NetworkFormat(name="gpml", ending=".gpml", write=to_gpml),
    NetworkFormat(name="graphml", ending=".graphml", write=to_graphml),
    NetworkFormat(name="sif", ending=".sif", write=to_sif),
    NetworkFormat(name="datanodes", ending="-datanodes.gpml", write=to_datanodes),
)


def network_format(name: str) -> NetworkFormat | None:
    """Return the format of this name; None when there is none."""
    return next((form for form in FORMATS if form.name == name), None)


def to_network(record: Record, form: NetworkFormat) -> bytes:
    """Return a record in a format of networks; what scores below 0.5 is left out.

    Raises
    ------
    RecordError
        When the record cannot be written in that format.
    """
    return form.write(from_record(record))
