/// For each stretch of the ability scale, the items sorted by the most information they can give there.
///
/// The best item is found exactly by walking one list until its bound falls below what has been found: a handful of
/// evaluations instead of one per item. Lists hold `depth` items; where a list ends before the answer is certain, the rest of
/// the bank is scanned.
struct InformationIndex: Sendable {
  static let width = 0.05
  static let cells = 240
  static let depth = 512

  private struct Entry: Sendable {
    var item: Int32
    var bound: Float
  }
  private let entries: [Entry]
  private let length: Int
  private let items: Int

  init(_ bank: [Item]) {
    items = bank.count
    length = min(bank.count, Self.depth)
    var entries: [Entry] = []
    entries.reserveCapacity(length * Self.cells)
    for cell in 0..<Self.cells {
      let low = Quadrature.range.lowerBound + Double(cell) * Self.width
      let bounds = bank.enumerated().map { place, item in
        Entry(item: Int32(truncatingIfNeeded: place), bound: Float(item.informationBound(low...(low + Self.width))).nextUp)
      }
      entries += bounds.sorted { ($0.bound, $1.item) > ($1.bound, $0.item) }.prefix(length)
    }
    self.entries = entries
  }

  /// The `count` most informative items at an ability among those `allowed`, best first, ties by place in the bank.
  func best(_ count: Int, at theta: Double, in bank: [Item], where allowed: (Int) -> Bool) -> [(item: Int, information: Double)] {
    var found: [(item: Int, information: Double)] = []
    found.reserveCapacity(count + 1)
    for entry in list(theta) {
      if found.count == count, Double(entry.bound) < found[count - 1].information { return found }
      let item = Int(entry.item)
      if allowed(item) { insert(item, bank[item].information(theta), into: &found, count) }
    }
    guard length < items else { return found }
    let listed = Set(list(theta).map { Int($0.item) })
    for item in 0..<items where !listed.contains(item) && allowed(item) {
      insert(item, bank[item].information(theta), into: &found, count)
    }
    return found
  }

  private func list(_ theta: Double) -> ArraySlice<Entry> {
    let place = (theta - Quadrature.range.lowerBound) / Self.width
    let cell = place.isFinite ? Int(min(max(place, 0), Double(Self.cells - 1))) : Self.cells / 2
    return entries[cell * length..<(cell + 1) * length]
  }

  private func insert(_ item: Int, _ information: Double, into found: inout [(item: Int, information: Double)], _ count: Int) {
    var place = found.count
    while place > 0 {
      let other = found[place - 1]
      if other.information > information || (other.information == information && other.item < item) { break }
      place -= 1
    }
    guard place < count else { return }
    found.insert((item, information), at: place)
    if found.count > count { found.removeLast() }
  }
}
