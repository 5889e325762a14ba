import Kit
import SpacedRepetition
import Store
import Web

/// Predicted recall of the cards of some lessons: the past four weeks, and four weeks ahead if nothing were reviewed.
struct RetentionLine: Output {
  let top: String
  let aim: String
  let lines: [Line]
  let ticks: [Tick]
  let finding: String
  let table: Table

  struct Line: Output {
    let path: String
    let kind: String
  }

  struct Tick: Output { let label: String }

  struct Table: Output {
    let caption: String
    let columns: [Column]
    let rows: [Row]

    struct Column: Output {
      let label: String
      let numeric: Bool
    }

    struct Row: Output { let cells: [Cell] }

    struct Cell: Output {
      let text: String
      let numeric: Bool
      let header: Bool
    }
  }

  private static let reach = 28
  private static let step = 2
  /// Enough for a track of the longest lessons; the oldest cards stand for the others.
  private static let mostCards = 200

  /// Nil while no card of these lessons was ever answered.
  static func load(_ lessons: [ID<Lesson>], _ viewer: Viewer, _ clock: LearningClock, _ tx: Transaction) throws -> RetentionLine? {
    let cards: [ID<Card>] = try tx.values(
      """
      SELECT id FROM card WHERE org_id = \(viewer.org) AND person_id = \(viewer.person) AND lesson_id IN \(SQL.list(lessons))
        AND stability IS NOT NULL ORDER BY id LIMIT \(mostCards)
      """)
    if cards.isEmpty { return nil }
    let events = try ReviewLog.events(of: cards, org: viewer.org, tx)
    let learner = try Learner.load(viewer.person, org: viewer.org, tx)
    return RetentionLine(
      Dictionary(grouping: events, by: \.card), learner.scheduler, today: clock.today, aim: learner.options.desiredRetention)
  }

  private init(_ histories: [Int64: [ReviewEvent]], _ scheduler: Scheduler, today: DayNumber, aim: Double) {
    let past = stride(from: -Self.reach, through: 0, by: Self.step).map { back in
      (back, Self.mean(histories, scheduler, on: today.advanced(by: back), known: today.advanced(by: back)))
    }
    let ahead = stride(from: 0, through: Self.reach, by: Self.step).map { ahead in
      (ahead, Self.mean(histories, scheduler, on: today.advanced(by: ahead), known: today))
    }
    let now = ahead.first.flatMap(\.1) ?? 0
    let later = ahead.last.flatMap(\.1) ?? 0
    top = "100 % recalled"
    self.aim = "M0 \(Self.text((1 - aim) * 100)) H100"
    lines = [Line(path: Self.path(past), kind: ""), Line(path: Self.path(ahead), kind: "future")].filter { !$0.path.isEmpty }
    ticks = ["4 weeks ago", "Today", "In 4 weeks"].map(Tick.init)
    let count = histories.count
    finding =
      "You would recall \(Int((now * Double(count)).rounded())) of \(counted(count, "card")) today, "
      + "and \(Int((later * Double(count)).rounded())) in 4 weeks without a review."
    let points = (past + ahead.dropFirst()).filter { $0.0 % 4 == 0 }
    table = Table(
      caption: "Predicted recall", columns: [.init(label: "Day", numeric: false), .init(label: "Recall", numeric: true)],
      rows: points.map { day, recall in
        .init(cells: [
          .init(text: Self.name(day), numeric: false, header: true),
          .init(text: recall.map { "\(Int(($0 * 100).rounded())) %" } ?? "—", numeric: true, header: false),
        ])
      })
  }

  private static func name(_ day: Int) -> String {
    day == 0 ? "Today" : day < 0 ? "\(counted(-day, "day")) ago" : "In \(counted(day, "day"))"
  }

  /// Mean recall on a day, as far as answers until `known` tell; nil before the first answer.
  private static func mean(_ histories: [Int64: [ReviewEvent]], _ scheduler: Scheduler, on day: DayNumber, known: DayNumber) -> Double? {
    var recalls: [Double] = []
    for (card, events) in histories {
      let progress = scheduler.replay(events.filter { $0.moment.day <= known }, card: card).progress
      if let recall = scheduler.retrievability(of: progress, on: day) { recalls.append(recall) }
    }
    return recalls.isEmpty ? nil : recalls.reduce(0, +) / Double(recalls.count)
  }

  /// Days -28 to 28 as 0 to 100, recall 1 to 0 as 0 to 100.
  private static func path(_ points: [(Int, Double?)]) -> String {
    let known = points.compactMap { day, recall in recall.map { (day, $0) } }
    guard known.count > 1 else { return "" }
    return known.enumerated().map { place, point in
      (place == 0 ? "M" : "L") + text(Double(point.0 + reach) / Double(2 * reach) * 100) + " " + text((1 - point.1) * 100)
    }.joined(separator: " ")
  }

  private static func text(_ number: Double) -> String {
    let tenths = Int((number * 10).rounded())
    return tenths % 10 == 0 ? "\(tenths / 10)" : "\(tenths / 10).\(abs(tenths % 10))"
  }
}
