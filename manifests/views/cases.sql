-- Case histories over what case-sync.json and case-entries.json load; for DuckDB and PostgreSQL.
-- Runs again without harm. Both tables are made here too, so that either may be loaded first.

create table if not exists case_updates (
  case_id text, "timestamp" timestamp with time zone, "user" text, action text, descriptor text,
  category text, queue text, location text, case_open_summary text, case_close_summary text,
  member_internal_id text, member_primary_id text, member_first_name text, member_last_name text,
  source_file text, source_line bigint, event_key text primary key);

create table if not exists case_entries (
  case_id text, "timestamp" timestamp with time zone, "user" text, entry_type text, entry text,
  source_file text, source_line bigint, event_key text primary key);

-- The files in the order in which they are read: by day, then by number, then by name.
create or replace view case_files as
select source_file,
  row_number() over (order by
    regexp_replace(source_file, '^[A-Za-z]+_([0-9]{8}).*$', '\1') collate "C",
    lpad(regexp_replace(source_file, '^[A-Za-z]+_[0-9]{8}[^0-9]*([0-9]*).*$', '\1'), 9, '0')
      collate "C",
    source_file collate "C") as file_place
from (select source_file from case_updates union select source_file from case_entries) as named;

-- Every update and every entry of a case in one order. Updates stand in the order of the files,
-- which is the order in which they occurred, also where a clock went back; an entry stands behind
-- the updates up to its moment.
create or replace view case_timeline as
with placed as (
  select u.*,
    row_number() over in_order as place,
    max("timestamp") over in_order as reached,
    max("timestamp") over before_it as reached_before,
    count(category) over in_order as category_run,
    count(queue) over in_order as queue_run
  from case_updates u left join case_files f on f.source_file = u.source_file
  window
    in_order as (partition by case_id order by file_place, source_line),
    before_it as (partition by case_id order by file_place, source_line
      rows between unbounded preceding and 1 preceding)
), standing as (
  select p.*,
    first_value(category) over (partition by case_id, category_run order by place) as category_now,
    first_value(queue) over (partition by case_id, queue_run order by place) as queue_now,
    max(case when action in ('OPEN', 'REOP') then place end) over before_it as opened_before,
    max(case when action = 'CLSD' then place end) over before_it as closed_before
  from placed p
  window before_it as (partition by case_id order by place
    rows between unbounded preceding and 1 preceding)
), changed as (
  select s.*,
    lag(category_now) over (partition by case_id order by place) as category_before,
    lag(queue_now) over (partition by case_id order by place) as queue_before
  from standing s
), events as (
  select case_id, reached, 0 as behind, place, "timestamp", "user", 'update' as kind,
    action as code,
    case action
      when 'OPEN' then 'opened' when 'CLSD' then 'closed' when 'REOP' then 'reopened'
      when 'ADDD' then 'descriptor added' when 'RMVD' then 'descriptor removed'
      when 'CCAT' then 'category changed' when 'CQUE' then 'queue changed'
      when 'TOCH' then 'touched' else 'unknown action' end as what,
    case
      when action in ('ADDD', 'RMVD') then descriptor
      when action = 'CCAT' then coalesce(category_before, '?') || ' -> ' || coalesce(category, '?')
      when action = 'CQUE' then coalesce(queue_before, '?') || ' -> ' || coalesce(queue, '?')
      else nullif(concat_ws(', ', 'category ' || category, 'queue ' || queue,
        'location ' || location, 'descriptor ' || descriptor), '') end as change,
    case when action = 'CLSD' then case_close_summary else case_open_summary end as note,
    nullif(concat_ws('; ',
      case when place = 1 and action <> 'OPEN' then 'the first event is no OPEN' end,
      case when closed_before > coalesce(opened_before, 0) and action not in ('REOP', 'TOCH')
        then 'changed after it was closed, and not reopened' end,
      case when "timestamp" < reached_before then 'the clock went back' end), '') as anomaly,
    member_internal_id, source_file, source_line, event_key
  from changed
  union all
  select case_id, "timestamp", 1, row_number() over (order by file_place, source_line),
    "timestamp", "user", 'entry', entry_type,
    case entry_type
      when 'HKEP' then 'house keeping entry' when 'PUBL' then 'public entry'
      when 'PRIV' then 'private entry' else 'unknown entry' end,
    null, entry, null, null, e.source_file, source_line, event_key
  from case_entries e left join case_files f on f.source_file = e.source_file
)
select case_id,
  row_number() over (partition by case_id order by reached, behind, place) as place,
  "timestamp", "user", kind, code, what, change, note, anomaly, member_internal_id,
  source_file, source_line, event_key
