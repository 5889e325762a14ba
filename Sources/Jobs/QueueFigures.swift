import Kit
import Store

/// How the queue stands.
public struct QueueFigures: Sendable {
  /// Jobs that are due and not begun.
  public let waiting: Int
  public let running: Int
  /// Jobs that were given up.
  public let dead: Int
  /// How long the oldest job that is due has waited.
  public let late: Span

  public static func load(_ tx: Transaction, now: Instant) throws -> QueueFigures {
    let row = try tx.row(
      """
      SELECT coalesce(sum(CASE WHEN state = 'ready' AND run_at <= \(now) THEN 1 ELSE 0 END), 0) AS waiting,
        coalesce(sum(CASE WHEN state = 'running' THEN 1 ELSE 0 END), 0) AS running,
        coalesce(sum(CASE WHEN state = 'dead' THEN 1 ELSE 0 END), 0) AS dead,
        min(CASE WHEN state = 'ready' AND run_at <= \(now) THEN run_at END) AS oldest
      FROM job WHERE state <> 'done'
      """)
    let oldest: Instant? = try row?.optional("oldest")
    return QueueFigures(
      waiting: try row?("waiting") ?? 0, running: try row?("running") ?? 0, dead: try row?("dead") ?? 0,
      late: oldest.map { now - $0 } ?? .seconds(0))
  }
}

/// A job that was given up, as an administrator sees it: never its payload.
public struct DeadJob: Sendable, RowDecodable {
  public let id: ID<QueuedJob>
  public let kind: String
  public let attempts: Int
  public let failure: String
  public let finishedAt: Instant?

  public init(row: Row) throws {
    id = try row("id")
    kind = try row("kind")
    attempts = try row("attempts")
    failure = try row.optional("failure") ?? ""
    finishedAt = try row.optional("finished_at")
  }

  /// Jobs of an organisation and of the installation that were given up, newest first.
  public static func list(org: ID<Organisation>, limit: Int, _ tx: Transaction) throws -> [DeadJob] {
    try tx.all(
      """
      SELECT id, kind, attempts, failure, finished_at FROM job WHERE state = \("dead") AND org_id IN (\(org), 0)
      ORDER BY finished_at DESC, id DESC LIMIT \(limit)
      """)
  }

  /// Puts a job back for another round of attempts.
  public static func retry(_ id: ID<QueuedJob>, org: ID<Organisation>, _ tx: Transaction, now: Instant) throws {
    let known = try tx.count("SELECT count(*) FROM job WHERE id = \(id) AND org_id IN (\(org), 0)")
    guard known == 1 else { throw Problem.notFound }
    try tx.swap(
      """
      UPDATE job SET state = \("ready"), run_at = \(now), attempts = 0, finished_at = NULL
      WHERE id = \(id) AND org_id IN (\(org), 0) AND state = \("dead")
      """, otherwise: .conflict(code: "job_alive", detail: "This job is not given up any more."))
    tx.signal("jobs")
  }
}
