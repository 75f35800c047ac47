"""Whole numbers and numbers with decimals, as programs and people write them."""

from sources.conform.cells import Cell, full
from sources.contracts.model import Column


def integer(n: int, *, decimal: str) -> Cell:
    """Return how a whole number is read: 1234, 1.234, 12,0, € 12, 12-, (12)."""
    d, o = _signs(decimal)
    x, p = f"x{n}", f"p{n}"
    fast = f"CASE WHEN try_cast({x} AS BIGINT)::VARCHAR = {x} THEN try_cast({x} AS BIGINT) END"
    # 12.0 is what a program makes of 12 in a column with gaps; 1.000 is a thousand.
    float_ = full(p, f"-?[0-9]+{o}0{{1,2}}")
    slow = f"""CASE
        WHEN {full(p, f"-?[0-9]+({d}0+)?")} OR {float_}
            THEN try_cast(regexp_extract({p}, '^-?[0-9]+') AS BIGINT)
        WHEN {full(p, f"-?[0-9]{{1,3}}({o}[0-9]{{3}})+({d}0+)?")}
            THEN try_cast(replace(regexp_replace({p}, '{d}0+$', ''), '{o[-1]}', '') AS BIGINT)
        END"""
    return Cell(fast, slow, "'V404'", ((float_, "V422"),), _bare(f"c{n}", d))


def number(column: Column, n: int, *, decimal: str) -> Cell:
    """Return how a number is read: 1.234,50, € 12,50, 12,50-, (12,50), 12.5.

    One group of three behind a sign is thousands or decimals: the contract's scale tells, or
    nothing does.
    """
    d, o = _signs(decimal)
    x, p = f"x{n}", f"p{n}"
    scale = column.decimals
    places = "+" if scale is None else f"{{1,{max(scale, 1)}}}"
    group = f"-?[1-9][0-9]{{0,2}}{o}[0-9]{{3}}"
    thousands = f"-?[1-9][0-9]{{0,2}}({o}[0-9]{{3}})"
    is_short = scale is not None and scale < 3
    ambiguous = full(p, f"-?[1-9][0-9]{{0,2}}{d}[0-9]{{3}}" if is_short else group)
    ours = [
        full(p, f"-?[0-9]+({d}[0-9]+)?"),
        full(p, f"{thousands}+{d}[0-9]+"),
        full(p, f"{thousands}{{{1 if is_short else 2},}}"),
    ]
    theirs = " OR ".join(
        full(p, pattern)
        for pattern in (
            f"-?[0-9]+{o}[0-9]+",
            f"-?[1-9][0-9]{{0,2}}({d}[0-9]{{3}})+{o}[0-9]+",
            f"-?[1-9][0-9]{{0,2}}({d}[0-9]{{3}}){{2,}}",
        )
    )
    note = f"NOT ({ours[2]}) AND ({theirs})"
    slow = f"""CASE WHEN {ambiguous} THEN NULL
        WHEN {" OR ".join(ours)} THEN {_double(p, drop=o[-1], point=decimal)}
        WHEN {theirs} THEN {_double(p, drop=decimal, point=o[-1])} END"""
    fast = f"""CASE WHEN {full(x, f"-?[0-9]+({d}[0-9]{places})?")}
        THEN try_cast(replace({x}, '{decimal}', '.') AS DOUBLE) END"""
    failure = f"CASE WHEN {ambiguous} THEN 'V421' ELSE 'V405' END"
    return Cell(fast, slow, failure, ((note, "V422"),), _bare(f"c{n}", d))


def _signs(decimal: str) -> tuple[str, str]:
    """Return the decimal sign and the other one, as regular expressions."""
    return (",", r"\.") if decimal == "," else (r"\.", ",")


def _double(p: str, *, drop: str, point: str) -> str:
    return f"try_cast(replace(replace({p}, '{drop}', ''), '{point}', '.') AS DOUBLE)"


def _bare(c: str, d: str) -> str:
    """Return the digits and signs of an amount, with a minus in front: of (12), 12- and € 12,-."""
    bare = rf"replace(regexp_replace({c}, '[€\s\x{{a0}}\x{{202f}}]|EUR', '', 'g'), '−', '-')"
    whole = f"regexp_replace({bare}, '{d}-+$', '')"
    in_brackets, no_cents, behind = (
        full(bare, pattern) for pattern in (r"\([0-9.,]+\)", f"[0-9.,]*[0-9]{d}-+", "[0-9.,]+-")
    )
    return f"""CASE
        WHEN {in_brackets} THEN '-' || trim({bare}, '()')
        WHEN {no_cents} THEN {whole}
        WHEN {behind} THEN '-' || trim({bare}, '-')
        ELSE ltrim({bare}, '+') END"""
