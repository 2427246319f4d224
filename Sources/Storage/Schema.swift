import GRDB

/// The tables, by append-only migrations, each in one transaction.
///
/// Facts, alert changes and contradictions are never updated in place where history matters: a row holds from change `born` until change `died`
/// (null: still), so the state as of any change number can be read back exactly.
enum Schema {
  static var migrator: DatabaseMigrator {
    var migrator = DatabaseMigrator()
    migrator.registerMigration("1") { db in
      try db.execute(
        sql: """
          CREATE TABLE meta(key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;

          -- One row a committed transaction; `day` is the local date in the configured zone.
          CREATE TABLE changes(number INTEGER PRIMARY KEY, at INTEGER NOT NULL, day TEXT NOT NULL);

          CREATE TABLE folders(id INTEGER PRIMARY KEY, path TEXT NOT NULL UNIQUE);

          -- One row a note. `path` is the raw bytes below the folder.
          CREATE TABLE notes(
            id INTEGER PRIMARY KEY, folder INTEGER NOT NULL, path BLOB NOT NULL,
            dev INTEGER NOT NULL, ino INTEGER NOT NULL, size INTEGER NOT NULL, mtime INTEGER NOT NULL, ctime INTEGER NOT NULL,
            state TEXT NOT NULL, reason TEXT, revision TEXT, analysis TEXT NOT NULL,
            title TEXT, byline TEXT, publisher TEXT, published TEXT, published_from TEXT, language TEXT,
            analysed INTEGER NOT NULL DEFAULT 0, converted INTEGER NOT NULL DEFAULT 0, facts INTEGER NOT NULL DEFAULT 0,
            first_seen INTEGER NOT NULL, change INTEGER NOT NULL, UNIQUE(folder, path));

          CREATE INDEX notes_inode ON notes(ino);

          -- What happened to notes, in order; what a digest calls "read".
          CREATE TABLE revisions(
            id INTEGER PRIMARY KEY, change INTEGER NOT NULL, note INTEGER NOT NULL, what TEXT NOT NULL, cause TEXT NOT NULL,
            path TEXT NOT NULL, title TEXT, publisher TEXT, published TEXT, language TEXT, analysed INTEGER NOT NULL,
            facts INTEGER NOT NULL, reason TEXT);
          CREATE INDEX revisions_change ON revisions(change);

          CREATE TABLE texts(note INTEGER PRIMARY KEY, title TEXT, body TEXT NOT NULL);
          CREATE VIRTUAL TABLE search USING fts5(title, body, content='texts', content_rowid='note');

          CREATE TABLE facts(
            id INTEGER PRIMARY KEY, fact TEXT NOT NULL, note INTEGER NOT NULL, kind TEXT NOT NULL, cause TEXT NOT NULL,
            born INTEGER NOT NULL, died INTEGER, record BLOB NOT NULL);
          CREATE INDEX facts_fact ON facts(fact);
          CREATE INDEX facts_born ON facts(born);
          CREATE INDEX facts_note ON facts(note) WHERE died IS NULL;
          CREATE TABLE fact_subjects(root TEXT NOT NULL, fact INTEGER NOT NULL, name TEXT NOT NULL, PRIMARY KEY(root, fact)) WITHOUT ROWID;

          CREATE TABLE alerts(
            fingerprint TEXT PRIMARY KEY, root TEXT NOT NULL, state TEXT NOT NULL, severity TEXT NOT NULL, category TEXT NOT NULL,
            raised INTEGER NOT NULL, changed INTEGER NOT NULL, alert BLOB NOT NULL) WITHOUT ROWID;
          CREATE INDEX alerts_root ON alerts(root);
          -- Every change of every alert, with its disposition; append-only.
          CREATE TABLE alert_changes(
            id INTEGER PRIMARY KEY, change INTEGER NOT NULL, fingerprint TEXT NOT NULL, at INTEGER NOT NULL, what TEXT NOT NULL,
            state TEXT NOT NULL, reason TEXT NOT NULL, author TEXT NOT NULL, disposition TEXT NOT NULL, alert BLOB NOT NULL);
          CREATE INDEX alert_changes_alert ON alert_changes(fingerprint, id);
          CREATE INDEX alert_changes_change ON alert_changes(change);

          CREATE TABLE contradictions(
            row INTEGER PRIMARY KEY, id TEXT NOT NULL, root TEXT NOT NULL, born INTEGER NOT NULL, died INTEGER, contradiction BLOB NOT NULL);
          CREATE INDEX contradictions_root ON contradictions(root) WHERE died IS NULL;

          -- What is owed to sinks; a row goes when it is paid.
          CREATE TABLE outbox(
            id INTEGER PRIMARY KEY, sink TEXT NOT NULL, fingerprint TEXT NOT NULL, alert_change INTEGER NOT NULL,
            attempts INTEGER NOT NULL DEFAULT 0, error TEXT, UNIQUE(sink, alert_change));

          CREATE TABLE digests(day TEXT PRIMARY KEY, after INTEGER NOT NULL, upto INTEGER NOT NULL, built_at INTEGER NOT NULL) WITHOUT ROWID;

          INSERT INTO search(search, rank) VALUES ('automerge', 0);
          """)
    }
    // The search index is written a batch at a time: 8 MiB hold one, and merges wait for the time at rest unless 64 segments have piled up.
    migrator.registerMigration("2") { db in
      try db.execute(
        sql: """
          INSERT INTO search(search, rank) VALUES ('hashsize', 8388608);
          INSERT INTO search(search, rank) VALUES ('crisismerge', 64);
          """)
    }
    migrator.registerMigration("3", migrate: SchemaAlerting.migrate)
    migrator.registerMigration("corrections") { db in
      try db.execute(
        sql: """
          -- What people said of facts and contradictions, by their identity; append-only, the last row of a key counts.
          CREATE TABLE judgements(
            id INTEGER PRIMARY KEY, change INTEGER NOT NULL, at INTEGER NOT NULL, thing TEXT NOT NULL, key TEXT NOT NULL, what TEXT NOT NULL,
            author TEXT NOT NULL, reason TEXT NOT NULL, shown BLOB NOT NULL);
          CREATE INDEX judgements_key ON judgements(thing, key, id);

          -- The identity by which a fact was dismissed, while its note still says it: such a row is dead, and is copied when the fact is restored.
          ALTER TABLE facts ADD COLUMN dismissed TEXT;
          CREATE INDEX facts_dismissed ON facts(dismissed) WHERE dismissed IS NOT NULL;
          CREATE INDEX facts_dismissed_note ON facts(note) WHERE dismissed IS NOT NULL;

          -- Alerts that local filters hold back now.
          CREATE TABLE withheld(fingerprint TEXT PRIMARY KEY, root TEXT NOT NULL, withheld BLOB NOT NULL) WITHOUT ROWID;
          CREATE INDEX withheld_root ON withheld(root);
          """)
    }
    // Why a note was read last: a second try at one that could not be read whole is no more news than the first was. Notes in whose reading
    // the program died, and what process plugins failed on. Changes that no file event told.
    migrator.registerMigration("4") { db in
      try db.execute(
        sql: """
          ALTER TABLE notes ADD COLUMN cause TEXT NOT NULL DEFAULT 'news';
          UPDATE notes SET cause = coalesce((SELECT r.cause FROM revisions r WHERE r.note = notes.id ORDER BY r.id DESC LIMIT 1), 'news');

          CREATE TABLE crashes(
            folder TEXT NOT NULL, path BLOB NOT NULL, dev INTEGER NOT NULL, ino INTEGER NOT NULL, size INTEGER NOT NULL,
            mtime INTEGER NOT NULL, ctime INTEGER NOT NULL, count INTEGER NOT NULL, program TEXT NOT NULL, how TEXT NOT NULL,
            PRIMARY KEY(folder, path)) WITHOUT ROWID;

          CREATE TABLE plugin_quarantine(
            plugin TEXT NOT NULL, version TEXT NOT NULL, revision TEXT NOT NULL, reason TEXT NOT NULL,
            PRIMARY KEY(plugin, version, revision)) WITHOUT ROWID;

          CREATE TABLE drift(id INTEGER PRIMARY KEY, change INTEGER NOT NULL, count INTEGER NOT NULL, example TEXT NOT NULL);
          CREATE INDEX drift_change ON drift(change);
          """)
    }
    // What a note is besides its facts. The smallest hashes of a text lead to others that may be the same.
    migrator.registerMigration("traits") { db in
      try db.execute(
        sql: """
          ALTER TABLE revisions ADD COLUMN tags TEXT;
          ALTER TABLE revisions ADD COLUMN promotion BLOB;
          CREATE INDEX revisions_note ON revisions(note);

          CREATE TABLE prints(note INTEGER PRIMARY KEY, print BLOB NOT NULL);
          CREATE TABLE print_heads(hash INTEGER NOT NULL, note INTEGER NOT NULL, PRIMARY KEY(hash, note)) WITHOUT ROWID;
          CREATE TABLE duplicates(
            id INTEGER PRIMARY KEY, change INTEGER NOT NULL, note INTEGER NOT NULL, original INTEGER NOT NULL, similarity REAL NOT NULL);
          CREATE INDEX duplicates_change ON duplicates(change);
          """)
    }
    // Promises and amounts are drawn from all facts of a few kinds.
    migrator.registerMigration("kinds") { db in try db.execute(sql: "CREATE INDEX facts_kind ON facts(kind, born)") }
    // Rows of facts and alerts are long: what is only counted or sought is answered from indexes alone, and a fact's subjects are found by the fact.
    migrator.registerMigration("covering") { db in
      try db.execute(
        sql: """
          DROP INDEX facts_born;
          CREATE INDEX facts_born ON facts(born, died, kind, note);
          CREATE INDEX facts_died ON facts(died) WHERE died IS NOT NULL;
          CREATE INDEX fact_subjects_fact ON fact_subjects(fact, name);
          DROP INDEX alert_changes_alert;
          CREATE INDEX alert_changes_alert ON alert_changes(fingerprint, id, change, at);
          """)
    }
    return migrator
  }
}
