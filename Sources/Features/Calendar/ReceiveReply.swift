import Interchange
import Kit
import Scheduling
import Store
import Web

/// Takes one mail that came in: the answer of a calendar program to an invitation. Person and session are known by the token in the
/// address it was sent to, never by who claims to have sent it.
public struct ReceiveReply: Sendable {
  public enum Outcome: String, Sendable {
    case accepted, tentative, declined, moved
    /// Nothing was to be done: no calendar in it, no token of ours, an older version, a session that is over.
    case ignored
  }

  private let message: IncomingMessage

  /// - Parameter bytes: the whole message as the mail server hands it over.
  public init(_ bytes: [UInt8]) { message = IncomingMessage(bytes) }

  public func callAsFunction(_ store: Store, _ world: World) async throws -> Outcome {
    guard let calendar = message.calendar,
      let reply = InvitationReply(calendar, zones: { name in Zones.isKnown(name) ? Zones.zone(name) : nil })
    else { return .ignored }
    for token in message.addressTags {
      do {
        return try await store.write { tx in try take(reply, token, tx, world) }
      } catch let problem as Problem {
        guard case .notFound = problem else { return .ignored }
      }
    }
    return .ignored
  }

  private func take(_ reply: InvitationReply, _ token: String, _ tx: Transaction, _ world: World) throws -> Outcome {
    let answer = try InvitationAnswer.find(token, tx)
    guard let session = try Session.find(answer.session, org: answer.org, tx), session.uid == reply.uid,
      reply.sequence == session.sequence, session.state == .booked
    else { return .ignored }
    if reply.method == .counter {
      guard let start = reply.start, let end = reply.end, end > start else { return .ignored }
      let minutes = Int((end - start) / 60_000_000)
      let length = Session.lengths.contains(minutes) ? minutes : nil
      let move = MoveSession(session: session.id, start: Instant(microseconds: start), minutes: length)
      _ = try move(tx, answer.person.viewer(.link), world)
      return .moved
    }
    guard let said = reply.answer, said != .needsAction else { return .ignored }
    try answer.take(said, to: reply.sequence, tx, world)
    switch said {
    case .declined: return .declined
    case .tentative: return .tentative
    case .accepted, .needsAction: return .accepted
    }
  }
}
