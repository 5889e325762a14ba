/// What a reading of calendar and wall clock means as an instant.
public struct WallResolution: Sendable, Hashable {
  /// How the reading relates to the changes of the clocks.
  public enum Kind: String, Sendable, Hashable {
    /// It happens once.
    case unique
    /// It never happens: the clocks jump over it.
    case gap
    /// It happens twice: the clocks are put back over it.
    case fold
  }

  /// Microseconds since 1970 UTC. In a gap it is read with the offset before the change, so that 02:30 becomes 03:30;
  /// in a fold it is the first of the two.
  public var instant: Int64
  /// Whether the reading happens once, never or twice.
  public var kind: Kind
  /// In a fold the second instant; nil otherwise.
  public var second: Int64?
}

extension Zone {
  /// The instant at which calendar and clock show `wall`, with the rules for gap and fold of ``WallResolution``.
  public func resolve(_ wall: LocalDateTime) -> WallResolution {
    let (seconds, kind, second) = resolveSeconds(wall.wallSeconds)
    return WallResolution(
      instant: MinuteClock.microseconds(seconds: seconds), kind: kind, second: second.map(MinuteClock.microseconds(seconds:)))
  }

  /// The instant at which calendar and clock show `wall`. When the reading happens twice and `offset` (seconds east of
  /// UTC) names one of the two, that one is meant; an offset that fits neither is ignored.
  public func instant(of wall: LocalDateTime, offset: Int? = nil) -> Int64 {
    let resolution = resolve(wall)
    if let offset, let second = resolution.second, self.offset(at: second) == offset { return second }
    return resolution.instant
  }

  /// The first instant of `date`: midnight, or the end of the gap that swallows midnight. The start of the day after
  /// is 23 to 25 hours later, and not later at all for a date that a zone left out.
  public func startOfDay(_ date: CivilDate) -> Int64 {
    let wall = LocalDateTime(date, .midnight).wallSeconds
    let resolved = resolveSeconds(wall)
    guard resolved.kind == .gap else { return MinuteClock.microseconds(seconds: resolved.instant) }
    return MinuteClock.microseconds(seconds: span(at: resolved.instant).start)
  }

  /// Whether some wall clock time of `date` happens twice, so that pages show the abbreviation beside times.
  public func isFold(_ date: CivilDate) -> Bool {
    let dayStart = LocalDateTime(date, .midnight).wallSeconds
    let dayEnd = dayStart + 86_400
    return spans(aroundWall: dayStart).adjacentPairs.contains { before, after in
      before.offset > after.offset && after.start + after.offset < dayEnd && after.start + before.offset > dayStart
    }
  }

  private func resolveSeconds(_ wall: Int64) -> (instant: Int64, kind: WallResolution.Kind, second: Int64?) {
    let spans = spans(aroundWall: wall)
    let matches = spans.filter { $0.start <= wall - $0.offset && wall - $0.offset < $0.end }.map { wall - $0.offset }
    if let first = matches.first {
      return matches.count > 1 ? (first, .fold, matches[1]) : (first, .unique, nil)
    }
    let gap = spans.adjacentPairs.first { before, after in wall - before.offset >= after.start && wall - after.offset < after.start }
    return (wall - (gap?.0.offset ?? 0), .gap, nil)
  }

  /// The stretches of constant offset among which the instant of a wall reading, or of the day after it, must lie.
  private func spans(aroundWall wall: Int64) -> [ZoneSpan] {
    let end = wall + 86_400 - Int64(ZonePeriod.validOffsets.lowerBound)
    var spans = [span(at: wall - Int64(ZonePeriod.validOffsets.upperBound))]
    while let last = spans.last, last.end < end { spans.append(span(at: last.end)) }
    return spans
  }
}

extension Array {
  fileprivate var adjacentPairs: Zip2Sequence<[Element], ArraySlice<Element>> { zip(self, dropFirst()) }
}