from events;

-- What each case has come to: open or closed, where it is now, and how it went. Time open is
-- reckoned up to the latest event of all cases; a case that was first seen otherwise than by an
-- OPEN counts from that moment on, and of one that only has entries nothing more is known.
create or replace view case_state as
with placed as (
  select u.*, row_number() over (partition by case_id order by file_place, source_line) as place
  from case_updates u left join case_files f on f.source_file = u.source_file
), turns as (
  select case_id, place, action, "timestamp",
    lead("timestamp") over (partition by case_id order by place) as until
  from placed
  where action in ('OPEN', 'REOP', 'CLSD') or place = 1
), as_of as (
  select max("timestamp") as moment from case_updates
), spans as (
  select case_id,
    sum(case when action <> 'CLSD'
      then greatest(0, extract(epoch from (coalesce(until, moment) - "timestamp"))) else 0 end)
      as open_seconds
  from turns cross join as_of
  group by case_id
), tagged as (
  select case_id, descriptor, action, row_number() over (partition by case_id, descriptor
    order by place desc) as latest
  from placed
  where descriptor is not null and action in ('OPEN', 'REOP', 'ADDD', 'RMVD')
), descriptors as (
  select case_id, string_agg(descriptor, ', ' order by descriptor collate "C") as descriptors
  from tagged
  where latest = 1 and action <> 'RMVD'
  group by case_id
), summed as (
  select case_id,
    (array_agg(action order by place desc)
      filter (where action in ('OPEN', 'REOP', 'CLSD')))[1] as last_turn,
    min("timestamp") filter (where action = 'OPEN') as opened_at,
    max("timestamp") filter (where action = 'CLSD') as last_closed_at,
    (array_agg(queue order by place desc) filter (where queue is not null))[1] as queue,
    (array_agg(category order by place desc) filter (where category is not null))[1] as category,
    (array_agg(location order by place desc) filter (where location is not null))[1] as location,
    count(*) filter (where action = 'REOP') as times_reopened,
    (array_agg("user" order by place desc)
      filter (where action = 'TOCH' and "user" is not null))[1] as last_touched_by,
    max("timestamp") filter (where action = 'TOCH') as last_touched_at,
    (array_agg(case_open_summary order by place desc)
      filter (where case_open_summary is not null))[1] as open_summary,
    (array_agg(case_close_summary order by place desc)
      filter (where case_close_summary is not null))[1] as close_summary,
    (array_agg(member_internal_id order by place desc)
      filter (where member_internal_id is not null))[1] as member_internal_id,
    (array_agg(member_primary_id order by place desc)
      filter (where member_primary_id is not null))[1] as member_primary_id,
    count(*) as updates
  from placed
  group by case_id
), odd as (
  select case_id, count(anomaly) as anomalies, count(*) filter (where kind = 'entry') as entries,
    max("timestamp") as last_event_at
  from case_timeline
  group by case_id
)
select o.case_id,
  case when s.case_id is null then 'unknown'
    when last_turn = 'CLSD' then 'closed' else 'open' end as status,
  opened_at,
  case when last_turn = 'CLSD' then last_closed_at end as closed_at,
  category, queue, location, d.descriptors, coalesce(times_reopened, 0) as times_reopened,
  cast(floor(t.open_seconds) as bigint) as open_seconds,
  last_touched_by, last_touched_at, open_summary, close_summary,
  member_internal_id, member_primary_id, coalesce(updates, 0) as updates, o.entries,
  o.last_event_at, o.anomalies
from odd o
left join summed s on s.case_id = o.case_id
left join spans t on t.case_id = o.case_id
left join descriptors d on d.case_id = o.case_id;
