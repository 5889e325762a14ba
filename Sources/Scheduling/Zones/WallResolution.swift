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
    if onlySpan(aroundWall: dayStart) != nil { return false }
    return spans(aroundWall: dayStart).adjacentPairs.contains { before, after in
      before.offset > after.offset && after.start + after.offset < dayEnd && after.start + before.offset > dayStart
    }
  }

  /// The same for seconds since 1970, on the wall and in UTC. O(log changes).
  func resolveSeconds(_ wall: Int64) -> (instant: Int64, kind: WallResolution.Kind, second: Int64?) {
    guard let stretch = wallStretch(of: wall) else { return compareNeighbours(wall) }
    let instant = wall - stretch.offset
    if wall < stretch.trouble { return (instant, .unique, nil) }
    return stretch.nextOffset > stretch.offset ? (instant, .gap, nil) : (instant, .fold, wall - stretch.nextOffset)
  }

  /// The readings around `wall` that are all told with one offset, gaps and first halves of folds included; nil for times that the
  /// listed changes do not settle.
  func wallStretch(of wall: Int64) -> WallStretch? {
    guard let file else { return WallStretch(from: .min, to: .max, trouble: .max, offset: 0, nextOffset: 0) }
    guard (-(1 << 40)..<(1 << 40)).contains(wall), let found = file.wall.stretch(of: wall) else { return nil }
    let isLast = found.next == .max
    if isLast, file.rule?.daylight != nil { return nil }
    let offset = isLast ? file.rule.map { Int64($0.standard.offset) } ?? file.offset(after: found.change) : file.offset(after: found.change)
    return WallStretch(
      from: found.from, to: found.next, trouble: found.trouble, offset: offset,
      nextOffset: isLast ? offset : file.offset(after: found.change + 1))
  }

  /// The definition, for what the table does not settle: among the stretches around `wall`, the first that shows this reading.
  private func compareNeighbours(_ wall: Int64) -> (instant: Int64, kind: WallResolution.Kind, second: Int64?) {
    let spans = spans(aroundWall: wall)
    let matches = spans.filter { $0.start <= wall - $0.offset && wall - $0.offset < $0.end }.map { wall - $0.offset }
    if let first = matches.first {
      return matches.count > 1 ? (first, .fold, matches[1]) : (first, .unique, nil)
    }
    let gap = spans.adjacentPairs.first { before, after in wall - before.offset >= after.start && wall - after.offset < after.start }
    return (wall - (gap?.0.offset ?? 0), .gap, nil)
  }

  /// The stretch that holds more than two days on either side of a wall reading: no offset is that large, so the reading and the day
  /// after it lie in no other. Nil near a change of the clocks.
  private func onlySpan(aroundWall wall: Int64) -> ZoneSpan? {
    let span = span(at: wall)
    let margin: Int64 = 3 * 86_400
    return span.start < wall - margin && wall + margin < span.end ? span : nil
  }

  /// The stretches of constant offset among which the instant of a wall reading, or of the day after it, must lie.
  private func spans(aroundWall wall: Int64) -> [ZoneSpan] {
    let end = wall + 86_400 - Int64(ZonePeriod.validOffsets.lowerBound)
    var spans = [span(at: wall - Int64(ZonePeriod.validOffsets.upperBound))]
    while let last = spans.last, last.end < end { spans.append(span(at: last.end)) }
    return spans
  }
}

/// Wall readings `from ..< to` that one offset tells; from `trouble` on they are a gap or a fold of the change that follows.
struct WallStretch: Sendable {
  var from: Int64
  var to: Int64
  var trouble: Int64
  var offset: Int64
  var nextOffset: Int64
}

extension Array {
  fileprivate var adjacentPairs: Zip2Sequence<[Element], ArraySlice<Element>> { zip(self, dropFirst()) }
}
