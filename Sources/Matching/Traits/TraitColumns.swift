/// What the files of people say of each, where pairs are to be found from that: skills or needs, languages, department, manager, free half
/// hours of a sample week, minutes.
struct TraitColumns: Sendable {
  var mentees: [Traits] = []
  var mentors: [Traits] = []
  var graph: [(Int64, Int64)] = []
  private var skillNumbers: [String: Int64] = [:]

  static func check(_ header: Header, file: String, areMentees: Bool) throws(RowFault) {
    for name in [areMentees ? "needs" : "skills", "languages", "slots"] { _ = try header.need(name, file: file) }
  }

  /// Reads one row; a column that may be absent counts as empty.
  mutating func traits(of row: [[UInt8]], _ header: Header, areMentees: Bool) throws(FieldFault) -> Traits {
    func field(_ name: String) throws(FieldFault) -> String {
      guard let place = header[name] else { return "" }
      guard let text = row[place].text else { throw FieldFault("\(name) is not UTF-8") }
      return text
    }
    var traits = Traits()
    traits.languages = parts(try field("languages"))
    traits.department = try field("department")
    traits.manager = try field("manager")
    traits.slots = try WeekSlots(try field("slots"))
    let minutes = try field("minutes")
    if !minutes.isEmpty { traits.minutes = try Array(minutes.utf8).integer(in: 1...10_080) }
    for part in parts(try field(areMentees ? "needs" : "skills")) {
      let pieces = part.split(separator: ":", omittingEmptySubsequences: false)
      guard pieces.count == (areMentees ? 3 : 2), let name = pieces.first, !name.isEmpty else {
        throw FieldFault("not \(areMentees ? "skill:from:to" : "skill:level"): '\(part.prefix(20))'")
      }
      let levels = try levels(pieces.dropFirst())
      let skill = number(of: String(name))
      if areMentees {
        guard levels[0] < levels[1] else { throw FieldFault("a need that ends below where it begins: '\(part.prefix(20))'") }
        traits.needs.append(SkillNeed(skill: skill, from: levels[0], target: levels[1]))
      } else {
        traits.skills.append(SkillLevel(skill, level: levels[0]))
      }
    }
    return traits
  }

  private func levels(_ pieces: ArraySlice<Substring>) throws(FieldFault) -> [Int] {
    var levels: [Int] = []
    for piece in pieces { levels.append(try Array(piece.utf8).integer(in: 0...5)) }
    return levels
  }

  mutating func number(of skill: String) -> Int64 {
    if let known = skillNumbers[skill] { return known }
    skillNumbers[skill] = Int64(skillNumbers.count)
    return Int64(skillNumbers.count - 1)
  }

  private func parts(_ text: String) -> [String] {
    text.split(separator: ";").map { String(decoding: Array($0.utf8).trimmed, as: UTF8.self) }.filter { !$0.isEmpty }
  }
}

/// What one person offers or needs.
struct Traits: Sendable, Equatable {
  var skills: [SkillLevel] = []
  var needs: [SkillNeed] = []
  var languages: [String] = []
  var department = ""
  var manager = ""
  var slots = WeekSlots()
  /// Of a mentor, minutes a week; of a mentee, minutes of a session.
  var minutes: Int?
}

extension ProgramReader {
  /// Reads skills.csv, where pairs come from traits: `a,b`, two skills close to each other.
  public mutating func readSkills(_ bytes: Span<UInt8>) throws(RowFault) {
    var rows = PlainRows(bytes)
    let header = Header(rows.next(bytes))
    let places = (try header.need("a", file: "skills.csv"), try header.need("b", file: "skills.csv"))
    while let row = rows.next(bytes) {
      guard row.count == header.count, let a = row[places.0].text, let b = row[places.1].text, !a.isEmpty, !b.isEmpty else {
        try refuse("skills.csv", rows.line, row.count == header.count ? "empty skill" : "wrong number of fields")
        continue
      }
      guard var known = traits else { continue }
      known.graph.append((known.number(of: a), known.number(of: b)))
      traits = known
    }
  }
}
