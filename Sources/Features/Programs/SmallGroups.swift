/// Nothing is shown of fewer than five people, nor what would let one subtract down to fewer.
enum SmallGroups {
  static let fewest = 5
  /// Stands where a number is not shown.
  static let mark = "–"

  static let definition =
    "Figures about learners, and the funnel, rest on at least five people. The load of mentors is by name: how much, not with whom."

  /// Whether a figure about `people` may be shown.
  static func shows(_ people: Int) -> Bool { people >= fewest }

  /// Whether a figure about a part may be shown beside the same figure about the whole: the rest must not be 1 to 4 people.
  static func shows(_ part: Int, of whole: Int) -> Bool { shows(part) && (whole - part <= 0 || shows(whole - part)) }

  /// Which cells of a table stay hidden when the sum of all is known elsewhere: the small ones, and while those together are fewer than
  /// five people, the next smallest too.
  static func hidden(_ people: [Int]) -> Set<Int> {
    var hidden = Set(people.indices.filter { people[$0] > 0 && people[$0] < fewest })
    if hidden.isEmpty { return hidden }
    let others = people.indices.filter { people[$0] >= fewest }.sorted { (people[$0], $0) < (people[$1], $1) }
    for next in others {
      if hidden.count > 1, hidden.reduce(0, { $0 + people[$1] }) >= fewest { break }
      hidden.insert(next)
    }
    return hidden
  }
}
