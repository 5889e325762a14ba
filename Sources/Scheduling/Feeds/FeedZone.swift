/// A clock that times of a feed are told by.
package struct FeedZone {
  package static let utc = 0
  package static let owner = 1

  /// How the file calls it.
  package let name: [UInt8]
  /// Whether the name is one of Windows, which a definition in the file would overrule.
  let isWindowsName: Bool
  private let meaning: Meaning
  /// The stretch of one offset that was needed last: neighbouring times mostly share it.
  private var stretch = WallStretch(from: 0, to: 0, trouble: 0, offset: 0, nextOffset: 0)

  private enum Meaning {
    case zone(Zone)
    /// A zone the file defines itself: wall seconds to UTC seconds.
    case own((Int64) -> Int64)
  }

  package init(name: [UInt8], zone: Zone, isWindowsName: Bool = false) {
    self.name = name
    self.isWindowsName = isWindowsName
    meaning = .zone(zone)
  }

  package init(name: [UInt8], instant: @escaping (Int64) -> Int64) {
    self.name = name
    isWindowsName = false
    meaning = .own(instant)
  }

  /// UTC seconds at which this clock shows `wall`; rules for gap and fold as in ``WallResolution``.
  @inline(__always) mutating func instant(of wall: Int64) -> Int64 {
    if wall >= stretch.from, wall < stretch.to { return wall - stretch.offset }
    return lookUp(wall)
  }

  private mutating func lookUp(_ wall: Int64) -> Int64 {
    switch meaning {
    case .own(let instant): return instant(wall)
    case .zone(let zone):
      guard let found = zone.wallStretch(of: wall) else { return zone.resolveSeconds(wall).instant }
      stretch = found
      return wall - found.offset
    }
  }

  /// UTC second at which the day begins: midnight, or the end of the gap that swallows it.
  mutating func startOfDay(_ day: Int) -> Int64 {
    guard case .zone(let zone) = meaning else { return instant(of: Int64(day) * 86_400) }
    return MinuteClock.seconds(zone.startOfDay(CivilDate(dayNumber: day)))
  }
}
