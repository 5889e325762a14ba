import Kit
import Store
import Web

/// What ends when a member is suspended or removed, in numbers. None of it comes back with them.
struct Leaving {
  var isActive = false
  /// Single sessions booked with them.
  var sessions = 0
  /// Group sessions they give, and the seats taken in these.
  var groups = 0
  var seats = 0
  /// Seats and places in line in group sessions of others.
  var places = 0

  /// The same rows that end when they leave; nothing for whoever is out already.
  static func of(_ member: MemberDetail, _ viewer: Viewer, _ tx: Transaction, now: Instant) throws -> Leaving {
    var leaving = Leaving()
    guard member.state == .active else { return leaving }
    leaving.isActive = true
    leaving.sessions = try tx.count(
      """
      SELECT count(*) FROM session WHERE org_id = \(viewer.org) AND (mentor_id = \(member.id) OR mentee_id = \(member.id))
        AND state = \("booked") AND ends_at > \(now)
      """)
    let given = try tx.row(
      """
      SELECT count(*) AS given, coalesce(sum(taken), 0) AS seats FROM group_session
      WHERE org_id = \(viewer.org) AND mentor_id = \(member.id) AND cancelled_at IS NULL AND starts_at > \(now)
      """)
    leaving.groups = try given?("given") ?? 0
    leaving.seats = try given?("seats") ?? 0
    leaving.places = try tx.count(
      """
      SELECT count(*) FROM group_seat
      JOIN group_session ON group_session.org_id = group_seat.org_id AND group_session.id = group_seat.group_id
      WHERE group_seat.org_id = \(viewer.org) AND group_seat.person_id = \(member.id) AND group_seat.state <> \(Seat.State.left)
        AND group_session.cancelled_at IS NULL AND group_session.starts_at > \(now)
      """)
    return leaving
  }

  /// As the question before the act says it, a sentence each; what there is none of is left out.
  func words(browsers: Int, tokens: Int) -> [String] {
    var sentences: [String] = []
    if browsers > 0 { sentences.append("Signs them out of \(counted(browsers, "browser")).") }
    if tokens > 0 { sentences.append("Revokes \(counted(tokens, "API token")) for good.") }
    var cancelled: [String] = []
    if sessions > 0 { cancelled.append(counted(sessions, "booked session")) }
    if groups > 0 { cancelled.append(counted(groups, "group session") + (seats == 0 ? "" : " with \(counted(seats, "seat")) taken")) }
    if !cancelled.isEmpty { sentences.append("Cancels \(listed(cancelled)). Cancelled sessions stay cancelled.") }
    if places > 0 { sentences.append("Gives back \(counted(places, "seat or place in line", "seats or places in line")).") }
    if isActive { sentences.append("Withdraws their asks, drafts too. Requests to them go to other mentors.") }
    return sentences
  }
}
