import Kit

extension Transaction {
  /// Makes a thing findable, or replaces what was known of it. Organisation 0 is shared by all; `visibleTo` names the only
  /// person who finds it.
  public func index(org: Int64, kind: String, id: Int64, title: String, body: String, visibleTo person: Int64? = nil) throws {
    let body = String(body.prefix(SearchIndex.bodyLimit))
    let titleWords = SearchWords.words(of: title).joined(separator: " ")
    let bodyWords = SearchWords.words(of: body).joined(separator: " ")
    let entry = SearchIndex.entry(org: org, kind: kind, id: id)
    try run(
      """
      INSERT INTO search_entry (entry, org_id, kind, id, person_id, title, body, title_words, body_words)
      VALUES (\(entry), \(org), \(kind), \(id), \(person), \(title), \(body), \(titleWords), \(bodyWords))
      ON CONFLICT (entry) DO UPDATE SET person_id = excluded.person_id, title = excluded.title, body = excluded.body,
        title_words = excluded.title_words, body_words = excluded.body_words
      """)
  }

  public func unindex(org: Int64, kind: String, id: Int64) throws {
    try run("DELETE FROM search_entry WHERE org_id = \(org) AND kind = \(kind) AND id = \(id)")
  }

  /// What holds every word of the query, the last one as a beginning, best first. The query is literal whatever signs it holds;
  /// only its first 200 characters and 8 words count. No kinds means all kinds.
  public func search(org: Int64, kinds: [String] = [], query: String, viewer: Int64?, limit: Int = 20) throws -> [SearchHit] {
    let words = SearchWords.query(query)
    if words.isEmpty { return [] }
    let ofKind: SQL = kinds.isEmpty ? "" : " AND e.kind IN \(SQL.list(kinds))"
    let visible: SQL = "e.org_id IN (0, \(org)) AND (e.person_id IS NULL OR e.person_id = \(viewer ?? -1))\(ofKind)"
    let count = max(0, min(limit, 100))
    let found: SQL =
      switch dialect {
      case .sqlite:
        """
        SELECT e.kind, e.id, e.title, e.body, -bm25(search_words, 10.0, 1.0) AS rank
        FROM search_words JOIN search_entry e ON e.entry = search_words.rowid
        WHERE search_words MATCH \(SearchWords.fts5(words)) AND \(visible)
        ORDER BY rank DESC, e.id DESC LIMIT \(count)
        """
      case .postgres:
        """
        SELECT e.kind, e.id, e.title, e.body, ts_rank(e.words, asked, 1) AS rank
        FROM search_entry e, to_tsquery('simple', \(SearchWords.tsquery(words))) asked
        WHERE e.words @@ asked AND \(visible)
        ORDER BY rank DESC, e.id DESC LIMIT \(count)
        """
      }
    return try rows(found).map { row in
      SearchHit(
        kind: try row("kind"), id: try row("id"), title: try row("title"),
        snippet: SearchWords.snippet(try row("body"), for: words), rank: try row("rank"))
    }
  }
}
