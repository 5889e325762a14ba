import Kit
import Web

/// Where asks get lost on the way from asking to using it at work.
struct Funnel: Output, Hashable {
  struct Step: Output, Hashable {
    var label: String
    var value: Int
    /// Of the step before.
    var share: String?
    var percent: Int
  }

  var steps: [Step]
  var finding: String
  var table: ReportTable
  var csvHref: String

  static let definition =
    "The asks opened in the window, and how far each has come since: put before a mentor, booked, met, answered, and a use at work noted by its asker afterwards. An ask answered in writing needs no session and passes both steps of one. Every step counts only asks that passed the one before."

  private static let labels = [
    "Asked", "Offered", "Booked or answered in writing", "Met or answered in writing", "Answered", "Applied",
  ]

  /// Each ask is counted up to the first step it has not passed, so that no step is larger than the one before.
  init(_ asks: [AskCohort], lastNoted: [ID<Person>: Instant], csvHref: String) {
    var counts = [0, 0, 0, 0, 0, 0]
    for ask in asks {
      let applied = lastNoted[ask.asker].map { $0 >= ask.openedAt } ?? false
      // Who was booked was offered, even where nobody wrote an offer down.
      let passed = [true, ask.wasOffered || ask.wasBooked, ask.wasBooked, ask.wasMet, ask.wasAnswered, applied]
      for (place, isPassed) in passed.enumerated() {
        guard isPassed else { break }
        counts[place] += 1
      }
    }
    let labels = Funnel.labels
    steps = labels.enumerated().map { place, label in
      let before = place == 0 ? 0 : counts[place - 1]
      return Step(
        label: label, value: counts[place], share: before == 0 ? nil : "\(KPIValue.percent(counts[place], of: before)) %",
        percent: KPIValue.percent(counts[place], of: counts[0]))
    }
    let losses = (1..<counts.count).map { (place: $0, lost: counts[$0 - 1] - counts[$0]) }
    if let worst = losses.max(by: { ($0.lost, -$0.place) < ($1.lost, -$1.place) }), worst.lost > 0 {
      finding =
        "The largest loss is between “\(labels[worst.place - 1])” and “\(labels[worst.place])”: \(worst.lost) of \(counts[worst.place - 1])."
    } else {
      finding = counts[0] == 0 ? "Nothing was asked in this window." : "Nothing is lost on the way."
    }
    table = ReportTable(
      caption: "Asks by step", columns: ["Step", "Asks", "Of the step before"],
      rows: steps.map { [$0.label, "\($0.value)", $0.share ?? ""] }, numeric: [1, 2])
    self.csvHref = csvHref
  }
}
