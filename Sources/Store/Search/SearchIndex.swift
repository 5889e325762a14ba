import Crypto
import Foundation
import Kit

/// Full text over everything that can be found: FTS5 on SQLite, tsvector with a GIN index on PostgreSQL.
///
/// Both engines index the same folded words, so that both find the same things: words are runs of letters and digits, without
/// regard to case and accents. A title weighs more than a body.
public enum SearchIndex {
  public static let migrations = [
    Migration(
      "search/1",
      [
        """
        CREATE TABLE search_entry (
          entry BIGINT PRIMARY KEY,
          org_id BIGINT NOT NULL,
          kind TEXT NOT NULL,
          id BIGINT NOT NULL,
          person_id BIGINT,
          title TEXT NOT NULL,
          body TEXT NOT NULL,
          title_words TEXT NOT NULL,
          body_words TEXT NOT NULL,
          UNIQUE (org_id, kind, id)
        )
        """,
        .sqlite(
          """
          CREATE VIRTUAL TABLE search_words USING fts5(
            title_words, body_words, content='search_entry', content_rowid='entry', tokenize='unicode61 remove_diacritics 0', prefix='2 3')
          """),
        .sqlite(
          """
          CREATE TRIGGER search_entry_insert AFTER INSERT ON search_entry BEGIN
            INSERT INTO search_words (rowid, title_words, body_words) VALUES (new.entry, new.title_words, new.body_words);
          END
          """),
        .sqlite(
          """
          CREATE TRIGGER search_entry_delete AFTER DELETE ON search_entry BEGIN
            INSERT INTO search_words (search_words, rowid, title_words, body_words)
            VALUES ('delete', old.entry, old.title_words, old.body_words);
          END
          """),
        .sqlite(
          """
          CREATE TRIGGER search_entry_update AFTER UPDATE ON search_entry BEGIN
            INSERT INTO search_words (search_words, rowid, title_words, body_words)
            VALUES ('delete', old.entry, old.title_words, old.body_words);
            INSERT INTO search_words (rowid, title_words, body_words) VALUES (new.entry, new.title_words, new.body_words);
          END
          """),
        .postgres(
          """
          ALTER TABLE search_entry ADD COLUMN words tsvector GENERATED ALWAYS AS (
            setweight(to_tsvector('simple', title_words), 'A') || setweight(to_tsvector('simple', body_words), 'D')) STORED
          """),
        .postgres("CREATE INDEX search_entry_words ON search_entry USING gin (words)"),
      ])
  ]

  /// Characters of a body that are indexed; PostgreSQL takes at most 1 MB of words for one entry.
  static let bodyLimit = 100_000

  /// The row number of an entry: the same for the same thing, so that indexing again replaces.
  static func entry(org: Int64, kind: String, id: Int64) -> Int64 {
    let digest = SHA256.hash(data: Data("\(org)/\(kind)/\(id)".utf8))
    return Int64(digest.prefix(8).reduce(UInt64(0)) { $0 << 8 | UInt64($1) } >> 1)
  }
}

/// One thing found.
public struct SearchHit: Hashable, Sendable {
  public let kind: String
  public let id: Int64
  public let title: String
  /// About 160 characters of the body around the first word found.
  public let snippet: String
  /// Higher is better; comparable within one answer only.
  public let rank: Double
}
