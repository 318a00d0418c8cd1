"""Proteins of viruses, which share their short names with human genes: Nsp1, US11, E6, Tat."""

from __future__ import annotations

import re

_NUMBERED = re.compile(
    r"(?:Nsp|NSP|nsp)-?\d{1,2}[A-Zαβab]?|NS-?[1-9][AB]?|N[Ss]s|V[Pp]-?[1-9]\d?|g[BCDEGHIKLM]|[Gg][Pp][1-6]|g[Pp]41|gp120|gp160"
    r"|U[SL]\d{1,3}(?:\.\d)?|ORF-?\d{1,2}[a-z]?|E[1-7][AB]?|E[1-5]B?-?\d{2}K|p17|p24|pUL\d+|ICP-?\d{1,2}|BZLF1|BRLF1|EBNA-?\d?[A-C]?"
    r"|LMP-?[12][AB]?|vFLIP|vIRF-?\d?|vGPCR|vIL-6|[mMvVkK]?K\d{1,2}(?:\.\d)?|LANA|HBx|HBc|HBs|HBeAg|HBsAg|[MH]\d{2,3}|IE[12]|A\d{2}R|B1[4-9]R?|C7L|K1L|K3L|E3L"
    r"|PB1(?:-F2)?|PB2|PA-X|M[12]|NS1|NEP|2B|2C|3A|[23]C(?:pro)?|2Apro|VSR|[LV]pro"
)
_WORDS = frozenset(
    "Tat TAT Rev REV Nef NEF Vif VIF Vpr VPR Vpu Vpx Gag GAG Pol Env ENV Tax HBZ RTA Rta Zta ZTA".split()
)
_CONTEXT = re.compile(
    r"\b(?:virus(?:es)?|viral|virions?|viruses|provirus|retrovir\w*|lentivir\w*|phages?|\w+viridae|\w+virus(?:es)?|HIV(?:-\d)?"
    r"|HCV|HBV|HPV\d*|KSHV|EBV|HCMV|CMV|HSV(?:-\d)?|SARS(?:-CoV)?(?:-2)?|MERS(?:-CoV)?|DENV|ZIKV|WNV|RSV|IAV|VSV|SeV|PRRSV|CoV)\b"
)


def is_viral_name(text: str) -> bool:
    """Tell whether a name is one under which proteins of viruses are drawn."""
    bare = text.strip(" .,;:()[]*+-")
    return bare in _WORDS or _NUMBERED.fullmatch(bare) is not None


def is_viral_context(text: str) -> bool:
    """Tell whether a text speaks of a virus."""
    return _CONTEXT.search(text) is not None
