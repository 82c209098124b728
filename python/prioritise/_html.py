"""Lists and traces as a notebook shows them: the paper's chart of the list, and a candidate's sheet.

Marks differ in shape and not in colour alone, and every figure stands beside its mark in the table.
"""

from __future__ import annotations

from collections.abc import Callable
from html import escape
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ._prioritise import Table

MOST = 50
"""So many rows are shown, and the others counted."""
ROOM = 260
"""The width of the chart, in pixels."""

INK, RANGE, GRID = "#12436d", "#a9c3d9", "#d4d4d4"
TABLE = "border-collapse:collapse;font-family:Arial,sans-serif;font-size:13px;color:#222;background:#fff"
CELL = "padding:2px 8px;text-align:left;vertical-align:middle;border-bottom:1px solid #e2e2e2"
NUMBER = CELL + ";text-align:right;font-variant-numeric:tabular-nums"


def ranking(table: Table) -> str:
    """The first rows of a list: rank, candidate, points, where they stand on a scale, what they could be, and its standing."""
    rows = table.rows(0, MOST)
    ends = [float(row[end]) for row in rows for end in ("least", "most", "total") if row[end] is not None]
    low, high = min([0.0, *ends]), max([float(table.scale or 1), *ends])

    def at(figure: float) -> float:
        return 8 + (figure - low) / (high - low or 1.0) * (ROOM - 16)

    body = []
    for row in rows:
        rank = "" if row["rank"] is None else row["rank"]
        body.append(
            f'<tr><td style="{NUMBER}">{rank}</td><th scope="row" style="{CELL};font-weight:normal">{_titled(row)}</th>'
            f'<td style="{NUMBER}"><b>{_shown(row["total"])}</b></td><td style="{CELL}">{_marks(row, at, table.first_tier)}</td>'
            f'<td style="{NUMBER}">{_could_be(row)}</td><td style="{CELL}">{escape(row["standing"])}</td></tr>'
        )
    titles = [("", NUMBER), ("Candidate", CELL), ("Points", NUMBER), (f"{low:g} to {high:g}", CELL), ("Could be", NUMBER), ("Standing", CELL)]
    head = "".join(f'<th scope="col" style="{style}">{title}</th>' for title, style in titles)
    more = len(table) - len(rows)
    told = [f"{more:,} more are not shown." if more > 0 else "", *table.notes]
    notes = "".join(f'<p style="font-size:12px;margin:4px 0">{escape(note)}</p>' for note in told if note)
    caption = f"{len(table):,} candidates, ranked by {escape(table.rules)}"
    return (
        f'<table style="{TABLE}"><caption style="text-align:left;font-weight:bold">{caption}</caption>'
        f"<thead><tr>{head}</tr></thead><tbody>{''.join(body)}</tbody></table>{notes}"
    )


def _titled(row: dict[str, Any]) -> str:
    title = escape(row["title"])
    return f'{title}, {escape(row["area"])}' if row.get("area") else title


def _shown(figure: float | None) -> str:
    return "" if figure is None else f"{figure:.2f}"


def _could_be(row: dict[str, Any]) -> str:
    if row["least"] is None:
        return ""
    return "" if row["least"] == row["most"] else f"{row['least']:.2f} to {row['most']:.2f}"


def _marks(row: dict[str, Any], at: Callable[[float], float], first_tier: str | None) -> str:
    """What the points could be as a bar, and what they are: full in the first tier, open below, a diamond where a gate decides."""
    marks = [f'<line x1="{at(0.0):.1f}" x2="{at(0.0):.1f}" y1="0" y2="22" stroke="{GRID}"/>']
    if row["least"] is not None and row["least"] < row["most"]:
        x, width = at(row["least"]), at(row["most"]) - at(row["least"])
        marks.append(f'<rect x="{x:.1f}" y="8" width="{width:.1f}" height="6" rx="3" fill="{RANGE}"/>')
    if row["total"] is not None:
        x, open_mark = at(row["total"]), f'fill="#fff" stroke="{INK}" stroke-width="2.2"'
        if row["tier"] is None:
            marks.append(f'<path d="M{x:.1f} 4.5 L{x + 6.5:.1f} 11 L{x:.1f} 17.5 L{x - 6.5:.1f} 11 Z" {open_mark}/>')
        elif row["tier"] == first_tier:
            marks.append(f'<circle cx="{x:.1f}" cy="11" r="6" fill="{INK}"/>')
        else:
            marks.append(f'<circle cx="{x:.1f}" cy="11" r="5.2" {open_mark}/>')
    return f'<svg width="{ROOM}" height="22" aria-hidden="true">{"".join(marks)}</svg>'


def explanation(found: dict[str, Any]) -> str:
    """A candidate's sheet: where it stands, what each question brought in and why, and what would change its place."""
    one = found["candidate"]
    rows = "".join(_question(part) for part in one["contributions"])
    heads = [("Question", CELL), ("Why", CELL), ("Weight", NUMBER), ("Value", NUMBER), ("Brings in", NUMBER)]
    head = "".join(f'<th scope="col" style="{style}">{title}</th>' for title, style in heads)
    rank = "not ranked" if one["rank"] is None else f"rank {one['rank']} of {found['ranked']}"
    total = "" if one["total"] is None else f", {one['total']:.2f} points"
    could = "" if one["range"] is None else f", which could be {one['range']['lower']:.2f} to {one['range']['upper']:.2f}"
    gates = [gate["reason"] for gate in [one["gate"], *one["other_gates"]] if gate]
    told = [*gates, *one["arithmetic"], found["why_not"] or ""]
    changes = [words for change in found["changes"] for words in (f"{change['goal']}:", *_ways(change))]
    lines = "".join(f'<p style="margin:4px 0">{escape(line)}</p>' for line in [*told, *changes] if line)
    return (
        f'<div style="font-family:Arial,sans-serif;font-size:13px;color:#222;background:#fff;max-width:60em">'
        f"<p><b>{escape(one['title'])}</b>: {rank}{total}{could}. {escape(one['tier_title'])}</p>"
        f'<table style="{TABLE}"><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>{lines}</div>'
    )


def _question(part: dict[str, Any]) -> str:
    brings = next((part[key] for key in ("points", "factor", "score") if part.get(key) is not None), None)
    cells = [(part["because"], CELL), (part["weight"], NUMBER), (part["value"], NUMBER), (brings, NUMBER)]
    told = "".join(f'<td style="{style}">{"" if cell is None else escape(str(cell))}</td>' for cell, style in cells)
    return f'<tr><th scope="row" style="{CELL}">{escape(part["title"])}</th>{told}</tr>'


def _ways(change: dict[str, Any]) -> list[str]:
    return [str(words) for key, words in change.items() if key != "goal" and words]
