"""The reference: the same job by hand in DuckDB, as fast as we can write it.

Years are columns while it counts: one row per area and variable, one join of parts and wholes, the trend in
closed form from neighbouring columns; rows per year only at the end, for rank and comparison. It rounds
nothing and tests nothing.

Lives here: one script. Must not live here: anything of the product, whose macros it does not use.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import duckdb
from bench_scales import CITY, LEVELS, MIN_DENOMINATOR, MULTIPLIER, REST_OF_CITY_ABOVE, STANDARD, Scale

Z = {"": 1.959963984540054, "_998": 3.090232306167813}
YEARS = 16  # room for the years of one indicator and level in the number of their group
CHI_SQUARE_998 = 9.549535706083241
# Cells that hold no value, as numbers below zero: a status fits into the column of the value.
SUPPRESSED_SOURCE, NOT_AVAILABLE, SUPPRESSED_PRIMARY, NOT_APPLICABLE, BELOW_MIN = -1, -2, -3, -4, -5

# Slopes of a straight line through y1..y5 at 1..5 but for a factor above zero: all five, then without each
# of them.
SLOPES = (
    "-2 * y1 - y2 + y4 + 2 * y5",
    "-3 * y2 - y3 + y4 + 3 * y5",
    "-9 * y1 - y3 + 3 * y4 + 7 * y5",
    "-7 * y1 - 3 * y2 + y3 + 9 * y5",
    "-3 * y1 - y2 + y3 + 3 * y4",
)


# Whole numbers instead of names until the last step: sorting by them is several times faster.
NAMES = """
    create temp table areas as
    select
        row_number() over (order by area_id) as area, area_id, list_position({levels}, level) - 1 as rank
    from read_parquet('{folder}/areas.parquet');
    create temp table indicators as
    select *, (row_number() over (order by indicator_id) - 1)::integer as indicator
    from read_parquet('{folder}/indicators.parquet');
