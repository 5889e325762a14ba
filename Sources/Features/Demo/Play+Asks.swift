import Kit
import Store
import Web

extension Play {
  /// Mentors look at what was offered to them: most take it, some pass it on, some let it lie.
  mutating func mentorsAnswer(_ tx: Transaction) throws {
    let offers: [Offer] = try tx.all(
      "SELECT \(Offer.columns) FROM offer WHERE org_id = \(company.org) AND state IN \(SQL.list(Offer.State.silent)) ORDER BY id")
    for offer in offers {
      guard let mentor = company.viewer(offer.mentor) else { continue }
      let mood = dice.below(100)
      if mood >= 62 { continue }
      pass(.minutes(dice.within(1...4)))
      let answer = dice.one(of: theme(of: offer.ask).insights)
      let taken = mood < 50 ? try attempt { try AcceptOffer(offer: offer.id, answer: answer)(tx, mentor, world) } : nil
      if taken == nil {
        try attempt { try PassOnOffer(offer: offer.id, reason: dice.percent(30) ? "Not my field." : nil)(tx, mentor, world) }
      }
    }
  }

  /// Some members ask today: most book an hour at once, some let the request find its mentor.
  mutating func peopleAsk(_ tx: Transaction) throws {
    for _ in 0..<daily(perThousand: 27) {
      guard let asker = dice.one(of: company.people), dice.percent(asker.diligence + 20),
        try Ask.openCount(of: asker.viewer.person, org: company.org, tx) < 2
      else { continue }
      pass(.minutes(dice.within(1...9)))
      try ask(asker, tx)
    }
  }

  private mutating func ask(_ asker: Company.Someone, _ tx: Transaction) throws {
    let place = dice.one(of: asker.themes + [dice.below(company.themes.count)]) ?? 0
    let theme = company.themes[place]
    var open = OpenAsk(question: dice.one(of: theme.questions) ?? theme.goal.title)
    open.situation = theme.situation
    open.skills = company.skillIDs(theme).map(\.description)
    open.urgency = dice.percent(12) ? .now : dice.percent(60) ? .week : .later
    open.commitment = dice.percent(80) ? .once : .few
    open.minutes = dice.one(of: [15, 30, 30, 45])
    open.otherDepartment = dice.percent(20)
    open.anonymous = dice.percent(6)
    guard let opened = try attempt({ try open(tx, asker.viewer, world) }) else { return }
    themes[opened.ask] = place
    let books = !AskKind.named(opened.kind).isWritten && dice.percent(60)
    if books, let hour = try hour(for: opened.ask, asker.viewer, tx) {
      try attempt { try BookAsk(ask: opened.ask, mentor: hour.mentor, start: hour.start)(tx, asker.viewer, world) }
    } else {
      try attempt { try SendOffers(ask: opened.ask)(tx, asker.viewer, world) }
    }
  }

  /// One of the hours that the page of an ask shows.
  private mutating func hour(for ask: ID<Ask>, _ viewer: Viewer, _ tx: Transaction) throws -> (mentor: ID<Person>, start: Instant)? {
    let ranked = try RankMentors.rank(try Ask.find(ask, for: viewer, tx), tx, world)
    let best = ranked.ranking.ranked.prefix(RankMentors.shown).map { ID<Person>($0.id) }.filter { !ranked.starts(of: $0).isEmpty }
    guard let mentor = dice.one(of: best), let start = dice.one(of: Array(ranked.starts(of: mentor).prefix(6))) else { return nil }
    return (mentor, start)
  }
}
