-- Publishing fills this by comparing with the release before.
select
    cast(null as varchar) as indicator_id,
    cast(null as bigint) as n_changed,
    cast(null as bigint) as n_new,
    cast(null as bigint) as n_vanished
where false
