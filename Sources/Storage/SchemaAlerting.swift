import GRDB

/// The tables of who was told what.
enum SchemaAlerting {
  static func migrate(_ db: Database) throws {
    try db.execute(
      sql: """
        -- What became of each change at each sink: one row each, for good.
        CREATE TABLE dispositions(
          alert_change INTEGER NOT NULL, sink TEXT NOT NULL, disposition TEXT NOT NULL, reason TEXT NOT NULL,
          PRIMARY KEY(alert_change, sink)) WITHOUT ROWID;

        -- What a sink knows of an alert: the change by which it was told that it is open, when it was told last, and what holds it back.
        CREATE TABLE standings(
          fingerprint TEXT NOT NULL, sink TEXT NOT NULL, opened INTEGER, told_at INTEGER, held TEXT,
          PRIMARY KEY(fingerprint, sink)) WITHOUT ROWID;

        CREATE TABLE silences(
          id INTEGER PRIMARY KEY, matchers TEXT NOT NULL, author TEXT NOT NULL, comment TEXT NOT NULL, created_at INTEGER NOT NULL,
          starts_at INTEGER NOT NULL, ends_at INTEGER NOT NULL, expired_by TEXT);

        -- When a group's last notification went out.
        CREATE TABLE alert_groups(key TEXT PRIMARY KEY, flushed_at INTEGER NOT NULL) WITHOUT ROWID;

        -- What people thought of an alert.
        CREATE TABLE feedback(
          id INTEGER PRIMARY KEY, at INTEGER NOT NULL, fingerprint TEXT NOT NULL, plugin TEXT NOT NULL, rule TEXT NOT NULL,
          verdict TEXT NOT NULL, author TEXT NOT NULL, reason TEXT NOT NULL);

        -- Receipts of what went out, or was given up.
        CREATE TABLE deliveries(
          id INTEGER PRIMARY KEY, alert_change INTEGER NOT NULL, sink TEXT NOT NULL, recipient TEXT NOT NULL, key TEXT NOT NULL,
          at INTEGER NOT NULL, attempts INTEGER NOT NULL, error TEXT);
        CREATE INDEX deliveries_change ON deliveries(alert_change);

        -- `due`: not before; `grouping`: told together; `batch`: what was first sent together, which stays together.
        ALTER TABLE outbox RENAME TO old_outbox;
        CREATE TABLE outbox(
          id INTEGER PRIMARY KEY, sink TEXT NOT NULL, recipient TEXT NOT NULL DEFAULT '', fingerprint TEXT NOT NULL,
          alert_change INTEGER NOT NULL, due INTEGER NOT NULL DEFAULT 0, grouping TEXT, batch TEXT, attempts INTEGER NOT NULL DEFAULT 0,
          next_try INTEGER NOT NULL DEFAULT 0, error TEXT, UNIQUE(sink, recipient, alert_change));
        INSERT INTO outbox(id, sink, fingerprint, alert_change, attempts, error)
          SELECT id, sink, fingerprint, alert_change, attempts, error FROM old_outbox;
        DROP TABLE old_outbox;
        CREATE INDEX outbox_alert ON outbox(fingerprint);

        -- What an alert rested on when a person put it aside: what is new is told from it.
        ALTER TABLE alerts ADD COLUMN basis BLOB;

        INSERT INTO dispositions SELECT id, 'journal', CASE disposition WHEN 'updated' THEN 'duplicate' ELSE disposition END, '' FROM alert_changes;
        INSERT INTO dispositions SELECT id, 'file', CASE disposition WHEN 'baseline' THEN 'baseline' ELSE 'notified' END, '' FROM alert_changes;
        INSERT INTO standings SELECT fingerprint, 'journal',
          (SELECT max(id) FROM alert_changes c WHERE c.fingerprint = a.fingerprint AND c.disposition = 'notified'), changed, NULL
          FROM alerts a WHERE state IN ('open', 'acknowledged');

        -- Every digest that was written, by its schedule and the local date on which it was due.
        CREATE TABLE digest_runs(
          digest TEXT NOT NULL, day TEXT NOT NULL, after INTEGER NOT NULL, upto INTEGER NOT NULL, built_at INTEGER NOT NULL,
          PRIMARY KEY(digest, day)) WITHOUT ROWID;
        INSERT INTO digest_runs SELECT 'daily', day, after, upto, built_at FROM digests;
        DROP TABLE digests;

        -- What is owed of each digest, and what went out: never more than one row a recipient.
        CREATE TABLE digest_deliveries(
          digest TEXT NOT NULL, day TEXT NOT NULL, sink TEXT NOT NULL, recipient TEXT NOT NULL, state TEXT NOT NULL,
          attempts INTEGER NOT NULL DEFAULT 0, next_try INTEGER NOT NULL DEFAULT 0, at INTEGER, error TEXT,
          PRIMARY KEY(digest, day, sink, recipient)) WITHOUT ROWID;
        """)
  }
}
