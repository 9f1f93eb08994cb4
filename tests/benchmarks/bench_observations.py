"""The observations that all implementations read: written by DuckDB, the same on every machine.

Numbers come from an integer hash of what they are about, so no order and no seed is involved. Quarters are
drawn, the coarser levels are true sums of them, delivered as such: about 3 % of the cells of the grid are
hidden, by the source or by primary suppression.

Lives here: areas.parquet, indicators.parquet and observations.parquet of a scale. Must not live here: what
is computed from them.
"""

from __future__ import annotations

from pathlib import Path

import duckdb
from bench_scales import LEVELS, Scale

# 0 <= chance(key, salt) < 1: two rounds of a multiplicative hash on 32 bits, in whole numbers only.
CHANCE = """
    create macro mixed(k) as xor(k, k >> 15);
    create macro scattered(k) as (mixed((k * 2654435761::ubigint) % 4294967296) * 2246822519) % 4294967296;
    create macro chance(k, salt) as
        mixed(scattered(mixed(scattered((k + salt * 40503)::ubigint)))) / 4294967296.0;
"""

AREAS = """
    create table areas as
    select
        {rank} as rank, '{level}' as level, number, lpad(number::varchar, {width}, '0') as code,
        '{level}-' || lpad(number::varchar, {width}, '0') as area_id,
        case
            when {rank} > 0 then '{parent}-' || lpad(parent::varchar, {parent_width}, '0')
        end as parent_area_id,
        parent
    from (
        select range as number, (range * {n_parents} // {n})::bigint as parent from range({n})
    )
"""

# A share has a base by indicator, a place by area, and in a third of the areas a slope over the years. Of
# eight indicators one is rare and one holds for almost everybody: the two ways in which a count can be too
# small to show. A few quarters hold almost nobody.
LEAVES = """
    create table leaves as
    with cells as (
        select
            quarters.number as quarter, quarters.parent, years.year, variables.variable, variables.is_whole,
            variables.whole,
            (quarters.number * 128 + variables.variable)::ubigint as place,
            ((quarters.number * 128 + variables.variable) * 16 + years.year - {first_year})::ubigint as cell
        from (select * from areas where rank = 3) as quarters
        cross join variables
        cross join (select range as year from range({first_year}, {first_year} + {n_years})) as years
    ),
    wholes as (
        select
            *,
            floor(
                (150 + 1700 * chance(quarter::ubigint, 1))
                * case
                    when chance((quarter * 128 + whole)::ubigint, 13) < 0.004
                        then 0.1 * chance((quarter * 128 + whole)::ubigint, 14)
                    else 1
                end * (0.3 + 0.7 * chance(whole::ubigint, 2))
                * (1 + (chance((quarter * 128 + whole)::ubigint, 3) - 0.5) * 0.03 * (year - {first_year}))
                * (0.98 + 0.04 * chance(((quarter * 128 + whole) * 16 + year - {first_year})::ubigint, 4))
            )::bigint as n
        from cells
    ),
    shares as (
        select
            *,
            least(1.0, case variable % 8
                when 3 then 1 - 0.14 * chance(place, 6) * (0.94 + 0.12 * chance(cell, 9))
                else
                    (case variable % 8 when 4 then 0.02 else 0.04 + 0.62 * chance(variable::ubigint, 5) end)
                    * (0.6 + 0.8 * chance(place, 6)) * (0.94 + 0.12 * chance(cell, 9))
                    * case
                        when chance(place, 7) < 0.33
                            then 1 + (chance(place, 8) - 0.5) * 0.16 * (year - {first_year})
                        else 1
                    end
            end) as p
        from wholes
    )
    select
        quarter, parent, year, variable,
        case when is_whole then n else least(n, floor(n * p))::bigint end as value
    from shares
"""

CELLS = """
    with
    parts as (
        select parent as number, variable, year, sum(value)::bigint as value from leaves group by all
    ),
    districts as (
        select areas.parent as number, variable, year, sum(value)::bigint as value
        from parts inner join areas on areas.rank = 2 and parts.number = areas.number group by all
    ),
    city as (select 0 as number, variable, year, sum(value)::bigint as value from districts group by all),
    cells as (
        select 3 as rank, quarter as number, variable, year, value from leaves
        union all select 2, * from parts
        union all select 1, * from districts
        union all select 0, * from city
    )
    select
        areas.area_id, areas.level, variables.variable_id, cells.year::integer as year,
        case when hidden.status = 'ok' then cells.value end as value,
        hidden.status as value_status
    from cells
    inner join areas on cells.rank = areas.rank and cells.number = areas.number
    inner join variables on cells.variable = variables.variable
    cross join lateral (
        select chance(
            ((cells.number * 128 + cells.variable) * 16 + cells.year - {first_year})::ubigint, 11
        ) as drawn
    )
    cross join lateral (
        select case
            when cells.rank < 3 or variables.is_whole or drawn >= 0.014 then 'ok'
            when drawn < 0.012 then 'suppressed_source'
            else 'not_available'
        end as status
    ) as hidden
"""

