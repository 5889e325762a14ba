import SpacedRepetition
import Web

/// A card answered once, "recalled", and then left alone for 30 days: how this person forgets it, and how people usually do.
struct MemoryCurve: Output {
  let top: String
  /// The recall aimed for, as a line.
  let aim: String
  let lines: [RetentionLine.Line]
  let ticks: [RetentionLine.Tick]
  let finding: String
  let table: RetentionLine.Table

  private static let reach = 30

  init(_ learner: Learner, _ seen: FirstReturns) {
    let own = learner.scheduler.model
    let usual = MemoryModel()
    let (mine, theirs) = (own.first(.good), usual.first(.good))
    top = "100 % recalled"
    aim = "M0 \(Self.text((1 - learner.options.desiredRetention) * 100)) H100"
    lines = [
      .init(path: Self.path { own.retrievability(of: mine, afterDays: $0) }, kind: ""),
      learner.parameters == nil ? nil : .init(path: Self.path { usual.retrievability(of: theirs, afterDays: $0) }, kind: "future"),
    ].compactMap { $0 }
    ticks = ["Answered", "15 days", "30 days"].map(RetentionLine.Tick.init)
    let week = MemoryWords.percent(own.retrievability(of: mine, afterDays: 7))
    let month = MemoryWords.percent(own.retrievability(of: mine, afterDays: 30))
    let whose = learner.parameters == nil ? "By the usual curve, you" : "You"
    finding = "\(whose) still know \(week) of new cards after a week, and \(month) after a month without a review."
    table = Self.table(own, mine, learner.parameters == nil ? nil : usual, theirs, seen)
  }

  private static func table(
    _ own: MemoryModel, _ mine: MemoryState, _ usual: MemoryModel?, _ theirs: MemoryState, _ seen: FirstReturns
  ) -> RetentionLine.Table {
    let spans: [ClosedRange<Int>] = [1...1, 2...2, 3...3, 4...6, 7...13, 14...29, 30...60]
    let rows = spans.map { days -> RetentionLine.Table.Row in
      let found = seen.seen(days)
      let day = Double(days.lowerBound)
      var texts: [String] = [MemoryWords.percent(own.retrievability(of: mine, afterDays: day))]
      if let usual { texts.append(MemoryWords.percent(usual.retrievability(of: theirs, afterDays: day))) }
      texts.append(found.met == 0 ? "—" : "\(found.known) of \(found.met)")
      let name = days.count == 1 ? "\(days.lowerBound)" : "\(days.lowerBound) to \(days.upperBound)"
      var cells: [RetentionLine.Table.Cell] = [.init(text: name, numeric: false, header: true)]
      for text in texts { cells.append(.init(text: text, numeric: true, header: false)) }
      return RetentionLine.Table.Row(cells: cells)
    }
    var columns: [RetentionLine.Table.Column] = [.init(label: "Days later", numeric: false), .init(label: "Foretold", numeric: true)]
    if usual != nil { columns.append(.init(label: "Usual", numeric: true)) }
    columns.append(.init(label: "You knew", numeric: true))
    return .init(caption: "A new card after its first answer", columns: columns, rows: rows)
  }

  /// Days 0 to 30 as 0 to 100, recall 1 to 0 as 0 to 100.
  private static func path(_ recall: (Double) -> Double) -> String {
    let points = (0...reach).map { day -> String in
      let across = text(Double(day) / Double(reach) * 100)
      let down = text((1 - recall(Double(day))) * 100)
      return "\(day == 0 ? "M" : "L")\(across) \(down)"
    }
    return points.joined(separator: " ")
  }

  private static func text(_ number: Double) -> String {
    let tenths = Int((number * 10).rounded())
    return tenths % 10 == 0 ? "\(tenths / 10)" : "\(tenths / 10).\(abs(tenths % 10))"
  }
}
