import Kit
import Scheduling
import Store
import Web

/// The form of a series, and once it is filled in the dates that it means, with those that are not free.
struct ShowSeries: UseCase {
  var session: ID<Session>
  var everyWeeks: Int?
  var first: String?
  var time: String?
  var minutes: Int?
  var count: Int?
  var until: String?

  static let rules: [String: Rule] = [
    "every_weeks": .number(1...4), "first": .date, "time": .time, "minutes": .one(of: Session.lengths),
    "count": .number(2...SessionSeries.most), "until": .date,
  ]

  struct Entry: Output {
    let date: String
    let words: String
    let isFree: Bool
  }

  struct Page: Output {
    let session: SessionSummary
    let withFirstName: String
    let zone: String
    let form: Form
    /// Why the dates cannot be shown.
    let problem: String?
    let dates: [Entry]
    let confirm: Form?
  }

  func callAsFunction(_ tx: Transaction, _ viewer: Viewer, _ world: World) throws -> Page {
    let origin = try Session.find(session, for: viewer, tx)
    let summary = try Sessions.summary(session, viewer, tx, world)
    let zone = try AvailabilityRules.of(origin.mentor, org: viewer.org, tx).zone
    let wishes = try BookingWishes.of(origin.mentor, org: viewer.org, tx)
    let usual = wishes.lengths.contains(origin.minutes) ? origin.minutes : wishes.usual
    let local = Zones.zone(zone).local(at: max(origin.start, world.now() - .days(7)).microseconds)
    let wish = StartSeries(
      session: session, everyWeeks: everyWeeks ?? 2, first: first ?? local.date.adding(days: 14).description,
      time: time ?? Zones.zone(zone).local(at: origin.start.microseconds).time.description, minutes: minutes ?? usual,
      count: count ?? (until?.isEmpty == false ? nil : 6), until: until)
    var problem: String?
    var plan: SeriesPlan?
    if first != nil {
      do {
        try wishes.check(wish.minutes)
        plan = try SeriesRule(wish, origin, viewer, tx, world).plan(tx, world)
      } catch let Problem.invalid(messages) {
        problem = messages.values.sorted().first
      } catch let Problem.conflict(_, detail) {
        problem = detail
      }
    }
    let name = firstName(summary.with.name)
    return Page(
      session: summary, withFirstName: name, zone: DisplayTime.place(zone), form: SeriesForms.rule(wish, wishes.lengths, zone: zone),
      problem: problem,
      dates: plan?.entries.map { .init(date: $0.date.description, words: words($0, summary, viewer), isFree: $0.isFree) } ?? [],
      confirm: plan.map { SeriesForms.confirm(wish, $0, summary, viewer) })
  }

  private func words(_ entry: SeriesPlan.Entry, _ summary: SessionSummary, _ viewer: Viewer) -> String {
    SharedTime.words(entry.start, zone: viewer.zone, other: (summary.with.zone, summary.with.name))
  }
}

/// The two forms of a series: the rule, and the yes with what to do about each date that is taken.
enum SeriesForms {
  static func rule(_ wish: StartSeries, _ lengths: [Int], zone: String) -> Form {
    var form = Form(
      "/sessions/\(wish.session)/series", button: "Show the dates", id: "rule",
      [
        .choose(
          .select, "every_weeks", "How often",
          [(1, "Every week"), (2, "Every 2 weeks"), (3, "Every 3 weeks"), (4, "Every 4 weeks")].map {
            .init("\($0.0)", $0.1, chosen: $0.0 == wish.everyWeeks)
          }),
        .text("first", "First date", value: wish.first, type: "date"),
        .text("time", "Time (\(DisplayTime.place(zone)))", value: wish.time, help: "The mentor's clock, the year round.", type: "time"),
        .choose(
          .select, "minutes", "Length",
          lengths.map { .init("\($0)", "\($0) minutes", chosen: $0 == wish.minutes) }),
        .text("count", "How many times", value: wish.count.map(String.init), type: "number", inputmode: "numeric", optional: true),
        .text("until", "Or until", value: wish.until, type: "date", optional: true),
      ])
    form.method = "get"
    return form
  }

  static func confirm(_ wish: StartSeries, _ plan: SeriesPlan, _ summary: SessionSummary, _ viewer: Viewer) -> Form {
    var fields: [Form.Field] = [
      .hidden("every_weeks", "\(wish.everyWeeks)"), .hidden("first", wish.first), .hidden("time", wish.time),
      .hidden("minutes", "\(wish.minutes)"),
    ]
    if let count = wish.count { fields.append(.hidden("count", "\(count)")) }
    if let until = wish.until, !until.isEmpty { fields.append(.hidden("until", until)) }
    for (place, entry) in plan.conflicts.enumerated() {
      let others = entry.instead.map { start in
        Form.Option(start.description, SharedTime.words(start, zone: viewer.zone, other: (summary.with.zone, summary.with.name)))
      }
      fields.append(.hidden("choices.\(place).date", entry.date.description))
      fields.append(
        .choose(
          .select, "choices.\(place).start", "\(DisplayTime.day(entry.date)) is not free", [.init("", "Leave it out")] + others))
    }
    return Form("/sessions/\(wish.session)/series", button: "Book the series", id: "confirm", fields)
  }
}
