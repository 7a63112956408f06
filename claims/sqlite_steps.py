"""How the database file is brought from each version to the next.

`MIGRATIONS` only ever grows: a step that was released is never edited, because files that have taken it
exist. The number of steps a file has taken is its `user_version`. Moments are ISO 8601 text in UTC with
microseconds, all of one width, so that the order of the text is the order of time.
"""

Step = tuple[str, ...]
"""The statements of one migration."""

MIGRATIONS: tuple[Step, ...] = (
    (
        """
        create table feeds (
            url text primary key,
            title text not null,
            source_name text not null,
            source_family text not null,
            reliability text not null,
            state_media integer not null,
            language text not null,
            interval_minutes real,
            listed integer not null,
            current_url text not null,
            state text not null,
            etag text,
            last_modified text,
            last_try_at text,
            last_success_at text,
            next_try_at text,
            failures integer not null,
            error text
        ) strict, without rowid
        """,
        # The register is small and always read whole: a claim is one document.
        """
        create table claims (
            id text primary key,
            position integer not null,
            listed integer not null,
            document text not null
        ) strict, without rowid
        """,
        "create table events (id text primary key, began_at text not null) strict, without rowid",
        # A story with its reading. The source is the one of its day: history outlives a new grade.
        """
        create table stories (
            serial integer primary key,
            id text not null unique,
            feed_url text not null references feeds,
            event_id text references events,
            url text not null,
            title text not null,
            summary text not null,
            language text not null,
            source_name text not null,
            source_family text not null,
            reliability text not null,
            state_media integer not null,
            published_at text,
            seen_at text not null,
            at text not null generated always as (coalesce(published_at, seen_at)) virtual,
            guid text,
            relayed_from text,
            revisions integer not null,
            backlog integer not null,
            relevant integer not null,
            relevance real not null,
            read_as text not null,
            origin text,
            concepts text not null
        ) strict
        """,
        "create index stories_by_guid on stories (feed_url, guid) where guid is not null",
        "create index stories_by_event on stories (event_id) where event_id is not null",
        "create index stories_by_at on stories (at, event_id)",
        "create index stories_by_seen_at on stories (seen_at)",
        """
        create table evidence (
            story_id text not null references stories (id),
            position integer not null,
            claim_id text not null references claims,
            stance text not null,
            score real not null,
            why text not null,
            primary key (story_id, claim_id)
        ) strict, without rowid
        """,
        "create index evidence_by_claim on evidence (claim_id, stance)",
        """
        create table figures (
            story_id text not null references stories (id),
            position integer not null,
            unit text not null,
            low real not null,
            high real not null,
            bound text not null,
            period text,
            body text,
            quote text not null,
            primary key (story_id, position)
        ) strict, without rowid
        """,
        """
        create table alerts (
            key text primary key,
            event_id text not null unique references events,
            reason text not null,
            headline text not null,
            links text not null,
            raised_at text not null,
            change text,
            revision integer not null
        ) strict, without rowid
        """,
        """
        create table subscriptions (
            destination text primary key,
            claims text,
            digest text,
            timezone text not null
        ) strict, without rowid
        """,
        """
        create table digests (
            key text primary key,
            destination text not null,
            since text not null,
            until text not null,
            timezone text not null,
            claims text
        ) strict, without rowid
        """,
        # `raised_at` and `revision` are those of the alert, kept here so that what is due is one index.
        """
        create table deliveries (
            serial integer primary key,
            key text not null,
            destination text not null,
            raised_at text not null,
            revision integer not null,
            state text not null,
            attempts integer not null,
            next_try_at text,
            receipt text,
            sent_revision integer,
            error text,
            due integer generated always as (
                state in ('pending', 'sending') or (state = 'sent' and sent_revision < revision)
            ) virtual,
            unique (key, destination)
        ) strict
        """,
        "create index deliveries_due on deliveries (raised_at, destination) where due",
    ),
    # What was decided is kept with a story, and words with their place; older words have none.
    (
        "alter table stories add column reason text not null default ''",
        "alter table evidence add column suggested integer not null default 0",
        "alter table evidence add column judge text",
        "alter table stories add column actors text not null default '[]'",
        "alter table stories add column lead_actors text not null default '[]'",
        """
        update evidence set why = (
            select json_group_array(json_object('start', 0, 'end', 0, 'words', value, 'concept', ''))
            from json_each(evidence.why)
        )
        """,
        """
        update alerts set links = (
            select json_group_array(json_set(link.value, '$.why', (
                select json_group_array(json_object('start', 0, 'end', 0, 'words', word.value, 'concept', ''))
                from json_each(link.value, '$.why') as word
            )))
            from json_each(alerts.links) as link
        )
        """,
    ),
    # What a language model was asked about a story; the story itself is kept after it was decided on.
    (
        """
        create table inquiries (
            key text not null,
            story_id text not null,
            asked_at text not null,
            model text not null,
            rules text not null,
            requests integer not null,
            tokens integer not null,
            answer text,
            changed text not null,
            dropped text not null,
            primary key (key, story_id, asked_at)
        ) strict, without rowid
        """,
        "create index inquiries_by_asked_at on inquiries (asked_at)",
        "create index inquiries_by_story on inquiries (story_id)",
    ),
    # A text is named by a digest: what it says stands with its story.
    (
        """
        create table vectors (
            model text not null,
            text_key text not null,
            vector blob not null,
            kept_at text not null,
            primary key (model, text_key)
        ) strict, without rowid
        """,
    ),
    # What people said of stories, and beside it what the matcher by itself had made of those.
    (
        """
        create table verdicts (
            serial integer primary key,
            workspace text not null,
            person text not null,
            at text not null,
            story_id text not null references stories (id),
            kind text not null,
            claim_id text references claims,
            right_claim text references claims,
            stance text,
            event_id text references events,
            undone integer not null,
            shared integer not null
        ) strict
        """,
        "create index verdicts_by_story on verdicts (story_id)",
        """
        create table unjudged (
            story_id text primary key references stories (id),
            event_id text references events,
            relevant integer not null,
            relevance real not null,
            evidence text not null
        ) strict, without rowid
        """,
        "create index evidence_suggested on evidence (story_id) where suggested",
        "create index stories_by_url on stories (url)",
    ),
    # Feeds that people add, what publishers wish, how often feeds bring something, and what was told of them.
    (
        "alter table feeds add column kind text not null default 'feed'",
        "alter table feeds add column full_text integer not null default 0",
        "alter table feeds add column links text",
        "alter table feeds add column added_by text",
        "alter table feeds add column paused integer not null default 0",
        "alter table feeds add column removed integer not null default 0",
        "alter table feeds add column told text",
        "alter table feeds add column told_since text",
        "alter table feeds add column told_at text",
        "alter table feeds add column validators_of text",
        "update feeds set validators_of = current_url",
        "alter table feeds add column moved_to text",
        "alter table feeds add column moved_times integer not null default 0",
        "alter table feeds add column body_key text",
        "alter table feeds add column entries blob not null default x''",
        "alter table feeds add column wishes text not null default '{}'",
        "alter table feeds add column last_new_at text",
        "alter table feeds add column items_a_day real",
        "alter table feeds add column longest_gap_seconds real",
        "alter table feeds add column paced_by text",
        "alter table feeds add column failing_since text",
        "update feeds set failing_since = last_try_at where state = 'failing'",
        "create index feeds_due on feeds (next_try_at) where listed",
        "create index feeds_counted on feeds (listed, paused, state)",
        "alter table subscriptions add column notices integer not null default 1",
        """
        create table notices (
            key text primary key,
            raised_at text not null,
            answering integer not null,
            changes text not null
        ) strict, without rowid
        """,
        # What a story said before its outlet corrected it in place, and what an alert then took back.
        """
        create table revisions (
            story_id text not null references stories (id),
            number integer not null,
            title text not null,
            summary text not null,
            replaced_at text not null,
            primary key (story_id, number)
        ) strict, without rowid
        """,
        "alter table alerts add column correction text",
        "create index stories_by_feed on stories (feed_url, at)",
        # Goes up with whatever stories are read by: claims, and what people said.
        "create table lessons (count integer not null) strict",
        "insert into lessons values (0)",
    ),
    # What the feed says of a story of which the page was read.
    ("alter table stories add column feed_summary text",),
    # Workspaces that do not see each other, what they want, and what they did.
    (
        # Subscriptions were all from the settings, which are read again at the start that takes this step.
        "drop table subscriptions",
        """
        create table subscriptions (
            destination text primary key,
            workspace text not null,
            by_people integer not null,
            removed integer not null default 0,
            paused text,
            paused_by text,
            paused_until text,
            -- Since what waits was last routed.
            changed integer not null default 0,
            document text not null
        ) strict, without rowid
        """,
        "create index subscriptions_by_workspace on subscriptions (workspace)",
        # A digest is of what its subscription wants when it is posted.
        "alter table digests drop column claims",
        "alter table deliveries add column reason text not null default ''",
        "alter table deliveries add column head text",
        "alter table deliveries add column posted_at text",
        # What was posted before is no message of the hour in which it is edited next.
        "update deliveries set posted_at = raised_at where receipt is not null",
        # The key of the digest that took a held alert.
        "alter table deliveries add column digest text",
        "create index deliveries_waiting on deliveries (destination) where state = 'held' and digest is null",
        "create index deliveries_by_posted_at on deliveries (posted_at) where posted_at is not null",
        "create index deliveries_by_destination on deliveries (destination, raised_at)",
        "create index deliveries_by_head on deliveries (head, destination) where head is not null",
        """
        create table developments (
            key text primary key,
            alert_key text not null references alerts,
            at text not null,
            document text not null
        ) strict, without rowid
        """,
        "alter table claims add column workspace text",
        "alter table stories add column by_itself integer not null default 1",
        "alter table claims add column by_people integer not null default 0",
        """
        create table workspaces (
            id text primary key,
            name text not null,
            language text,
            locale text,
            editors text not null,
            welcomed_at text,
            left_at text,
            greeting text
        ) strict, without rowid
        """,
        """
        create table audit (
            serial integer primary key,
            workspace text not null,
            at text not null,
            person text not null,
            action text not null,
            details text not null
        ) strict
        """,
        "create index audit_by_workspace on audit (workspace, serial)",
        """
        create table snoozes (
            workspace text not null,
            kind text not null,
            what text not null,
            until text not null,
            person text not null,
            at text not null,
            primary key (workspace, kind, what)
        ) strict, without rowid
        """,
        """
        create table asked (
            key text primary key,
            command text not null,
            "values" text not null,
            at text not null
        ) strict, without rowid
        """,
        "create index asked_by_at on asked (at)",
        "create table registered (scope text primary key, digest text not null) strict, without rowid",
        "create index alerts_by_raised_at on alerts (raised_at)",
        "create index deliveries_under on deliveries (raised_at) where head is not null",
        # Goes up with whatever feeds can be called by, of which ten thousand are read at once.
        "create table feed_names (count integer not null) strict",
        "insert into feed_names values (0)",
        """
        create trigger feed_named after insert on feeds begin
            update feed_names set count = count + 1;
        end
        """,
        """
        create trigger feed_renamed
        after update of current_url, title, source_name, source_family, language, listed on feeds
        when (old.current_url, old.title, old.source_name, old.source_family, old.language, old.listed)
            is not (new.current_url, new.title, new.source_name, new.source_family, new.language, new.listed)
        begin
            update feed_names set count = count + 1;
        end
        """,
        # The words of stories, which stand in their own table alone (sqlite.org/fts5.html, section 4.4.3).
        """
        create virtual table story_words using fts5(
            title, summary, content = 'stories', content_rowid = 'serial', tokenize = 'unicode61'
        )
        """,
        "insert into story_words (story_words) values ('rebuild')",
        """
        create trigger story_worded after insert on stories begin
            insert into story_words (rowid, title, summary) values (new.serial, new.title, new.summary);
        end
        """,
        """
        create trigger story_reworded after update of title, summary on stories begin
            insert into story_words (story_words, rowid, title, summary)
            values ('delete', old.serial, old.title, old.summary);
            insert into story_words (rowid, title, summary) values (new.serial, new.title, new.summary);
        end
        """,
    ),
    # Digests of a week and a month; and what claims were before they were edited, by whom and why.
    (
        "alter table digests add column period text not null default 'day'",
        "alter table digests add column raised_at text",
        """
        create table claim_edits (
            serial integer primary key,
            claim_id text not null references claims,
            at text not null,
            person text not null,
            workspace text,
            kind text not null,
            why text not null,
            -- The claim as it was and as it came to be, as in `claims`; null where it was not listed.
            before text,
            after text,
            -- The stories, by claim, that were linked to others by it: restoring the claim undoes that.
            links text not null default '[]'
        ) strict
        """,
        "create index claim_edits_by_claim on claim_edits (claim_id, serial)",
        # When the alert came to read as it does; null where it stands as it was raised.
        "alter table alerts add column revised_at text",
    ),
    # Each change of what is shown of a story has a number, higher than all before, so that what was made of
    # stories before is known to be stale or not. A row is taken away and added anew: a conflict would be
    # resolved as the statement says that fires the trigger (sqlite.org/lang_createtrigger.html).
    (
        """
        create table story_changes (
            serial integer primary key autoincrement,
            story_id text not null unique
        ) strict
        """,
        "insert into story_changes (story_id) select id from stories order by serial",
        *(
            f"""
            create trigger {table}_{verb}_noted after {verb} on {table} begin
                delete from story_changes where story_id = {row}.{key};
                insert into story_changes (story_id) values ({row}.{key});
            end
            """  # noqa: S608 - our own names
            for table, key in (("stories", "id"), ("evidence", "story_id"), ("figures", "story_id"))
            for verb, row in (("insert", "new"), ("update", "new"), ("delete", "old"))
            if (table, verb) != ("stories", "delete")
        ),
        *(
            f"""
            create trigger alerts_{verb}_noted after {verb} on alerts begin
                delete from story_changes where story_id in (
                    select id from stories where event_id = new.event_id
                );
                insert into story_changes (story_id)
                select id from stories where event_id = new.event_id order by serial;
            end
            """  # noqa: S608 - our own names
            for verb in ("insert", "update")
        ),
    ),
    # Which way goods went that a story counts.
    ("alter table figures add column direction text",),
    # The bound of a figure may be `planned`: a program that does not know it refuses the file.
    (),
)
