import Kit
import Matching
import Store
import Web

/// Puts an ask before the best-ranked mentors: one after another, or several at once where the kind says so.
enum Offering {
  /// Fills the free places of an ask that is being offered, with mentors who have not had it yet. One whose end is past goes to nobody new.
  ///
  /// - Parameter first: a mentor the asker chose now; without one the mentor they came for is first, when free. Others come after.
  static func goOn(
    _ id: ID<Ask>, org: ID<Organisation>, first: ID<Person>? = nil, _ tx: Transaction, _ world: World
  ) throws {
    guard let ask = try Ask.find(id, org: org, tx), ask.state.isWaiting else { return }
    let offers = try Offer.all(of: id, org: org, tx)
    let pending = offers.count { $0.state.isPending }
    let isOver = ask.expiresAt.map { $0 <= world.now() } ?? false
    let room = isOver || offers.contains { $0.state == .otherTime } ? 0 : ask.settings.offersAtOnce - pending
    if room > 0 { try offer(ask, room: room, passingOver: Set(offers.map(\.mentor)), first: first, hasPending: pending > 0, tx, world) }
    try Offer.refresh(ask: id, org: org, tx)
  }

  private static func offer(
    _ ask: Ask, room: Int, passingOver had: Set<ID<Person>>, first: ID<Person>?, hasPending: Bool, _ tx: Transaction, _ world: World
  ) throws {
    let first = first ?? ask.wished
    let ranked = try RankMentors.rank(ask, including: first, tx, world)
    var best = ranked.ranking.ranked.filter { !had.contains(ID($0.id)) }
    if let first, let place = best.firstIndex(where: { $0.id == first.value }) { best.insert(best.remove(at: place), at: 0) }
    for mentor in best.prefix(room) { try send(ask, to: mentor, ranked, tx, world) }
    if best.isEmpty, !hasPending { try lookAgain(ask, tx, world) }
  }

  private static func send(_ ask: Ask, to ranked: Ranked, _ all: RankedAsk, _ tx: Transaction, _ world: World) throws {
    let mentor: ID<Person> = ID(ranked.id)
    guard let addressee = try Addressee.find(mentor, org: ask.org, tx) else { return }
    let now = world.now()
    let zone = Zones.zone(addressee.zone)
    let hours = ask.settings.offerHours
    var due = OfferDeadline.due(sent: now, hours: hours, zone: zone)
    if let end = ask.expiresAt { due = min(due, end) }
    let why = all.wording.whyYou(ranked)
    let id: ID<Offer> = world.id()
    try tx.run(
      """
      INSERT INTO offer (org_id, id, ask_id, mentor_id, state, points, why, start_at, sent_at, due_at, version)
      VALUES (\(ask.org), \(id), \(ask.id), \(mentor), \(Offer.State.sent), \(ranked.total), \(why), \(all.starts(of: mentor).first), \(now),
        \(due), 1)
      """)
    try LapseOffer.schedule(id, org: ask.org, due: due, tx, world)
    if let at = OfferDeadline.reminder(sent: now, hours: hours, zone: zone), at < due {
      try tx.enqueue(RemindOffer(offer: id), for: ask.org, key: "\(id)", at: at, world)
    }
    try tx.record(org: ask.org, actor: nil, origin: "job", "offer.sent", id, ["points": "\(ranked.total)"], world)
    if let offer = try Offer.find(id, org: ask.org, tx) { try OfferLetter.sent(offer, ask, tx, world) }
  }

  /// Nobody is left for now: tomorrow somebody may have time again.
  private static func lookAgain(_ ask: Ask, _ tx: Transaction, _ world: World) throws {
    let at = world.now() + .days(1)
    try tx.enqueue(OfferAgain(ask: ask.id), for: ask.org, key: "\(ask.id)/\(at.microseconds)", at: at, world)
  }
}
