-- Publishing writes the one row: only it knows the number. Here the table gets its columns and its place in the
-- dictionary.
select
    cast(null as bigint) as release_number,
    cast(null as timestamp) as built_at,
    cast(null as varchar) as product_version,
    cast(null as varchar) as workspace_id,
    cast(null as boolean) as is_not_for_publication,
    cast(null as varchar) as disclosure_note_de,
    cast(null as varchar) as disclosure_note_en,
    cast(null as bigint) as previous_release,
    cast(null as bigint) as rollback_of
where false