# Independent of the order of the rows and of how Parquet packs them.
FINGERPRINT = """
    select concat_ws('-', count(*), sum(value), bit_xor(md5_number(
        concat_ws('|', area_id, variable_id, year, coalesce(value, -1), value_status)
    )))
    from read_parquet('{path}')
"""


def _write_areas(connection: duckdb.DuckDBPyConnection, scale: Scale) -> None:
    width = [1, 1, 4, 5]
    selects = [
        AREAS.format(
            rank=rank,
            level=LEVELS[rank],
            width=width[rank],
            parent=LEVELS[max(rank - 1, 0)],
            parent_width=width[max(rank - 1, 0)],
            n=scale.n_areas[rank],
            n_parents=scale.n_areas[max(rank - 1, 0)],
        )
        for rank in range(len(LEVELS))
    ]
    connection.execute(selects[0])
    for select in selects[1:]:
        connection.execute(select.replace("create table areas as", "insert into areas"))


def _write_variables(connection: duckdb.DuckDBPyConnection, scale: Scale) -> None:
    connection.execute(
        "create table variables (variable bigint, variable_id varchar, is_whole boolean, whole bigint)"
    )
    rows = [(number, name, True, number) for number, name in enumerate(scale.denominators)]
    for number, indicator in enumerate(scale.indicators):
        whole = scale.denominators.index(indicator.denominator)
        rows.append((scale.n_denominators + number, indicator.numerator, False, whole))
    connection.executemany("insert into variables values (?, ?, ?, ?)", rows)


def _write_indicators(connection: duckdb.DuckDBPyConnection, scale: Scale, path: Path) -> None:
    connection.execute(
        "create table indicators (indicator_id varchar, numerator varchar, denominator varchar,"
        " threshold integer, protects_complement boolean, profile_min_denominator integer,"
        " polarity varchar, design_effect double)"
    )
    rows = [
        (
            indicator.indicator_id,
            indicator.numerator,
            indicator.denominator,
            indicator.profile.threshold,
            indicator.profile.protects_complement,
            indicator.profile.min_denominator,
            indicator.polarity,
            indicator.design_effect,
        )
        for indicator in scale.indicators
    ]
    connection.executemany("insert into indicators values (?, ?, ?, ?, ?, ?, ?, ?)", rows)
    connection.execute(f"copy indicators to '{path}' (format parquet)")


def fingerprint(observations: Path) -> str:
    """Rows, sum and hash of a file of observations, whatever the order of its rows."""
    row = duckdb.connect().execute(FINGERPRINT.format(path=observations)).fetchone()
    assert row is not None
    return str(row[0])


def write_observations(scale: Scale, folder: Path) -> str:
    """Write the three files of a scale into `folder`; returns the fingerprint of the observations.

    What lies there already with the same fingerprint is used again.
    """
    folder.mkdir(parents=True, exist_ok=True)
    observations = folder / "observations.parquet"
    written = folder / "fingerprint"
    if written.exists():
        return written.read_text(encoding="ascii")
    connection = duckdb.connect(str(folder / "generating.duckdb"))
    connection.execute("set threads = 2; set preserve_insertion_order = false")
    connection.execute(CHANCE)
    _write_areas(connection, scale)
    connection.execute(
        f"copy (select area_id, level, code, parent_area_id from areas order by rank, number)"
        f" to '{folder / 'areas.parquet'}' (format parquet)"
    )
    _write_variables(connection, scale)
    _write_indicators(connection, scale, folder / "indicators.parquet")
    connection.execute(LEAVES.format(first_year=scale.first_year, n_years=scale.n_years))
    cells = CELLS.format(first_year=scale.first_year)
    connection.execute(f"copy ({cells}) to '{observations}' (format parquet)")
    connection.close()
    (folder / "generating.duckdb").unlink()
    written.write_text(fingerprint(observations), encoding="ascii")
    return written.read_text(encoding="ascii")
