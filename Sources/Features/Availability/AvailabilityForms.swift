import Kit
import Scheduling
import Web

/// The editor as plain forms: two windows a day, which a row left empty leaves out.
enum AvailabilityForms {
  /// The path of the act; days and limits are parts of one form on the page.
  private static let action = "/you/availability"

  struct Day: Output {
    let day: String
    let form: Form
    /// Further windows of the day, folded away unless there are any.
    let more: Form
    let hasMore: Bool
  }

  static func week(_ rules: Availability) -> [Day] {
    var place = 0
    return Weekday.allCases.map { weekday in
      let windows = rules.weekly.filter { $0.weekday == weekday }.map(\.window)
      let day = DayOfWeek(weekday)
      var rows: [[Form.Field]] = []
      for row in 0..<max(2, windows.count) {
        let window = windows.indices.contains(row) ? windows[row] : nil
        let which = row == 0 ? "" : " again"
        rows.append([
          .hidden("weekly.\(place).weekday", day.rawValue),
          .text("weekly.\(place).from", "From\(which)", value: window?.from.description, type: "time"),
          .text("weekly.\(place).to", "To\(which)", value: window?.to.description, type: "time"),
        ])
        place += 1
      }
      return Day(
        day: day.name, form: Form(action, button: "", id: "week", rows.first ?? []),
        more: Form(action, button: "", id: "week", rows.dropFirst().flatMap { $0 }), hasMore: windows.count > 1)
    }
  }

  static func limits(_ rules: Availability) -> Form {
    Form(
      action, button: "", id: "week",
      [
        number(
          "weekly_minutes", "Minutes a week, at most", rules.weeklyMinutes, "Leave empty for no limit.", optional: true, 15...2400, step: 15
        ),
        number("sessions_per_day", "Sessions a day, at most", rules.sessionsPerDay, "Leave empty for no limit.", optional: true, 1...20),
        number("buffer_before", "Minutes kept free before a session", rules.bufferBefore, nil, 0...120, step: 5),
        number("buffer_after", "Minutes kept free after a session", rules.bufferAfter, nil, 0...120, step: 5),
        choice(
          "notice_minutes", "Shortest notice", rules.noticeMinutes,
          [(0, "None: right now is fine"), (60, "1 hour"), (240, "4 hours"), (1440, "1 day"), (2880, "2 days"), (10080, "1 week")],
          "minutes"),
        choice(
          "horizon_days", "How far ahead people can book", rules.horizonDays,
          [(7, "1 week"), (14, "2 weeks"), (30, "30 days"), (60, "60 days"), (90, "90 days"), (180, "180 days")], "days"),
      ])
  }

  static func wishes(_ wishes: BookingWishes) -> Form {
    Form(
      action, button: "", id: "week",
      [
        .choose(
          .checks, "lengths", "Lengths you give",
          Session.lengths.map { Form.Option("\($0)", "\($0) minutes", chosen: wishes.lengths.contains($0)) }),
        .choose(
          .radio, "confirms", "When somebody books you",
          [
            .init("false", "It is booked at once", chosen: !wishes.confirms),
            .init("true", "I say yes first", help: "The time is kept for up to 48 hours meanwhile.", chosen: wishes.confirms),
          ]),
      ])
  }

  static func exception(today: CivilDate) -> Form {
    Form(
      "/you/availability/exceptions", button: "Add dates", id: "dates",
      [
        .choose(
          .chips, "kind", "What is different?",
          [
            .init("away", "Away", help: "First to last date", chosen: true), .init("off", "A day off", help: "One date"),
            .init("windows", "Other times", help: "On one date, instead"), .init("extra", "Extra hours", help: "On one date, as well"),
          ]),
        .text("first", "Date, or first date", type: "date"), .text("last", "Last date away", type: "date", optional: true),
        .text("from", "From, for other or extra times", type: "time", optional: true),
        .text("to", "To, for other or extra times", type: "time", optional: true),
      ])
  }

  private static func number(
    _ name: String, _ label: String, _ value: Int?, _ help: String?, optional: Bool? = nil, _ range: ClosedRange<Int>, step: Int = 1
  ) -> Form.Field {
    var field = Form.Field.text(
      name, label, value: value.map(String.init), help: help, type: "number", inputmode: "numeric", optional: optional)
    field.min = range.lowerBound
    field.max = range.upperBound
    field.step = step
    return field
  }

  /// A select that also offers the present value when it is none of the usual ones.
  private static func choice(_ name: String, _ label: String, _ value: Int, _ usual: [(Int, String)], _ unit: String) -> Form.Field {
    let all = usual.contains { $0.0 == value } ? usual : (usual + [(value, "\(value) \(unit)")]).sorted { $0.0 < $1.0 }
    return .choose(.select, name, label, all.map { Form.Option("\($0.0)", $0.1, chosen: $0.0 == value) })
  }
}
