import Kit
import Store
import Web

/// How a mentor answered offers in the last 90 days, and what is still before them.
struct OfferRecord {
  var offered = 0
  var answered = 0
  var lastOffered: Instant?
  /// Minutes that pending offers would take.
  var reservedMinutes = 0
  /// This very ask was passed on.
  var hasPassedOn = false
  /// Mean time to an answer.
  var answersWithin: Span?

  static let window = Span.days(90)

  static func load(_ mentors: [ID<Person>], ask: Ask?, org: ID<Organisation>, now: Instant, _ tx: Transaction) throws -> [ID<Person>:
    OfferRecord]
  {
    if mentors.isEmpty { return [:] }
    let own = ask?.id.value ?? -1
    let rows = try tx.rows(
      """
      SELECT offer.mentor_id,
        sum(CASE WHEN offer.state IN ('accepted', 'passed', 'lapsed', 'asked', 'other_time') THEN 1 ELSE 0 END) AS offered,
        sum(CASE WHEN offer.state IN ('accepted', 'passed', 'asked', 'other_time') THEN 1 ELSE 0 END) AS answered,
        max(offer.sent_at) AS last,
        sum(CASE WHEN offer.state IN ('sent', 'seen', 'asked', 'other_time') AND offer.ask_id <> \(own) THEN ask.minutes ELSE 0 END) AS reserved,
        max(CASE WHEN offer.state = 'passed' AND offer.ask_id = \(own) THEN 1 ELSE 0 END) AS passed,
        sum(CASE WHEN offer.state IN ('accepted', 'passed') THEN offer.ended_at - offer.sent_at ELSE 0 END) AS waited,
        sum(CASE WHEN offer.state IN ('accepted', 'passed') THEN 1 ELSE 0 END) AS ended
      FROM offer JOIN ask ON ask.org_id = offer.org_id AND ask.id = offer.ask_id
      WHERE offer.org_id = \(org) AND offer.mentor_id IN \(SQL.list(mentors)) AND offer.sent_at >= \(now - window)
      GROUP BY offer.mentor_id
      """)
    var records: [ID<Person>: OfferRecord] = [:]
    for row in rows {
      let ended: Int64 = try row("ended")
      let waited: Int64 = try row("waited")
      records[try row("mentor_id")] = OfferRecord(
        offered: try row("offered"), answered: try row("answered"), lastOffered: try row("last"), reservedMinutes: try row("reserved"),
        hasPassedOn: try row("passed"), answersWithin: ended > 0 ? Span(microseconds: waited / ended) : nil)
    }
    return records
  }

  static func load(_ mentors: [ID<Person>], ask: Ask, now: Instant, _ tx: Transaction) throws -> [ID<Person>: OfferRecord] {
    try load(mentors, ask: ask, org: ask.org, now: now, tx)
  }

  /// "Answers in about 4 h"; nil before there is anything to tell.
  var answeringTime: String? {
    guard let answersWithin, answered > 0 else { return nil }
    let minutes = Int(answersWithin.minutes.rounded(.up))
    if minutes < 60 { return "Answers in about \(max(minutes, 1)) min" }
    if minutes < 36 * 60 { return "Answers in about \((minutes + 30) / 60) h" }
    return "Answers in about \(counted((minutes + 720) / 1440, "day"))"
  }
}
