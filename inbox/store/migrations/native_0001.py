"""What each engine needs beyond tables: full-text search and the triggers that keep the counters."""

SQLITE = (
    # External content: the text is stored once, in mention. Rows are added in batches by store.mentions.
    "CREATE VIRTUAL TABLE mention_fts USING fts5(text, content='mention', content_rowid='id', "
    'tokenize="unicode61 remove_diacritics 2")',
    # Merging in the middle of ingest holds the write lock for a tenth of a second: store.upkeep does it in slices.
    "INSERT INTO mention_fts (mention_fts, rank) VALUES ('automerge', 0)",
    "INSERT INTO mention_fts (mention_fts, rank) VALUES ('crisismerge', 64)",
    "CREATE INDEX ix_author_handle ON author (lower(handle))",
    "CREATE UNIQUE INDEX ix_counter_unique ON counter (queue, area_id, assignee_id)",
    """CREATE TRIGGER thread_counted_insert AFTER INSERT ON thread BEGIN
        INSERT INTO counter (queue, area_id, assignee_id, n)
        VALUES (NEW.queue, COALESCE(NEW.area_id, 0), COALESCE(NEW.assignee_id, 0), 1)
        ON CONFLICT (queue, area_id, assignee_id) DO UPDATE SET n = n + 1;
    END""",
    """CREATE TRIGGER thread_counted_update AFTER UPDATE OF status, hidden, area_id, assignee_id ON thread
    WHEN OLD.queue <> NEW.queue OR OLD.area_id IS NOT NEW.area_id OR OLD.assignee_id IS NOT NEW.assignee_id BEGIN
        UPDATE counter SET n = n - 1 WHERE queue = OLD.queue AND area_id = COALESCE(OLD.area_id, 0)
            AND assignee_id = COALESCE(OLD.assignee_id, 0);
        INSERT INTO counter (queue, area_id, assignee_id, n)
        VALUES (NEW.queue, COALESCE(NEW.area_id, 0), COALESCE(NEW.assignee_id, 0), 1)
        ON CONFLICT (queue, area_id, assignee_id) DO UPDATE SET n = n + 1;
    END""",
    """CREATE TRIGGER thread_counted_delete AFTER DELETE ON thread BEGIN
        UPDATE counter SET n = n - 1 WHERE queue = OLD.queue AND area_id = COALESCE(OLD.area_id, 0)
            AND assignee_id = COALESCE(OLD.assignee_id, 0);
    END""",
)

POSTGRESQL = (
    # Accents aside, as SQLite's tokenizer has it (remove_diacritics).
    r"""CREATE FUNCTION inbox_plain(words text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN regexp_replace(normalize(words, NFKD), U&'[\0300-\036F]', '', 'g')""",
    """CREATE FUNCTION inbox_words(words text) RETURNS tsvector LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN to_tsvector('pg_catalog.simple'::regconfig, inbox_plain(words))""",
    """CREATE FUNCTION inbox_query(words text, prefix boolean) RETURNS tsquery LANGUAGE sql IMMUTABLE STRICT
    PARALLEL SAFE RETURN CASE WHEN prefix
        THEN (phraseto_tsquery('pg_catalog.simple'::regconfig, inbox_plain(words))::text || ':*')::tsquery
        ELSE phraseto_tsquery('pg_catalog.simple'::regconfig, inbox_plain(words)) END""",
    "CREATE INDEX ix_mention_text_search ON mention USING gin (inbox_words(text))",
    "CREATE INDEX ix_author_handle ON author (lower(handle))",
    # Statement triggers add one row per distinct key, so that no two writers wait for the same counter row.
    """CREATE FUNCTION thread_counted() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF TG_OP = 'INSERT' THEN
            INSERT INTO counter (queue, area_id, assignee_id, n)
            SELECT queue, COALESCE(area_id, 0), COALESCE(assignee_id, 0), count(*) FROM added GROUP BY 1, 2, 3;
        ELSIF TG_OP = 'DELETE' THEN
            INSERT INTO counter (queue, area_id, assignee_id, n)
            SELECT queue, COALESCE(area_id, 0), COALESCE(assignee_id, 0), -count(*) FROM removed GROUP BY 1, 2, 3;
        ELSE
            INSERT INTO counter (queue, area_id, assignee_id, n)
            SELECT q, a, e, sum(n) FROM (
                SELECT queue AS q, COALESCE(area_id, 0) AS a, COALESCE(assignee_id, 0) AS e, 1 AS n FROM added
                UNION ALL
                SELECT queue, COALESCE(area_id, 0), COALESCE(assignee_id, 0), -1 FROM removed
            ) AS moved GROUP BY q, a, e HAVING sum(n) <> 0;
        END IF;
        RETURN NULL;
    END $$""",
    "CREATE TRIGGER thread_counted_insert AFTER INSERT ON thread REFERENCING NEW TABLE AS added "
    "FOR EACH STATEMENT EXECUTE FUNCTION thread_counted()",
    "CREATE TRIGGER thread_counted_update AFTER UPDATE ON thread REFERENCING OLD TABLE AS removed "
    "NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION thread_counted()",
    "CREATE TRIGGER thread_counted_delete AFTER DELETE ON thread REFERENCING OLD TABLE AS removed "
    "FOR EACH STATEMENT EXECUTE FUNCTION thread_counted()",
)


def statements(kind: str) -> tuple[str, ...]:
    """The DDL for ``sqlite`` or ``postgresql``, in order."""
    return SQLITE if kind == "sqlite" else POSTGRESQL