"""


def _wide(scale: Scale, observations: Path) -> str:
    years = ", ".join(f"max(code) filter (year = {year}) as v{i}" for i, year in enumerate(scale.years))
    return f"""
        create temp table wide as
        select variable_id, area_id, {years}
        from (
            select variable_id, area_id, year, case value_status
                when 'ok' then value when 'suppressed_source' then {SUPPRESSED_SOURCE} else {NOT_AVAILABLE}
            end as code
            from read_parquet('{observations}')
        )
        group by variable_id, area_id
    """


def _status(i: int) -> str:
    """Code of a share: what hides or lacks it, or 0."""
    x, n = f"x{i}", f"n{i}"
    return f"""case
        when ({x} > 0 and {x} < threshold) or ({n} > 0 and {n} < {STANDARD.threshold}) or (
            protects_complement and {x} >= 0 and {n} >= 0 and (
                ({n} > {x} and {n} - {x} < threshold)
                or ({n} = {x} and {x} > 0 and {n} < profile_min_denominator)
            )
        ) then {SUPPRESSED_PRIMARY}
        when {x} = {SUPPRESSED_SOURCE} or {n} = {SUPPRESSED_SOURCE} then {SUPPRESSED_SOURCE}
        when {x} < 0 or {n} < 0 then {NOT_AVAILABLE}
        when {n} = 0 then {NOT_APPLICABLE}
        when {n} < {MIN_DENOMINATOR} then {BELOW_MIN}
        else 0 end as s{i}"""


def _trend(i: int) -> str:
    """Sign of the trend of the five years that end with year i; NULL where none can be computed."""
    five = range(i - 4, i + 1)
    usable = " and ".join(f"y{k} is not null" for k in five)
    sums = {
        name: " + ".join(f"{t + 1 if 't' in name[1:] else 1} * {name[0]}{k}" for t, k in enumerate(five))
        for name in ("x", "n", "xt", "nt")
    }
    square = " + ".join(f"{(t + 1) ** 2} * n{k}" for t, k in enumerate(five))
    chi = (
        f"(({sums['n']}) * pow("
        f"({sums['n']})::double * ({sums['xt']}) - ({sums['x']})::double * ({sums['nt']}), 2)"
        f" / (({sums['x']})::double * ({sums['n']} - ({sums['x']}))"
        f" * (({sums['n']})::double * ({square}) - pow({sums['nt']}, 2))))"
    )
    slopes = [
        " ".join(
            f"y{i - 5 + int(word[1])}" if word.startswith("y") else word for word in slope.split()
        ).replace("-y", "- y")
        for slope in SLOPES
    ]
    rising, falling = f"least({', '.join(slopes)}) > 0", f"greatest({', '.join(slopes)}) < 0"
    return f"""case
        when not ({usable}) then null when {chi} <= {CHI_SQUARE_998} * design_effect then 0
        when {rising} then 1 when {falling} then -1 else 0 end as t{i}"""


def _pivoted(scale: Scale) -> str:
    span = range(scale.n_years)
    parts = ", ".join(f"parts.v{i} as x{i}, wholes.v{i} as n{i}" for i in span)
    logits = ", ".join(
        f"case when s{i} = 0 and x{i} > 0 and x{i} < n{i} then ln(x{i}::double / (n{i} - x{i})) end as y{i}"
        for i in span
    )
    trends = ", ".join(_trend(i) if i >= 4 else f"null as t{i}" for i in span)
    lists = ", ".join(
        f"unnest([{', '.join(f'{name}{i}' for i in span)}]::{kind}[]) as {name}"
        for name, kind in {"x": "double", "n": "double", "s": "tinyint", "t": "tinyint"}.items()
    )
    return f"""
        create temp table yearly as
        with
        shares as (
            select
                threshold, protects_complement, profile_min_denominator, indicators.design_effect, areas.area,
                (indicators.indicator * {len(LEVELS)} + areas.rank) * {YEARS} as first_group, {parts}
            from indicators
            inner join wide as parts on indicators.numerator = parts.variable_id
            inner join wide as wholes
                on indicators.denominator = wholes.variable_id and parts.area_id = wholes.area_id
            inner join areas on parts.area_id = areas.area_id
        ),
        decided as (select *, {", ".join(_status(i) for i in span)} from shares),
        logits as (select *, {logits} from decided),
        tested as (select *, {trends} from logits),
        yearly as (
            select
                area::integer as area,
                (first_group + unnest(range({scale.n_years})))::integer as same, {lists}
            from tested
        )
        select area, same, s, t, case when s = 0 then x end as x, case when s = 0 then n end as n from yearly
    """


def _limits() -> Iterator[str]:
    for suffix, z in Z.items():
        root = f"{z} * sqrt(greatest({z * z} + 4 * xe * (1 - xe / ne), 0))"
        below = f"2 * (ne + {z * z})"
        yield (
            f"case when x = 0 then 0.0 else (2 * xe + {z * z} - {root}) / ({below}) end * {MULTIPLIER}"
            f" as ci_lower{suffix}"
        )
        yield (
            f"case when x = n then 1.0 else (2 * xe + {z * z} + {root}) / ({below}) end * {MULTIPLIER}"
            f" as ci_upper{suffix}"
        )


def _result(scale: Scale) -> str:
    return f"""
    create table result as
    with
    counted as (select same, count(x) as rank_of from yearly group by same),
    groups as (
        select
            same, rank_of, design_effect, polarity, indicator_id, {list(LEVELS)}[rank + 1] as level,
            ({scale.first_year} + same % {YEARS})::integer as year, city.x as city_x, city.n as city_n
        from counted
        inner join indicators on same // {len(LEVELS) * YEARS} = indicator
        cross join lateral (select same // {YEARS} % {len(LEVELS)} as rank)
        left join (
            select same as city_same, x, n from yearly inner join areas using (area) where area_id = '{CITY}'
        ) as city
            on same - rank * {YEARS} = city_same
    ),
    ranked as (
        select
            *, x / n * {MULTIPLIER} as value,
            rank() over (partition by same order by x / n desc nulls last) as rank
        from yearly
    ),
    valued as (
        select ranked.* exclude (rank), case when s = 0 then ranked.rank end as rank, groups.* exclude (same),
            x / design_effect as xe, n / design_effect as ne,
            case
                when level = '{LEVELS[0]}' then null
                when n > city_n * {REST_OF_CITY_ABOVE} and city_n > n and city_x >= x
                    then (city_x - x) / (city_n - n) * {MULTIPLIER}
                else city_x / city_n * {MULTIPLIER}
            end as benchmark_value
        from ranked inner join groups on ranked.same = groups.same
    ),
    limited as (select *, {", ".join(_limits())} from valued)
    select
        indicator_id, areas.area_id, limited.level, year,
        x as numerator, n as denominator, value,
        ci_lower, ci_upper, ci_lower_998, ci_upper_998, benchmark_value,
        case
            when benchmark_value is null or value is null then 'not_compared'
            when benchmark_value between ci_lower and ci_upper then 'similar'
            when polarity = 'neutral' then case when ci_lower > benchmark_value then 'higher' else 'lower' end
            when (polarity = 'higher_better') = (ci_lower > benchmark_value) then 'better'
            else 'worse'
        end as comparison,
        limited.rank, case when s = 0 then rank_of end as rank_of,
        case
            when s <> 0 or t is null then 'cannot_be_calculated' when t > 0 then 'increasing'
            when t < 0 then 'decreasing' else 'no_significant_change'
        end as trend,
        case s
            when 0 then 'ok' when {SUPPRESSED_PRIMARY} then 'suppressed_primary'
            when {SUPPRESSED_SOURCE} then 'suppressed_source' when {NOT_AVAILABLE} then 'not_available'
            when {NOT_APPLICABLE} then 'not_applicable' else 'below_min_denominator'
        end as value_status
    from limited inner join areas on limited.area = areas.area
    """


def statements(scale: Scale, data: Path) -> list[str]:
    """The script, statement by statement."""
    return [
        NAMES.format(levels=list(LEVELS), folder=data),
        _wide(scale, data / "observations.parquet"),
        _pivoted(scale),
        _result(scale),
    ]


def compute(scale: Scale, data: Path, result: Path) -> None:
    """Write the table `result` of the indicator mart into the database file `result`."""
    connection = duckdb.connect(str(result))
    connection.execute("set threads = 2; set preserve_insertion_order = false")
    for statement in statements(scale, data):
        connection.execute(statement)
    connection.close()
