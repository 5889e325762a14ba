import Jobs
import Kit
import Store

/// Mail that waited when a backup was made. It left long before the backup is restored, so nothing of it leaves again.
public enum PastMail {
  private static let kinds = [Letter.kind, SendPush.kind, SessionMail.kind, GroupMail.kind, MailSignInCode.kind]

  /// Ends it in all organisations.
  public static func end(_ tx: Transaction, now: Instant) throws {
    try tx.run(
      """
      UPDATE job SET state = \(QueuedJob.State.dead), failure = \("Not sent: restored from a backup"), finished_at = \(now)
      WHERE state IN ('ready', 'running') AND kind IN \(SQL.list(kinds))
      """)
    // A digest that stayed in the queue would keep the next one to the same hour out.
    try tx.run("DELETE FROM job WHERE state IN ('ready', 'running') AND kind = \(SendDigest.kind)")
    try tx.run("DELETE FROM held_letter")
  }
}
