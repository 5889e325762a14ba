import Web

/// Who learns from whom, by department.
struct DepartmentMatrix: Output, Hashable {
  struct Column: Output, Hashable {
    var label: String
  }

  struct Cell: Output, Hashable {
    /// 0, 1, 2 or 4: the shade.
    var step: Int
    var text: String
  }

  struct Line: Output, Hashable {
    var label: String
    var cells: [Cell]
  }

  var caption: String
  var corner: String
  var columns: [Column]
  var rows: [Line]
  var finding: String
  var csvHref: String

  static let definition =
    "Sessions that took place in the window, by the department of who learned (rows) and of the mentor (columns). Cells with fewer than 5 learners show <5; where one hidden cell could be worked out from the sum, the next smallest is hidden too."

  /// Nil when nothing took place.
  init?(_ flows: [SessionFlow], csvHref: String) {
    guard !flows.isEmpty else { return nil }
    let name = { (department: String) in department.isEmpty ? "None" : department }
    let learners = Set(flows.map(\.learners)).sorted()
    let mentors = Set(flows.map(\.mentors)).sorted()
    let hidden = SmallGroups.hidden(flows.map(\.people))
    let most = flows.enumerated().filter { !hidden.contains($0.offset) }.map(\.element.sessions).max() ?? 0
    caption = "Sessions by department"
    corner = "Learns ↓ from →"
    columns = mentors.map { Column(label: name($0)) }
    rows = learners.map { from in
      Line(
        label: name(from),
        cells: mentors.map { to in
          guard let place = flows.firstIndex(where: { $0.learners == from && $0.mentors == to }) else { return Cell(step: 0, text: "0") }
          if hidden.contains(place) { return Cell(step: 0, text: flows[place].people < SmallGroups.fewest ? "<5" : "hidden") }
          return Cell(step: DepartmentMatrix.step(flows[place].sessions, most: most), text: "\(flows[place].sessions)")
        })
    }
    let across = flows.filter { $0.learners != $0.mentors }
    let within = flows.filter { $0.learners == $0.mentors }
    let total = flows.reduce(0) { $0 + $1.sessions }
    let people = [across, within].map { $0.reduce(0) { $0 + $1.people } }
    finding =
      people.allSatisfy { $0 == 0 || SmallGroups.shows($0) } && total > 0
      ? "\(across.reduce(0) { $0 + $1.sessions } * 100 / total) % of sessions crossed departments."
      : "Too few people to say how many sessions crossed departments."
    self.csvHref = csvHref
  }

  private static func step(_ sessions: Int, most: Int) -> Int {
    guard most > 0, sessions > 0 else { return 0 }
    let share = Double(sessions) / Double(most)
    return share > 0.66 ? 4 : share > 0.33 ? 2 : 1
  }

  var table: ReportTable {
    ReportTable(
      caption: caption, columns: [corner] + columns.map(\.label), rows: rows.map { [$0.label] + $0.cells.map(\.text) },
      numeric: Set(1...max(1, columns.count)))
  }
}
