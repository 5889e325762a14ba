import Kit
import Store

/// Keeps the jobs of an organisation whose past is being played out of the hands of the worker, which goes by the clock on the wall.
struct HeldJobs {
  let org: ID<Organisation>

  private static let away = Span.days(36_500)

  /// Whatever waits is put off by a hundred years; ends each transaction of the play but the last.
  func hold(_ tx: Transaction) throws {
    try tx.run("UPDATE job SET run_at = run_at + \(HeldJobs.away.microseconds) WHERE org_id = \(org) AND state = 'ready'")
  }

  /// Gives what was held its time back; begins each transaction of the play.
  func release(_ tx: Transaction) throws {
    try tx.run("UPDATE job SET run_at = run_at - \(HeldJobs.away.microseconds) WHERE org_id = \(org) AND state = 'ready'")
  }
}
